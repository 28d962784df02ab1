"""The company's name, logo, colour and links on every page; stylesheets, icons and manifest."""
