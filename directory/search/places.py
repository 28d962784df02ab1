"""Departments and locations as each process remembers them, until their stamp changes."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from clicktodial.hours import Hours
from directory.models import Department, Location, PlaceKey, PlacesStamp
from directory.models.places import with_all_below

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

    def below(self, departments: Iterable[int]) -> frozenset[int]:
        """These departments and all that belong to them."""
        asked = frozenset(departments)
        if asked not in self._below:
            self._below[asked] = frozenset(with_all_below(asked, parents=self.parents))
        return self._below[asked]

    def begun_by(self, word: str) -> tuple[frozenset[int], frozenset[int]]:
        """The departments, with all below them, and locations of which a word begins so.

        One letter begins too many; it has to be the whole word.
        """
        found: tuple[set[int], set[int]] = (set(), set())
        place = bisect_left(self.keys, (word, 0, 0))
        while place < len(self.keys) and self.keys[place][0].startswith(word):
            key, department, location = self.keys[place]
            if len(word) > 1 or key == word:
                found[not department].add(department or location)
            place += 1
        return self.below(found[0]) if found[0] else frozenset(), frozenset(found[1])


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
    return PlacesStamp.objects.filter(pk=1).values_list("stamp", flat=True).first()


def is_true(places: Places, stamp: int | None) -> bool:
    return stamp is not None and places.stamp == stamp
