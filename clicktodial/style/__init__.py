"""A company's own look, read from its settings: colours, logo, links. Pure."""
