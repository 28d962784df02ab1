"""Reads one page of a plan: no further than the page, in a fixed number of questions."""

# ruff: noqa: S608 — questions are put together of our own words; texts are parameters

from dataclasses import dataclass

from directory.search import scans, sql
from directory.search.found import IS_FAVOURITE, PERSON, Place, active
from directory.search.places import STAMP
from directory.search.plan import Plan
from directory.search.scans import Scan
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
    parts = list(enumerate(plan.scans, start=1))
    total = scans.counted(plan.counts[:1], most=COUNTED)
    head = f"SELECT c.o, c.k, {PERSON}, {IS_FAVOURITE}, {STAMP}, {total.text} FROM ("
    tail = ") AS c JOIN directory_person p ON p.id = c.i WHERE p.is_active"
    last = limit + 1
    while True:
        question = scans.read(parts, place=place, limit=last, last=last)
        text, params = question
        if favourites is not None and favourites.question is not None:
            text = f"SELECT * FROM ({favourites.question.text}) AS f UNION ALL {text}"
            params = (*favourites.question.params, _MOST_FAVOURITES, *params)
        rows = sql.fetch(f"{head}{text}{tail}", [viewer.user_id or 0, *total.params, *params])
        kept = {row[2] for row in rows if row[0] == 0}
        shown = [row for row in rows if _counts(row, kept=kept, place=place)]
        if len(shown) > limit or len(rows) < last:
            break
        last = 2 * last + len(kept)
    shown.sort(key=_standing, reverse=back)
    page = shown[:limit][::-1] if back else shown[:limit]
    more = len(shown) > limit
    return Page(
        people=tuple(row[2:13] for row in page),
        first=_standing(page[0]) if page else None,
        last=_standing(page[-1]) if page else None,
        is_first=not more if back else place is None,
        is_last=place is not None if back else not more,
        total=_total(plan, rows, more=more, whole=place is None),
        stamp=rows[0][13] if rows else None,
    )


def _total(plan: Plan, rows: list[sql.Row], *, more: bool, whole: bool) -> int:
    """Everybody the plan gives; counted only where the page does not show them all."""
    if whole and not more:
        return len({row[2] for row in rows})
    if rows and rows[0][14] > COUNTED or len(plan.counts) == 1:
        return int(rows[0][14]) if rows else 0
    rest = scans.counted(plan.counts[1:], most=COUNTED)
    return int(rows[0][14]) + int(sql.fetch(f"SELECT {rest.text}", rest.params)[0][0])


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
