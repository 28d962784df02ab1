"""From what is asked to the scans that answer it, best matches first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from directory.models import Person
from directory.search import scans, sql, texts
from directory.search.index import KINDS
from directory.search.places import Places
from directory.search.scans import NAMES, PEOPLE, WORDS, Scan
from directory.search.sql import Condition
from directory.search.terms import Term, Terms
from directory.visibility import Viewer

_MIXED = 100  # behind every scan of names
_SHORT = 3  # letters; fewer begin a good part of all names


@dataclass(frozen=True, slots=True)
class Scope:
    """Who looks, and where they look."""

    viewer: Viewer
    places: Places
    departments: tuple[int, ...] | None = None
    location: int | None = None
    kind: Person.Kind | None = None

    @property
    def is_narrowed(self) -> bool:
        return not (self.departments is None and self.location is None and self.kind is None)

    def narrow(self, scan: Scan) -> Scan:
        if self.departments is not None and not scan.by[1]:
            scan = replace(scan, by=("department_id", self.departments))
        elif self.departments is not None:
            scan = scan.where(scans.among("department_id", self.departments))
        if self.location is not None:
            scan = scan.where(Condition("x.location_id = %s", (self.location,)))
        if self.kind is not None:
            is_people = scan.table is PEOPLE
            value = str(self.kind) if is_people else KINDS[self.kind]
            scan = scan.where(Condition("x.kind = %s", (value,)))
        return scan

    def texts(self) -> tuple[Condition, ...]:
        """The same on the texts of people."""
        found = []
        if self.departments is not None:
            found.append(sql.one_of("t.department_id", self.departments))
        if self.location is not None:
            found.append(Condition("t.location_id = %s", (self.location,)))
        if self.kind is not None:
            found.append(Condition("t.kind = %s", (KINDS[self.kind],)))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Plan:
    """The scans in their order, numbered from 1.

    `counts` are the scans undivided, to be counted, the cheapest first; `dear` ones are counted
    only if those are few, unless `rough` ones, which may count somebody twice, are too many
    anyway. The `likely` first scans fill a page as a rule, so that the rest need not be asked.
    """

    scans: tuple[Scan, ...]
    counts: tuple[Scan, ...] = ()
    dear: tuple[Scan, ...] = ()
    rough: tuple[Scan, ...] = ()
    likely: int = 0


def everybody(scope: Scope) -> Plan:
    """All whom the filters leave, by name."""
    scan = scope.narrow(Scan(PEOPLE))
    return Plan((scan,), (scan,))


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
    departments, locations = term.departments, term.locations
    places = []
    unnamed = texts.not_named(word, *term.others, person="x.id")
    if departments:
        places.append(scope.narrow(Scan(PEOPLE, unnamed, ("department_id", departments))))
    if locations:
        at = Scan(PEOPLE, unnamed, ("location_id", locations))
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
    named = (scope.narrow(Scan(NAMES, (scans.begun(word), scans.first(word)))), *others)
    if not places:
        return Plan(tuple(divided), (*named, *rest))
    rough = [replace(each, conditions=each.conditions[len(unnamed) :]) for each in places]
    return Plan(tuple(divided), named, (*places, *rest), tuple(rough), likely)


def several_names(asked: Terms, scope: Scope, drivers: Sequence[int]) -> Plan:
    """Every word is of the name or names the place; the name as it is written comes first.

    People are looked for by the words in the `drivers`' places, of which one is enough unless
    each of them may be a place.
    """
    found: list[Scan] = []
    if asked.joined:
        found += (scope.narrow(Scan(WORDS, (each,))) for each in _ranges(asked.joined))
    phrase = scope.narrow(Scan(NAMES, (scans.begun(asked.phrase),)))
    found += _nearest_first(phrase, scope)
    for driver in (asked.terms[place] for place in drivers):
        others = [term for term in asked.terms if term is not driver]
        conditions = tuple(texts.in_key(term) for term in others)
        for start in (scans.begun(driver.word), *map(scans.whole, driver.others)):
            scan = scope.narrow(Scan(NAMES, (start, *conditions)))
            found += _nearest_first(scan, scope)
    if all(term.is_a_place for term in asked.terms):
        found += _places_only(asked.terms, scope)
    return Plan(tuple(found))


def drivers(asked: Terms) -> tuple[int, ...]:
    """The places of the words to begin with: the longest that names no place, or else all.

    A word with other names for it is looked for by each of them, which takes longer; what has one
    or two letters takes longer still, as so many names begin so.
    """
    terms = asked.terms
    of_no_place = [place for place, term in enumerate(terms) if not term.is_a_place]
    if not of_no_place:
        return tuple(range(len(terms)))
    return (min(of_no_place, key=lambda place: _dearness(terms[place])),)


def _dearness(term: Term) -> tuple[bool, bool, int]:
    return len(term.word) < _SHORT, bool(term.others), -len(term.word)


def mixed(asked: Terms, scope: Scope, driver: int) -> Plan:
    """Every word is anything about the person, or the digits of a number."""
    others = asked.terms[:driver] + asked.terms[driver + 1 :]
    conditions = [*scope.texts(), *(texts.in_text(term, scope.viewer) for term in others)]
    found = [
        texts.question(source, conditions, viewer=scope.viewer, order=_MIXED + 3 * place)
        for place, source in enumerate(texts.sources(asked.terms[driver], scope.viewer))
    ]
    return Plan(tuple(Scan(question=question) for question in found))


def favourites(asked: Terms, scope: Scope) -> Scan | None:
    """The viewer's favourites of whom all is true."""
    if scope.viewer.user_id is None or not asked.terms:
        return None
    every = [texts.in_text(term, scope.viewer) for term in asked.terms]
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


def _each_with_those_before(words: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    return ((word, words[:place]) for place, word in enumerate(words))


def _nearest_first(scan: Scan, scope: Scope, *, by_location: bool = True) -> Iterator[Scan]:
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


def _places_only(terms: Sequence[Term], scope: Scope) -> Iterator[Scan]:
    """Everybody in finance in Zurich: each word taken as a department or as a location."""
    for taken in product((True, False), repeat=min(len(terms), 4)):
        chosen = list(zip(terms, taken, strict=False))
        departments = [set(term.departments) for term, is_one in chosen if is_one]
        locations = [set(term.locations) for term, is_one in chosen if not is_one]
        in_all = tuple(sorted(set.intersection(*departments))) if departments else ()
        at_all = tuple(sorted(set.intersection(*locations))) if locations else ()
        if (departments and not in_all) or (locations and not at_all):
            continue
        if departments:
            scan = Scan(PEOPLE, by=("department_id", in_all))
            if locations:
                scan = scan.where(scans.among("location_id", at_all))
        else:
            scan = Scan(PEOPLE, by=("location_id", at_all))
        yield from _nearest_first(scope.narrow(scan), scope)
