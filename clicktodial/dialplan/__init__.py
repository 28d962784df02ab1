"""Numbers as people write them, digits as the PBX wants them."""
