"""From what is asked to the scans that answer it, best matches first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from directory.models import Person
from directory.search import scans, sql, texts
from directory.search.index import KINDS
from directory.search.places import Places
from directory.search.scans import NAMES, PEOPLE, WORDS, Condition, Scan
from directory.search.terms import Term, Terms
from directory.visibility import Viewer

_MIXED = 100  # behind every scan of names
_MOST_WALKED = 20_000
_FREQUENT = 500
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """Who looks, and where they look."""

    viewer: Viewer
    places: Places
    departments: tuple[int, ...] | None = None
    location: int | None = None
    kind: Person.Kind | None = None

    @property
    def is_everywhere(self) -> bool:
        return self.departments is None and self.location is None and self.kind is None

    def narrow(self, scan: Scan) -> Scan:
        if self.departments is not None and not scan.by[1]:
            scan = replace(scan, by=("department_id", self.departments))
        elif self.departments is not None:
            scan = scan.where(scans.among("department_id", self.departments))
        if self.location is not None:
            scan = scan.where(Condition(f"x.location_id = {self.location}"))
        if self.kind is not None:
            is_people = scan.table is PEOPLE
            value = str(self.kind) if is_people else KINDS[self.kind]
            scan = scan.where(Condition("x.kind = %s", (value,)))
        return scan

    def texts(self) -> tuple[Condition, ...]:
        """The same on the texts of people."""
        found = []
        if self.departments is not None:
            found.append(Condition(f"t.department_id IN {sql.listed(self.departments)}"))
        if self.location is not None:
            found.append(Condition(f"t.location_id = {self.location}"))
        if self.kind is not None:
            found.append(Condition("t.kind = %s", (KINDS[self.kind],)))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Plan:
    """The scans in their order, numbered from 1.

    If `distinct`, nobody stands in two of them and they are read from wherever one is; otherwise
    they are collected from the beginning. `counts` are the scans undivided, to be counted: the
    cheapest first; `rough` may count somebody twice, where there are too many anyway. The
    `likely` first scans fill a page as a rule, so that the rest need not be asked for it.
    """

    scans: tuple[Scan, ...]
    counts: tuple[Scan, ...] = ()
    rough: tuple[Scan, ...] = ()
    likely: int = 0
    distinct: bool = False


def everybody(scope: Scope) -> Plan:
    """All whom the filters leave, by name."""
    scan = scope.narrow(Scan(PEOPLE))
    return Plan((scan,), (scan,), distinct=True)


def one_word(term: Term, scope: Scope) -> Plan:
    """Whole names, longer names, other names for the same, places, other words."""
    word = term.word
    names = [scope.narrow(Scan(NAMES, (each, scans.first(word)))) for each in _ranges(word)]
    others = [
        scope.narrow(
            Scan(NAMES, (scans.whole(other), scans.first(other), *texts.not_named(word, *before)))
        )
        for other, before in _each_with_those_before(term.others)
    ]
    departments, locations = scope.places.begun_by(word)
    places = []
    unnamed = texts.not_named(word, *term.others, person="x.id")
    if departments:
        by = ("department_id", tuple(sorted(departments)))
        places.append(scope.narrow(Scan(PEOPLE, unnamed, by)))
    if locations:
        by = ("location_id", tuple(sorted(locations)))
        at = Scan(PEOPLE, unnamed, by)
        elsewhere = [scans.not_among("department_id", departments)] if departments else []
        places.append(scope.narrow(at.where(*elsewhere)))
    rest = [scope.narrow(Scan(WORDS, (each, scans.first(word)))) for each in _ranges(word)]
    if departments:
        rest = [each.where(scans.not_among("department_id", departments)) for each in rest]
    if locations:
        rest = [each.where(scans.not_among("location_id", locations)) for each in rest]
    if term.others:
        rest = [each.where(*texts.not_named("", *term.others)) for each in rest]
    divided = [near for scan in (*names, *others, *places) for near in _nearest_first(scan, scope)]
    likely = len(divided) if places else 0
    for scan in rest:
        divided += _nearest_first(scan, scope, by_location=False)
    counts = [scope.narrow(Scan(NAMES, (scans.begun(word), scans.first(word))))]
    rough = [replace(each, conditions=each.conditions[len(unnamed) :]) for each in places]
    return Plan(
        tuple(divided),
        (*counts, *others, *places, *rest),
        rough=tuple(rough),
        likely=likely,
        distinct=True,
    )


def several_names(asked: Terms, scope: Scope) -> Plan:
    """Every word is of the name or names the place; the name as it is written comes first."""
    found: list[Scan] = []
    if asked.joined:
        found += (scope.narrow(Scan(WORDS, (each,))) for each in _ranges(asked.joined))
    phrase = scope.narrow(Scan(NAMES, (scans.begun(asked.phrase),)))
    found += _nearest_first(phrase, scope)
    places = {term.word: scope.places.begun_by(term.word) for term in asked.terms}
    of_no_place = [term for term in asked.terms if not any(places[term.word])]
    drivers = [min(of_no_place, key=_width)] if of_no_place else asked.terms
    for driver in drivers:
        others = [term for term in asked.terms if term is not driver]
        conditions = tuple(texts.in_key(term, places=places[term.word]) for term in others)
        for start in (scans.begun(driver.word), *map(scans.whole, driver.others)):
            scan = scope.narrow(Scan(NAMES, (start, *conditions)))
            found += _nearest_first(scan, scope, walked=len(driver.word) <= _SHORT)
    if not of_no_place:
        found += _places_only(list(places.values()), scope)
    return Plan(tuple(found))


def mixed(asked: Terms, scope: Scope, *, cheaply: bool = False) -> Plan:
    """Every word is anything about the person, or the digits of a number.

    `cheaply` gives up where every word is a frequent one.
    """
    driver, count = texts.rarest(asked.terms, places=scope.places)
    if cheaply and count > _FREQUENT:
        return Plan(())
    others = [term for term in asked.terms if term is not driver]
    conditions = [
        *scope.texts(),
        *(texts.in_text(term, scope.viewer, scope.places) for term in others),
    ]
    found = [
        texts.question(source, conditions, viewer=scope.viewer, order=_MIXED + 3 * place)
        for place, source in enumerate(texts.sources(driver, scope.viewer, scope.places))
    ]
    return Plan(tuple(Scan(question=question) for question in found))


def favourites(asked: Terms, scope: Scope) -> Scan | None:
    """The viewer's favourites of whom all is true."""
    if scope.viewer.user_id is None:
        return None
    every = [texts.in_text(term, scope.viewer, scope.places) for term in asked.terms]
    conditions = list(scope.texts())
    if asked.joined:
        text, params = texts.all_of(every)
        other = texts.word_begins(asked.joined)
        conditions.append(Condition(f"({text} OR {other.text})", (*params, *other.params)))
    else:
        conditions += every
    return Scan(question=texts.favourites(conditions, viewer=scope.viewer))


def _ranges(word: str) -> tuple[Condition, Condition]:
    return scans.whole(word), scans.longer(word)


def _width(term: Term) -> tuple[bool, int]:
    return bool(term.others), -len(term.word)


def _each_with_those_before(words: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    return ((word, words[:place]) for place, word in enumerate(words))


def _nearest_first(
    scan: Scan, scope: Scope, *, by_location: bool = True, walked: bool = False
) -> Iterator[Scan]:
    """The scan in parts: the viewer's department, their location, everybody else."""
    department, location = scope.viewer.department_id, scope.viewer.location_id
    column, values = scan.by
    if department is not None and (column != "department_id" or department in values):
        if column == "department_id":
            yield replace(scan, by=(column, (department,)))
            values = tuple(each for each in values if each != department)
            if not values:
                return
            scan = replace(scan, by=(column, values))
        else:
            yield scan.where(Condition("x.department_id = %s", (department,)))
            scan = scan.where(_other("department_id", department, scan))
    if by_location and location is not None and scope.location is None:
        if column == "location_id" and location in values:
            yield replace(scan, by=(column, (location,)))
            values = tuple(each for each in values if each != location)
            if not values:
                return
            scan = replace(scan, by=(column, values))
        elif column != "location_id":
            yield scan.where(Condition("x.location_id = %s", (location,)))
            scan = scan.where(_other("location_id", location, scan))
    yield scan


def _other(column: str, value: int, scan: Scan) -> Condition:
    if scan.table is PEOPLE:
        return Condition(f"(x.{column} IS NULL OR x.{column} <> %s)", (value,))
    return Condition(f"x.{column} <> %s", (value,))


def _places_only(
    places: list[tuple[frozenset[int], frozenset[int]]], scope: Scope
) -> Iterator[Scan]:
    """Everybody in finance in Zurich: each word taken as a department or as a location."""
    for taken in product((0, 1), repeat=min(len(places), 4)):
        chosen = [sets[kind] for sets, kind in zip(places, taken, strict=False)]
        departments = [ids for ids, kind in zip(chosen, taken, strict=True) if not kind]
        locations = [ids for ids, kind in zip(chosen, taken, strict=True) if kind]
        in_all = frozenset.intersection(*departments) if departments else frozenset()
        at_all = frozenset.intersection(*locations) if locations else frozenset()
        if (departments and not in_all) or (locations and not at_all):
            continue
        if departments:
            scan = Scan(PEOPLE, by=("department_id", tuple(sorted(in_all))))
            if locations:
                scan = scan.where(scans.among("location_id", at_all))
        else:
            scan = Scan(PEOPLE, by=("location_id", tuple(sorted(at_all))))
        yield from _nearest_first(scope.narrow(scan), scope)
