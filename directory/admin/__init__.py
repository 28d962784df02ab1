"""The directory's own part of the administration."""

from directory.admin import imports, people

__all__ = ["imports", "people"]
