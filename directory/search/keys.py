"""The key rows of people: which go and which come, written many at once in their tables' order."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from directory.search import document, sql

TABLES = ("directory_personkey", "directory_wordkey")
KEY = ("key", "person_id")
_COLUMNS = (*KEY, "department_id", "location_id", "kind", "shared")
_MOST = 12_000
"""Rows that wait to be written. Neighbours among them share a page that is then written once."""


class Text(NamedTuple):
    """A row of PersonText: all that the keys of one person are derived from."""

    person_id: int
    names: str
    words: str
    department_id: int
    location_id: int
    kind: int

    @property
    def place(self) -> tuple[int, int, int]:
        return self.department_id, self.location_id, self.kind


class Rows:
    """The rows of many people that go or come, kept until there are enough of them, or `write`."""

    def __init__(self) -> None:
        self._gone: tuple[list[sql.Row], ...] = ([], [])
        self._new: tuple[list[sql.Row], ...] = ([], [])
        self._people: set[int] = set()

    def change(
        self,
        old: Mapping[int, Text],
        fresh: Sequence[Text],
        *,
        left: Collection[int],
        all_new: bool,
    ) -> None:
        """Adds what differs for these people, or all that is `fresh`; who has `left` has no keys.

        `old` is what stands there, the rows that wait included.
        """
        people = {text.person_id for text in fresh} | set(left)
        if not self._people.isdisjoint(people):
            self.write()  # what comes for somebody a second time is about what came first
        self._people |= people
        for text in fresh:
            self._add(old.get(text.person_id), text, all_new=all_new)
        for pk in left:
            for keys, gone in zip(_keys(old[pk]), self._gone, strict=True):
                gone.extend((key, pk) for key in keys)
        if sum(map(len, (*self._gone, *self._new))) > _MOST:
            self.write()

    def _add(self, before: Text | None, after: Text, *, all_new: bool) -> None:
        pk, department, location, kind = after.person_id, *after.place
        moved = all_new or before is None or before.place != after.place
        there = _keys(before) if before else ({}, {})
        for was, now, gone, new in zip(there, _keys(after), self._gone, self._new, strict=True):
            if was is not now:
                gone += [(key, pk) for key in was if key not in now]
            if moved:
                new += [
                    (key, pk, department, location, kind, shared) for key, shared in now.items()
                ]
            elif was is not now:
                new += [
                    (key, pk, department, location, kind, shared)
                    for key, shared in now.items()
                    if was.get(key) != shared
                ]

    def write(self) -> None:
        for table, gone, new in zip(TABLES, self._gone, self._new, strict=True):
            sql.delete(table, KEY, sorted(gone))
            sql.write(table, _COLUMNS, KEY, sorted(new))
            gone.clear()
            new.clear()
        self._people.clear()


def _keys(text: Text) -> tuple[dict[str, int], dict[str, int]]:
    """The keys of both tables, each with how much of it is shared with an earlier one."""
    return _of_names(text.names), _of_words(text.names, text.words)


# Who only moves has the same before and after, and who gets another title the same name.
@lru_cache(maxsize=2)
def _of_names(names: str) -> dict[str, int]:
    return document.shared_of_names(document.name_keys(names))


@lru_cache(maxsize=2)
def _of_words(names: str, words: str) -> dict[str, int]:
    return document.shared_of_words(document.word_keys(words), names=list(_of_names(names)))
