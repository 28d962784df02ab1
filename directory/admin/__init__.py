"""The directory's own part of the administration."""

from directory.admin import desk, imports, people, trees

__all__ = ["desk", "imports", "people", "trees"]
