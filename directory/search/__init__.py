"""Finding people: `find` and `index` are the only door.

found = search.find("mül 18", viewer=viewer_of(request.user), limit=20)
found.people, found.total, found.next, found.tried

search.index.refresh(ids)          # after writing people in bulk
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from clicktodial import metrics
from directory.models import Department, Location, Person
from directory.search import index, nearest, pages, places, terms
from directory.search.found import BadCursor, Found, NumberRow, Place, Row, active, rows
from directory.search.pages import Page
from directory.search.plan import Scope
from directory.visibility import Viewer

__all__ = ["BadCursor", "Found", "NumberRow", "Row", "find", "index", "show"]

_NEAREST = 5


@metrics.timed(metrics.SEARCH)
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
    digits. An empty text finds everybody. A department counts with all below it. Where nobody is
    found, room 3.14 is taken for 3.14, then words for those they resemble. `after` is the `next` or
    `previous` of another page; BadCursor where it is none. A bounded number of queries.
    """
    place = Place.read(after) if after else None
    asked = terms.read(text, region=viewer.region)
    if text.strip() and not asked.terms:
        return Found((), tried=(_("There is no letter and no digit to look for."),))
    known = places.current()
    while True:
        scope = Scope(
            viewer,
            known,
            tuple(sorted(known.below({department.pk}))) if department is not None else None,
            location.pk if location is not None else None,
            kind,
        )
        page = pages.read(known.placed(asked), scope, place=place, limit=limit)
        stamp = page.stamp if page.people else places.now()
        if places.is_true(known, stamp) or stamp is None:
            break
        known = places.read()
    if not page.people and asked.terms:
        if room := terms.of_a_room(text, region=viewer.region):
            page = pages.read(known.placed(room), scope, place=place, limit=limit)
        if not page.people:
            return _second_thought(known.placed(asked), scope, place=place, limit=limit)
    return _found(page, scope, asked)


def _found(page: Page, scope: Scope, asked: terms.Terms) -> Found:
    before, behind = pages.cursors(page)
    return Found(
        people=rows(page.people, places=scope.places, viewer=scope.viewer),
        total=min(page.total, pages.COUNTED),
        is_more_than_total=page.total > pages.COUNTED,
        next=behind,
        previous=before,
        tried=() if page.people else _tried(asked),
    )


def _second_thought(asked: terms.Terms, scope: Scope, *, place: Place | None, limit: int) -> Found:
    standing, corrected = nearest.corrected(asked, scope)
    if standing:
        found = pages.Collected(standing)
        page = pages.page_of(found, scope, place=place, limit=limit)
        return _found(page, scope, asked)._replace(corrected=corrected, tried=_tried(asked))
    for part in nearest.parts(asked):
        page = pages.read(scope.places.placed(part), scope, place=None, limit=_NEAREST)
        if page.people:
            people = rows(page.people, places=scope.places, viewer=scope.viewer)
            written = " ".join(term.word or term.digits.written for term in part.terms)  # type: ignore[union-attr]
            return Found((), tried=_tried(asked), nearest=people, nearest_to=written)
    return Found((), tried=_tried(asked))


def show(people: Sequence[int], *, viewer: Viewer) -> tuple[Row, ...]:
    """These entries, by id, in the order given; active ones only. Two queries, or none for none."""
    if not people:
        return ()
    known = places.current()
    stamp = places.now()
    if not places.is_true(known, stamp):
        known = places.read()
    return rows(active(people, viewer=viewer), places=known, viewer=viewer)


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
