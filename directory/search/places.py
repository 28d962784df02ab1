"""Departments and locations as each process remembers them, until their stamp changes."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from clicktodial.hours import Hours
from directory.models import Department, Location, PlaceKey
from directory.models.places import with_all_below
from directory.search import sql
from directory.search.terms import Terms

LAST = "\U0010ffff"  # sorts behind everything that begins with the same letters
STAMP = "(SELECT stamp FROM directory_placesstamp WHERE id = 1)"


@dataclass(frozen=True)
class Places:
    """All that a search has to know of departments and locations."""

    stamp: int | None
    departments: dict[int, str]
    locations: dict[int, str]
    hours: dict[int, Hours | None]
    parents: dict[int, int | None]
    keys: list[tuple[str, int, int]]
    _below: dict[frozenset[int], frozenset[int]] = field(default_factory=dict)
    _begun: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = field(default_factory=dict)

    def below(self, departments: Iterable[int]) -> frozenset[int]:
        """These departments and all that belong to them."""
        asked = frozenset(departments)
        if asked not in self._below:
            self._below[asked] = frozenset(with_all_below(asked, parents=self.parents))
        return self._below[asked]

    def placed(self, asked: Terms) -> Terms:
        """The same terms, each with the departments and locations that its word names."""
        found = [self._begun_by(term.word) if term.word else _NONE for term in asked.terms]
        if found.count(_NONE) == len(found):
            return asked
        return replace(
            asked,
            terms=tuple(
                replace(term, departments=departments, locations=locations)
                for term, (departments, locations) in zip(asked.terms, found, strict=True)
            ),
        )

    def _begun_by(self, word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The departments, with all below them, and locations of which a word begins so.

        One letter begins too many; it has to be the whole word.
        """
        start = bisect_left(self.keys, (word, 0, 0))
        behind = word + (LAST if len(word) > 1 else "\0")
        if start == len(self.keys) or self.keys[start][0] >= behind:
            return _NONE
        if word not in self._begun:  # of places alone, so there are not more than their beginnings
            stop = bisect_left(self.keys, (behind, 0, 0))
            found: tuple[set[int], set[int]] = (set(), set())
            for _, department, location in self.keys[start:stop]:
                found[not department].add(department or location)
            departments = self.below(found[0]) if found[0] else ()
            self._begun[word] = tuple(sorted(departments)), tuple(sorted(found[1]))
        return self._begun[word]


_NONE: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
NOWHERE = Places(None, {}, {}, {}, {}, [])
_remembered: Places | None = None


def current() -> Places:
    """What this process remembers; `Places.stamp` tells whether it is still true."""
    return _remembered or read()


def read() -> Places:
    """What is true now; three to five queries."""
    global _remembered
    # The stamp comes first: what changes meanwhile has another one, and is read again.
    stamp = now()
    rows = PlaceKey.objects.values_list("key", "department_id", "location_id")
    departments = list(Department.objects.order_by().values_list("pk", "name", "parent_id"))
    locations = list(Location.objects.order_by())
    places = Places(
        stamp,
        {pk: name for pk, name, _ in departments},
        {each.pk: each.name for each in locations},
        {each.pk: each.hours for each in locations},
        {pk: parent for pk, _, parent in departments},
        sorted((key, department or 0, location or 0) for key, department, location in rows),
    )
    _remembered = places
    return places


def now() -> int | None:
    """The stamp of this moment."""
    stamp: int | None = sql.fetch(f"SELECT {STAMP}", ())[0][0]
    return stamp


def is_true(places: Places, stamp: int | None) -> bool:
    return stamp is not None and places.stamp == stamp
