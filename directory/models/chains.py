"""The way up from an entry through others of its kind: departments above it, or its managers."""

from typing import TypeVar

from django.db import models

Entry = TypeVar("Entry", bound=models.Model)


def chain(entry: Entry, *, by: str) -> list[Entry]:
    """Those above an entry by one of its fields, nearest first.

    A circle in the data is left once; no entry is named twice, nor is the one that was asked about.
    """
    found: list[Entry] = []
    seen = {entry.pk}
    while (above := getattr(entry, by)) and above.pk not in seen:
        seen.add(above.pk)
        found.append(above)
        entry = above
    return found


def is_circle(entry: models.Model, *, by: str) -> bool:
    """Whether an entry that is about to be saved would stand above itself."""
    above = getattr(entry, by)
    return bool(entry.pk and above) and entry.pk in {
        each.pk for each in [above, *chain(above, by=by)]
    }
