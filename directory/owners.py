"""Whose number is this? All owners, direct or by an extension, and what is known where none is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clicktodial.dialplan import countries, origin, towns
from clicktodial.dialplan import number as numbers
from clicktodial.dialplan.number import Kind, Number
from clicktodial.dialplan.origin import Line, Origin
from directory import private
from directory.models import Location
from directory.models import Number as Listed
from directory.search.places import LAST
from directory.visibility import Viewer, numbers_shown_to

MOST_OWNERS = 20
_LIKE_DIGITS = 4  # the last ones, in which numbers of one switchboard differ
_LEAST_LIKE = 2  # neighbours at one place, before a number is said to look like it
_MOST_LIKE = 20
_LINES = {
    Line.FIXED: _("fixed line"),
    Line.MOBILE: _("mobile"),
    Line.TOLL_FREE: _("free of charge"),
    Line.SHARED_COST: _("shared cost"),
    Line.PREMIUM: _("premium rate: calls cost extra"),
    Line.INTERNET: _("internet telephone"),
    Line.PERSONAL: _("personal number"),
    Line.COMPANY: _("company number"),
}


class How(StrEnum):
    """By what an entry has the number."""

    LISTED = "listed"
    """The number itself stands there."""
    MAIN = "main"
    """The main number in front of the extension that was asked for."""
    BEHIND = "behind"
    """The extension that was asked for, behind the main number."""
    RANGE = "range"
    """The extension that a range of one's own numbers makes of it, or the other way round."""


_HOW = {
    How.LISTED: _("is listed with it"),
    How.MAIN: _("has the main number in front of it"),
    How.BEHIND: _("has the extension behind the main number"),
    How.RANGE: _("has the same telephone"),
}


@dataclass(frozen=True, slots=True)
class Owner:
    """An entry that has the number, and by what."""

    person_id: int
    name: str
    title: str
    location: str
    kind: str
    display: str
    how: How

    @property
    def kind_label(self) -> str:
        return str(Listed.Kind(self.kind).label) if self.kind in Listed.Kind else self.kind


@dataclass(frozen=True, slots=True)
class Range:
    """Public numbers of one's own, as a dial plan has them, and the location's name if known."""

    name: str
    code: str
    first: str
    last: str
    keep: int
    prefix: str
    place: int = 0
    location: str = ""

    def holds(self, e164: str) -> bool:
        return len(e164) == len(self.first) and self.first <= e164 <= self.last

    def public(self, extension: str) -> str:
        """The public number of an extension as it is dialled inside; nothing if it is not here."""
        if not extension.startswith(self.prefix):
            return ""
        kept = extension[len(self.prefix) :]
        whole = self.first[: -self.keep] + kept
        return whole if len(kept) == self.keep and self.holds(whole) else ""


@dataclass(frozen=True, slots=True)
class Identified:
    """What is known of a number."""

    number: Number
    owners: tuple[Owner, ...]
    ranges: tuple[Range, ...]
    """The ranges of one's own that hold it."""
    looks_like: str
    """The location whose numbers begin alike; only where nobody and no range has it."""
    town: str
    """Where its area code belongs; only where nothing nearer is known."""
    origin: Origin

    @property
    def country(self) -> str:
        """The name of its country in the reader's language."""
        return countries.name_of(self.origin.region, language=get_language() or "")

    @property
    def line_words(self) -> str:
        """What kind of line it is, in words; nothing where the digits do not tell."""
        return str(_LINES.get(self.origin.line, ""))

    @property
    def how_words(self) -> str:
        """By what the first owner has it, in words."""
        return str(_HOW[self.owners[0].how]) if self.owners else ""

    @property
    def says_something(self) -> bool:
        """Whether more can be told than that the digits are unknown."""
        return bool(self.owners or self.ranges or self.number.e164)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A number that would be the one that is asked for."""

    how: How
    key: str
    is_inside: bool
    place: int | None = None
    """Only at this location; 0, which none is, for one that the directory does not know."""
    elsewhere: frozenset[int] = frozenset()
    """Not at these locations."""

    @property
    def condition(self) -> Q:
        asked = Q(key=self.key)
        if self.is_inside:
            asked &= Q(e164="")
        if self.place is not None:
            asked &= Q(person__location=self.place)
        return asked & ~Q(person__location__in=self.elsewhere) if self.elsewhere else asked

    def fits(self, row: Listed) -> bool:
        place = row.person.location_id
        return (
            row.key == self.key
            and not (self.is_inside and row.e164)
            and self.place in (None, place)
            and place not in self.elsewhere
        )


def identify(text: str, *, viewer: Viewer) -> Identified:
    """What this viewer may know of a number in any format; at most five queries.

    NotANumber (a ValueError with a sentence) where the text is no number.
    """
    return next(identify_all([numbers.read(text, region=viewer.region)], viewer=viewer))


def identify_all(asked: Iterable[Number], *, viewer: Viewer) -> Iterator[Identified]:
    """The same for many numbers that were read already."""
    ranges = _ranges()
    for number in asked:
        owners = _owners(number, ranges, viewer=viewer)
        holding = tuple(each for each in ranges if number.e164 and each.holds(number.e164))
        known = origin.of(number)
        unknown = not (owners or holding)
        is_fixed = unknown and known.line is not Line.MOBILE
        like = _neighbourhood(number, viewer=viewer) if is_fixed else ""
        town = towns.of(number, language=get_language() or "") if unknown and not like else ""
        yield Identified(number, owners, holding, like, town, known)


def _ranges() -> list[Range]:
    rows = import_string(settings.OWN_RANGES)()
    codes = {row[1] for row in rows if row[1]}
    known = Location.objects.filter(code__in=codes).values_list("code", "pk", "name")
    places = {code: (pk, name) for code, pk, name in known}
    return [
        Range(name, code, first, last, keep, prefix, *places.get(code, (0, "")))
        for name, code, first, last, keep, prefix in rows
    ]


def _owners(number: Number, ranges: Sequence[Range], *, viewer: Viewer) -> tuple[Owner, ...]:
    behind = number.after if number.after.isdigit() else ""
    found = _rows(list(_wanted(number, ranges)), viewer=viewer)
    if not behind:
        return tuple(_owner(row, how) for row, how in found)
    exact = [row for row, _ in found if row.extension == behind]
    main = [row for row, _ in found if row.extension != behind]
    places = {row.person.location_id for row in [*exact, *main]} - {None}
    ways = [_Wanted(How.BEHIND, behind, True, place) for place in places]
    for each in ranges:
        if each.place in places and (public := each.public(behind)):
            ways.append(_Wanted(How.BEHIND, public[1:], False))
    return (
        *(_owner(row, How.LISTED) for row in exact),
        *(_owner(row, how) for row, how in _rows(ways, viewer=viewer)),
        *(_owner(row, How.MAIN) for row in main),
    )


def _wanted(number: Number, ranges: Sequence[Range]) -> Iterable[_Wanted]:
    yield _Wanted(How.LISTED, number.key, False)
    with_their_own = frozenset(each.place for each in ranges if each.place)
    for each in ranges:
        if number.e164 and each.holds(number.e164):
            kept = number.e164[-each.keep :]
            if each.prefix:
                yield _Wanted(How.RANGE, each.prefix + kept, True)
            else:
                where = (each.place, frozenset[int]()) if each.code else (None, with_their_own)
                yield _Wanted(How.RANGE, kept, True, *where)
        elif number.kind is Kind.EXTENSION and (public := each.public(number.digits)):
            yield _Wanted(How.RANGE, public[1:], False)


def _rows(ways: Sequence[_Wanted], *, viewer: Viewer) -> list[tuple[Listed, How]]:
    """The numbers that are wanted, each once, by the first way that fits."""
    if not ways:
        return []
    shown = Listed.objects.filter(numbers_shown_to(viewer), person__is_active=True)
    wanted = shown.filter(key__in={way.key for way in ways}).filter(
        reduce(or_, (way.condition for way in ways))
    )
    rows = wanted.select_related("person__location")
    ordered = rows.order_by("person__sort_key", "person_id", "order")[:MOST_OWNERS]
    found = [(row, next(way for way in ways if way.fits(row)).how) for row in ordered]
    for key in {row.key for row, _how in found}:
        people = [row.person_id for row, _how in found if row.key == key]
        private.note_seen(people, viewer=viewer, key=key)
    return sorted(found, key=lambda each: each[1] is not How.LISTED)


def _owner(row: Listed, how: How) -> Owner:
    person = row.person
    place = person.location.name if person.location else ""
    return Owner(person.pk, person.name, person.title, place, row.kind, str(row), how)


def _neighbourhood(number: Number, *, viewer: Viewer) -> str:
    """The one location at which the numbers are that begin likewise, or nothing."""
    head = number.key[:-_LIKE_DIGITS]
    if not number.e164 or len(head) <= _LIKE_DIGITS:
        return ""
    near = Listed.objects.filter(
        numbers_shown_to(viewer), key__gt=head, key__lt=head + LAST, person__is_active=True
    ).exclude(kind__in=(Listed.Kind.MOBILE, Listed.Kind.HOME))
    rows = near.order_by("key").values_list("key", "person__location__name")[:_MOST_LIKE]
    places = {key: name for key, name in rows if len(key) == len(number.key)}
    names = set(places.values())
    return next(iter(names)) or "" if len(names) == 1 and len(places) >= _LEAST_LIKE else ""
