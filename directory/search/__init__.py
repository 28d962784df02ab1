"""Finding people: `find` and `index` are the only door.

found = search.find("mül 18", viewer=viewer_of(request.user), limit=20)
found.people, found.total, found.next, found.tried

search.index.refresh(ids)          # after writing people in bulk
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from directory.models import Department, Location, Person
from directory.search import index, matches, terms
from directory.search.found import FIELDS, BadCursor, Found, NumberRow, Place, Row, rows
from directory.visibility import Viewer

__all__ = ["BadCursor", "Found", "NumberRow", "Row", "find", "index", "show"]

COUNTED = 1000
"""As far as matches are counted; beyond, a page says “more than”."""


def find(
    text: str,
    *,
    viewer: Viewer,
    department: Department | None = None,
    location: Location | None = None,
    kind: Person.Kind | None = None,
    after: str = "",
    limit: int = 20,
) -> Found:
    """The active entries that a text asks for, as this viewer may see them.

    Every word must begin a word of the name (in any order and spelling), title, department,
    location, room, email or Unified CM user id, or be the beginning or the end of a number's
    digits. An empty text finds everybody. A department counts with all below it. `after` is
    the `next` of the page before; BadCursor where it is none. A bounded number of queries.
    """
    place = Place.read(after) if after else None
    asked = terms.read(text, region=viewer.region)
    if text.strip() and not asked.terms:
        return Found((), 0, False, "", (_("There is no letter and no digit to look for."),))
    people = matches.people(
        asked, viewer=viewer, department=department, location=location, kind=kind
    )
    ordered = matches.in_order(people, asked, viewer=viewer)
    page = ordered if place is None else matches.behind(ordered, place)
    values = list(page.values(*FIELDS, "sort_key", "tier")[: limit + 1])
    shown = values[:limit]
    if place is None and len(values) <= limit:
        total = len(values)
    else:
        total = people.order_by().values("pk")[: COUNTED + 1].count()
    return Found(
        people=rows(shown, viewer=viewer),
        total=min(total, COUNTED),
        is_more_than_total=total > COUNTED,
        next=_place_of(shown[-1]).cursor() if len(values) > limit else "",
        tried=_tried(asked),
    )


def show(people: Sequence[int], *, viewer: Viewer) -> tuple[Row, ...]:
    """These entries, by id, in the order given; active ones only. Two queries."""
    entries = matches.in_order(
        Person.objects.filter(pk__in=people, is_active=True), terms.Terms(), viewer=viewer
    )
    places = {pk: place for place, pk in enumerate(people)}
    values = sorted(entries.values(*FIELDS), key=lambda value: places[value["pk"]])
    return rows(values, viewer=viewer)


def _place_of(value: dict[str, object]) -> Place:
    return Place(int(str(value["tier"])), str(value["sort_key"]), int(str(value["pk"])))


def _tried(asked: terms.Terms) -> tuple[str, ...]:
    tried = [
        _("Numbers that begin or end with %(digits)s.") % {"digits": digits.written}
        for digits in asked.digits
    ]
    if words := asked.words:
        quoted = ", ".join(f"“{word}”" for word in words)
        tried.insert(
            0,
            _(
                "Names, titles, departments, locations, rooms, email addresses and user ids with "
                "words that begin with %(words)s."
            )
            % {"words": quoted},
        )
    return tuple(tried)
