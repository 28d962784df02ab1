"""The directory's own part of the administration."""

from directory.admin import desk, imports, people

__all__ = ["desk", "imports", "people"]
