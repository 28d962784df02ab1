"""Reads one page of a plan: no further than the page, in a fixed number of questions."""

# ruff: noqa: S608 — questions are put together of our own words; texts are parameters

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from directory.search import scans, sql
from directory.search.found import (
    BEGINS,
    COUNTED_AT,
    IS_FAVOURITE,
    PERSON,
    STAMPED,
    Place,
    active,
)
from directory.search.places import STAMP, Places
from directory.search.plan import Plan, Scope, favourites, one_word
from directory.search.scans import Condition, Scan
from directory.search.terms import Term, Terms
from directory.visibility import Viewer

COUNTED = 200
"""As far as matches are counted; beyond, a page says “more than”."""
MOST_COLLECTED = 2000
_MOST_FAVOURITES = 200

Standing = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Page:
    """People as found.PERSON and found.IS_FAVOURITE, and where the first and last stand."""

    people: tuple[sql.Row, ...] = ()
    first: Standing | None = None
    last: Standing | None = None
    is_first: bool = True
    is_last: bool = True
    total: int = 0
    stamp: int | None = None


def read(
    plan: Plan, *, favourites: Scan | None, viewer: Viewer, place: Place | None, limit: int
) -> Page:
    """The page from a place on, or the first."""
    if plan.distinct:
        return _sought(plan, favourites=favourites, viewer=viewer, place=place, limit=limit)
    collected = collect(plan, favourites=favourites, most=MOST_COLLECTED if place else COUNTED)
    standing = collected.standing
    start, stop = 0, min(limit, len(standing))
    if place is not None and place.back:
        stop = sum(each < place[:3] for each in standing)
        start = max(stop - limit, 0)
    elif place is not None:
        start = sum(each <= place[:3] for each in standing)
        stop = min(start + limit, len(standing))
    shown = standing[start:stop]
    return Page(
        people=tuple(active([each[2] for each in shown], viewer=viewer)),
        first=shown[0] if shown else None,
        last=shown[-1] if shown else None,
        is_first=start == 0,
        is_last=stop == len(standing),
        total=len(standing),
        stamp=collected.stamp,
    )


@dataclass(frozen=True, slots=True)
class Collected:
    """Everybody of a plan, once, in order, as far as was collected."""

    standing: list[Standing]
    stamp: int | None


def collect(plan: Plan, *, favourites: Scan | None, most: int) -> Collected:
    parts = [(place, scan) for place, scan in enumerate(plan.scans, start=1)]
    if favourites is not None:
        parts.insert(0, (0, favourites))
    question = scans.read(parts, place=None, limit=most + 1, last=most + 1)
    rows = sql.fetch(
        f"SELECT c.o, c.k, c.i, {STAMP} FROM ({question.text}) AS c",
        question.params,
    )
    best: dict[int, Standing] = {}
    for order, key, pk, _ in sorted(rows):
        best.setdefault(pk, (order, key, pk))
    return Collected(list(best.values()), rows[0][3] if rows else None)


def _sought(
    plan: Plan, *, favourites: Scan | None, viewer: Viewer, place: Place | None, limit: int
) -> Page:
    back = place is not None and place.back
    last = limit + 1
    if plan.likely and place is None:
        likely = replace(plan, scans=plan.scans[: plan.likely], likely=0)
        filled = _sought(likely, favourites=favourites, viewer=viewer, place=None, limit=limit)
        if not filled.is_last:
            return filled
    while True:
        question = _whole(plan, favourites=favourites, viewer=viewer, place=place, last=last)
        rows = sql.fetch(*question)
        kept = {row[2] for row in rows if row[0] == 0}
        shown = [row for row in rows if _counts(row, kept=kept, place=place)]
        # Favourites are read first and, on the way back, come last.
        if sum(row[0] > 0 or not back for row in shown) > limit or len(rows) < last:
            break
        last = 2 * last + len(kept)
    shown.sort(key=_standing, reverse=back)
    page = shown[:limit][::-1] if back else shown[:limit]
    more = len(shown) > limit
    return Page(
        people=tuple(row[BEGINS:STAMPED] for row in page),
        first=_standing(page[0]) if page else None,
        last=_standing(page[-1]) if page else None,
        is_first=not more if back else place is None,
        is_last=place is not None if back else not more,
        total=_total(plan, rows, more=more, whole=place is None),
        stamp=rows[0][STAMPED] if rows else None,
    )


def _whole(
    plan: Plan, *, favourites: Scan | None, viewer: Viewer, place: Place | None, last: int
) -> Condition:
    """Favourites, then the scans, with all that a list shows."""
    total = scans.counted(plan.counts[:1], most=COUNTED)
    parts = list(enumerate(plan.scans, start=1))
    text, params = scans.read(parts, place=place, limit=last, last=last)
    if favourites is not None and favourites.question is not None:
        text = f"SELECT * FROM ({favourites.question.text}) AS f UNION ALL {text}"
        params = (*favourites.question.params, _MOST_FAVOURITES, *params)
    return Condition(
        f"SELECT c.o, c.k, {PERSON}, {IS_FAVOURITE}, {STAMP}, {total.text} FROM ({text}) AS c "
        "JOIN directory_person p ON p.id = c.i WHERE p.is_active",
        (viewer.user_id or 0, *total.params, *params),
    )


_WORD = "\ue000"  # stands for the word; fold() leaves no such letter
_USER, _DEPARTMENT, _LOCATION = -2, -3, -4


def of_a_word(term: Term, scope: Scope, *, limit: int) -> Page | None:
    """The first page for a mere word, whose question is the same for every word.

    None where there is more to it than the word, so that a plan has to be made.
    """
    word, viewer = term.word, scope.viewer
    if term.others or not scope.is_everywhere or any(scope.places.begun_by(word)):
        return None
    known = [
        each is not None for each in (viewer.user_id, viewer.department_id, viewer.location_id)
    ]
    text, recipe = _question_of_a_word(*known, limit, sql.is_postgres())
    values = {
        _USER: viewer.user_id, _DEPARTMENT: viewer.department_id, _LOCATION: viewer.location_id
    }  # fmt: skip
    rows = sql.fetch(
        text,
        [
            each.replace(_WORD, word) if is_word else values.get(each, each)
            for is_word, each in recipe
        ],
    )
    shown = rows
    if rows and (kept := {row[2] for row in rows if row[0] == 0}):
        shown = [row for row in rows if row[0] == 0 or row[2] not in kept]
    more = len(shown) > limit
    if not rows or (len(rows) > limit and not more) or (more and rows[0][COUNTED_AT] <= COUNTED):
        return None
    shown.sort(key=_standing)
    page = shown[:limit]
    return Page(
        people=tuple(row[BEGINS:STAMPED] for row in page),
        first=_standing(page[0]),
        last=_standing(page[-1]),
        is_last=not more,
        total=rows[0][COUNTED_AT] if more else len(page),
        stamp=rows[0][STAMPED],
    )


@lru_cache(maxsize=64)
def _question_of_a_word(
    has_user: bool, has_department: bool, has_location: bool, limit: int, _: bool
) -> tuple[str, tuple[tuple[bool, Any], ...]]:
    viewer = Viewer(
        user_id=_USER if has_user else None,
        department_id=_DEPARTMENT if has_department else None,
        location_id=_LOCATION if has_location else None,
    )
    scope = Scope(viewer, Places(None, {}, {}, {}, {}, []))
    term = Term(_WORD)
    text, params = _whole(
        one_word(term, scope),
        favourites=favourites(Terms((term,)), scope),
        viewer=viewer,
        place=None,
        last=limit + 1,
    )
    return text, tuple((isinstance(each, str) and _WORD in each, each) for each in params)


def _total(plan: Plan, rows: list[sql.Row], *, more: bool, whole: bool) -> int:
    """Everybody the plan gives; counted only where the page does not show them all."""
    if whole and not more:
        return len({row[2] for row in rows})
    if (rows and rows[0][COUNTED_AT] > COUNTED) or len(plan.counts) == 1:
        return int(rows[0][COUNTED_AT]) if rows else 0
    for scan in plan.rough:
        rough = scans.counted([scan], most=COUNTED)
        if (count := int(sql.fetch(f"SELECT {rough.text}", rough.params)[0][0])) > COUNTED:
            return count
    rest = scans.counted(plan.counts[1:], most=COUNTED)
    return int(rows[0][COUNTED_AT]) + int(sql.fetch(f"SELECT {rest.text}", rest.params)[0][0])


def _standing(row: sql.Row) -> Standing:
    return (row[0], row[1], row[2])


def _counts(row: sql.Row, *, kept: set[int], place: Place | None) -> bool:
    if row[0] != 0:
        return row[2] not in kept
    if place is None:
        return True
    standing = _standing(row)
    return standing < place[:3] if place.back else standing > place[:3]


def cursors(page: Page) -> tuple[str, str]:
    """Of the page before and of the page behind; empty where there is none."""
    before = after = ""
    if page.first is not None and not page.is_first:
        before = Place(*page.first, back=True).cursor()
    if page.last is not None and not page.is_last:
        after = Place(*page.last).cursor()
    return before, after
