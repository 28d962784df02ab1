"""The directory on the desk phones themselves: Cisco IP phone XML services."""
