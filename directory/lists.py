"""Lists of people to take along: everybody whom a search finds, as far as a list may go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from directory import cards, search
from directory.models import Number, Person
from directory.search import Row
from directory.visibility import Viewer

MOST = 2000
"""People of one list; as many as the search keeps in order."""
_AT_ONCE = 200
_KINDS = tuple(Number.Kind)


@dataclass(frozen=True, slots=True)
class List:
    """The people with the numbers this viewer may see; `is_cut` where there are more."""

    people: tuple[Row, ...]
    is_cut: bool


def collect(text: str, *, viewer: Viewer, **narrowed: Any) -> List:
    """Everybody whom the search finds, in its order, up to MOST."""
    people: list[Row] = []
    after = ""
    while True:
        found = search.find(text, viewer=viewer, after=after, limit=_AT_ONCE, **narrowed)
        people += found.people
        after = found.next
        if not after or len(people) >= MOST:
            return List(tuple(people[:MOST]), bool(after) or len(people) > MOST)


def heading() -> list[str]:
    """The columns of `lines`."""
    about = [_("Name"), _("Title"), _("Department"), _("Location"), _("Room"), _("Email")]
    return [*about, *(str(kind.label) for kind in _KINDS)]


def lines(people: Sequence[Row]) -> Iterator[list[str]]:
    """A line of cells for each of the people; the numbers of each kind in a column of its own."""
    for some in _batches(people):
        listed = Person.objects.filter(pk__in=[row.pk for row in some])
        emails = dict(listed.values_list("pk", "email"))
        for row in some:
            numbers = [
                ", ".join(number.display for number in row.numbers if number.kind == kind)
                for kind in _KINDS
            ]
            about = [row.name, row.title, row.department, row.location, row.room]
            yield [*about, emails.get(row.pk, ""), *numbers]


def vcards(people: Sequence[Row], *, site: str) -> Iterator[str]:
    """A card without a photo for each of the people; `site` stands before their pages' paths."""
    for some in _batches(people):
        related = Person.objects.select_related("department", "location")
        entries = related.in_bulk([row.pk for row in some])
        for row in some:
            if entry := entries.get(row.pk):
                address = f"{site}{entry.get_absolute_url()}"
                yield cards.write(entry, numbers=row.numbers, address=address, photo=False)


def _batches(people: Sequence[Row]) -> Iterator[list[Row]]:
    rest = iter(people)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
