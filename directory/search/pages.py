"""Reads one page of a plan: no further than the page, in a fixed number of questions."""

# ruff: noqa: S608 — questions are put together of our own words; texts are parameters

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple

from directory.search import plan, scans, shapes, sql, texts
from directory.search.found import (
    BEGINS,
    COUNTED_AT,
    IS_FAVOURITE,
    PERSON,
    STAMPED,
    Place,
    active,
)
from directory.search.places import STAMP
from directory.search.plan import Plan, Scope
from directory.search.sql import Condition
from directory.search.terms import Terms

COUNTED = 100
"""As far as matches are counted; beyond, a page says “more than”."""
_COLLECTED_FURTHER = 2000
_MOST_FAVOURITES = 200
_FEW, _FREQUENT = 100, 500  # keys that begin with a word

Standing = tuple[int, str, int]
_standing = itemgetter(0, 1, 2)


class Page(NamedTuple):
    """People as found.PERSON and found.IS_FAVOURITE, and where the first and last stand."""

    people: tuple[sql.Row, ...] = ()
    first: Standing | None = None
    last: Standing | None = None
    is_first: bool = True
    is_last: bool = True
    total: int = 0
    stamp: int | None = None


def read(asked: Terms, scope: Scope, *, place: Place | None, limit: int) -> Page:
    """The page from a place on, or the first."""
    if not asked.terms or asked.is_a_word:
        return _in_order(asked, scope, place=place, limit=limit)
    most = _COLLECTED_FURTHER if place else COUNTED
    while True:
        collected = _everybody(asked, scope, most=most, limit=limit)
        page = page_of(collected, scope, place=place, limit=limit)
        if collected.is_whole or not (page.is_last or page.total <= COUNTED):
            return page
        most *= 4


def page_of(collected: "Collected", scope: Scope, *, place: Place | None, limit: int) -> Page:
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
        people=tuple(active([each[2] for each in shown], viewer=scope.viewer)),
        first=shown[0] if shown else None,
        last=shown[-1] if shown else None,
        is_first=start == 0,
        is_last=stop == len(standing),
        total=len(standing),
        stamp=collected.stamp,
    )


# --- People who may stand in several scans: collected from the beginning -------------------------


@dataclass(frozen=True, slots=True)
class Collected:
    """Everybody of a plan, once, in order; unless it `is_whole`, there are more behind."""

    standing: list[Standing]
    stamp: int | None = None
    is_whole: bool = True


def _everybody(asked: Terms, scope: Scope, *, most: int, limit: int) -> Collected:
    if any(term.digits for term in asked.terms):
        driver, _ = _rarest(asked, scope)
        return collected(shapes.ask(_mixed, asked, scope, most, driver, True), most=most)
    rows = shapes.ask(_named, asked, scope, most, plan.drivers(asked), True)
    named = collected(rows, most=most)
    if len(named.standing) > limit:
        return named
    # So few have it in their names that titles, rooms and ids count as well.
    driver, count = _rarest(asked, scope)
    if named.standing and count > _FREQUENT:  # every word is a frequent one
        return named
    more = shapes.ask(_mixed, asked, scope, most, driver, False)
    is_whole = named.is_whole and len(more) < _rows(most)
    return replace(collected([*rows, *more]), is_whole=is_whole)


def in_whatever_way(asked: Terms, scope: Scope) -> list[Standing]:
    """Everybody of whom it is true, favourites among the others, as far as is counted."""
    if asked.is_a_word:
        return collected(shapes.ask(_of_a_word, asked, scope, COUNTED)).standing
    found = collected(shapes.ask(_named, asked, scope, COUNTED, plan.drivers(asked), False))
    if found.standing:
        return found.standing
    driver, _ = _rarest(asked, scope)
    return collected(shapes.ask(_mixed, asked, scope, COUNTED, driver, False)).standing


def collected(rows: Sequence[sql.Row], *, most: int | None = None) -> Collected:
    """What rows of order, key, person and stamp come to; `most` of them were asked for."""
    best: dict[int, Standing] = {}
    stamp = None
    for order, key, pk, stamp in sorted(rows):  # noqa: B007 — any of them
        best.setdefault(pk, (order, key, pk))
    return Collected(list(best.values()), stamp, most is None or len(rows) < _rows(most))


def _of_a_word(asked: Terms, scope: Scope, most: int) -> Condition:
    return _whole_plan(plan.one_word(asked.terms[0], scope), None, most)


def _named(
    asked: Terms, scope: Scope, most: int, drivers: tuple[int, ...], kept: bool
) -> Condition:
    favourites = plan.favourites(asked, scope) if kept else None
    return _whole_plan(plan.several_names(asked, scope, drivers), favourites, most)


def _mixed(asked: Terms, scope: Scope, most: int, driver: int, kept: bool) -> Condition:
    favourites = plan.favourites(asked, scope) if kept else None
    return _whole_plan(plan.mixed(asked, scope, driver), favourites, most)


def _whole_plan(answer: Plan, favourites: scans.Scan | None, most: int) -> Condition:
    parts = list(enumerate(answer.scans, start=1))
    if favourites is not None:
        parts.insert(0, (0, favourites))
    question = scans.read(parts, place=None, limit=_rows(most), last=_rows(most))
    return Condition(f"SELECT c.o, c.k, c.i, {STAMP} FROM ({question.text}) AS c", question.params)


def _rows(people: int) -> int:
    """As many rows as give one more than so many people, where some stand in two scans."""
    return people + people // 4 + 1


def _rarest(asked: Terms, scope: Scope) -> tuple[int, int]:
    """The place of the term that fewest people can be found by, and by how many about.

    That is long digits, or the word with the fewest keys.
    """
    terms = asked.terms
    numbers = [
        place for place, term in enumerate(terms)
        if term.digits and len(term.digits.written) >= 3
    ]  # fmt: skip
    if numbers:
        return max(numbers, key=lambda place: len(terms[place].word)), 0
    if len(terms) == 1:
        return 0, 0
    for most in (_FEW, _FREQUENT):  # nearly always there is a rare word, and that is soon counted
        [counts] = shapes.ask(texts.how_many, asked, scope, most)
        _, count, place = min(
            (term.is_a_place, count, place)
            for place, (term, count) in enumerate(zip(terms, counts, strict=True))
        )
        if count <= most:
            break
    return place, count


# --- People who stand in one scan each: read from wherever one is --------------------------------


def _in_order(asked: Terms, scope: Scope, *, place: Place | None, limit: int) -> Page:
    back = place is not None and place.back
    last = limit + 1
    part = "likely" if place is None and any(term.is_a_place for term in asked.terms) else ""
    while True:
        rows = shapes.ask(_sought, asked, scope, place, last, part)
        kept = {row[2] for row in rows if row[0] == 0}
        shown = rows
        if kept or place is not None:
            shown = [row for row in rows if _counts(row, kept=kept, place=place)]
        # Favourites are read first and, on the way back, come last.
        if len(shown) - (len(kept) if back else 0) > limit:
            break
        if len(rows) >= last:
            last = 2 * last + len(kept)
        elif part:
            part, last = "", limit + 1
        else:
            break
    # Whole rows: no two differ behind the person alone, and a key for each would take longer.
    shown.sort(reverse=back)
    page = shown[:limit][::-1] if back else shown[:limit]
    more = len(shown) > limit
    return Page(
        people=tuple([row[BEGINS:STAMPED] for row in page]),
        first=_standing(page[0]) if page else None,
        last=_standing(page[-1]) if page else None,
        is_first=not more if back else place is None,
        is_last=place is not None if back else not more,
        total=_total(asked, scope, rows, is_whole=place is None and not more),
        stamp=rows[0][STAMPED] if rows else None,
    )


def _sought(asked: Terms, scope: Scope, place: Place | None, last: int, part: str) -> Condition:
    """Favourites, then the scans, with all that a list shows."""
    answer = _plan_in_order(asked, scope)
    total = scans.counted(answer.counts, most=COUNTED)
    parts = list(enumerate(answer.scans, start=1))
    if part == "likely":
        parts = parts[: answer.likely]
    text, params = scans.read(parts, place=place, limit=last, last=last)
    favourites = plan.favourites(asked, scope)
    if favourites is not None and favourites.question is not None:
        kept = favourites.question
        text = f"SELECT * FROM ({kept.text} LIMIT {_MOST_FAVOURITES}) AS f UNION ALL {text}"
        params = (*kept.params, *params)
    return Condition(
        f"SELECT c.o, c.k, {PERSON}, {IS_FAVOURITE}, {STAMP}, {total.text} FROM ({text}) AS c "
        "CROSS JOIN directory_person p WHERE p.id = c.i AND p.is_active",
        (scope.viewer.user_id or 0, *total.params, *params),
    )


def _plan_in_order(asked: Terms, scope: Scope) -> Plan:
    return plan.one_word(asked.terms[0], scope) if asked.terms else plan.everybody(scope)


def _total(asked: Terms, scope: Scope, rows: list[sql.Row], *, is_whole: bool) -> int:
    """Everybody the plan gives; counted only where the page does not show them all."""
    if is_whole:
        return len({row[2] for row in rows})
    total = int(rows[0][COUNTED_AT]) if rows else 0
    if total > COUNTED:
        return total
    answer = _plan_in_order(asked, scope)
    for scan in answer.rough:
        if (count := _counted([scan])) > COUNTED:
            return count
    return total + (_counted(answer.dear) if answer.dear else 0)


def _counted(found: Sequence[scans.Scan]) -> int:
    text, params = scans.counted(found, most=COUNTED)
    return int(sql.fetch(f"SELECT {text}", params)[0][0])


def _counts(row: sql.Row, *, kept: set[int], place: Place | None) -> bool:
    if row[0] != 0:
        return row[2] not in kept
    if place is None:
        return True
    standing: Standing = _standing(row)
    return standing < place[:3] if place.back else standing > place[:3]


def cursors(page: Page) -> tuple[str, str]:
    """Of the page before and of the page behind; empty where there is none."""
    before = after = ""
    if page.first is not None and not page.is_first:
        before = Place(*page.first, back=True).cursor()
    if page.last is not None and not page.is_last:
        after = Place(*page.last).cursor()
    return before, after
