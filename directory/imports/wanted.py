"""What a row of a source says of a person, read closely: texts, places, numbers, manager."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clicktodial.dialplan import number as dialplan
from directory.imports import rows
from directory.imports.mapping import Columns
from directory.imports.places import Departments, Locations, NoPlace
from directory.models import Number, Person

LONGEST_ID = 128
_LONGEST_NUMBER = Number._meta.get_field("written").max_length or 60


class Refused(ValueError):
    """Nothing can be taken of this row; the text is a sentence."""


@dataclass(slots=True)
class Wanted:
    """What the source wants of one person; what it could not say well is in `doubts`."""

    values: dict[str, Any] = field(default_factory=dict)
    """By the columns of Person; a place that is still to be made is below zero."""
    numbers: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind, as it is written, and the key that the dial plan reads."""
    kinds: list[str] = field(default_factory=list)
    """The kinds of which `numbers` holds all."""
    manager: str | None = None
    doubts: list[str] = field(default_factory=list)


class _Words:
    """The cells of a row that tell a department or a location."""

    def __init__(self, columns: Columns, at: Mapping[str, int], *, kind: str) -> None:
        named = {name: at[each] for name, each in columns.places.items() if name.startswith(kind)}
        self._names = tuple(named)
        wanted = columns.has_department if kind == "department" else columns.has_location
        self._cells = rows.getter(list(named.values())) if wanted else None

    def of(self, row: rows.Row) -> tuple[str | None, ...] | None:
        """The words; None where they say nothing."""
        if self._cells is None:
            return None
        words = self._cells(row.cells)
        return words if any(word is not None for word in words) else None

    def named(self, words: Sequence[str | None]) -> dict[str, str]:
        """The words by the names of fields, cleaned."""
        found = {name: rows.clean(word) for name, word in zip(self._names, words, strict=True)}
        return {name: word for name, word in found.items() if word is not None}


class Reader:
    """Reads rows closely, with all that does not change from one to the next."""

    def __init__(self, columns: Columns, headings: Sequence[str]) -> None:
        self._columns = columns
        self._at = {heading: place for place, heading in enumerate(headings)}
        self._places = {
            kind: _Words(columns, self._at, kind=kind) for kind in ("department", "location")
        }
        self._limits = {
            name: Person._meta.get_field(name).max_length or 2000  # type: ignore[union-attr]
            for name in columns.texts
        }
        self.forget()

    def forget(self) -> None:
        """Begins anew with the departments and locations as they are."""
        self.departments, self.locations = Departments.load(), Locations.load()
        self._met: dict[str, dict[Any, int | None]] = {"department": {}, "location": {}}

    # --- Departments and locations -------------------------------------------------------------

    def led(self) -> list[list[Any]]:
        """To which department or location words have led, as JSON keeps it."""
        return [
            [kind, list(words), pk, self.locations.countries.get(pk) if kind == "location" else ""]
            for kind, met in self._met.items()
            for words, pk in met.items()
            if pk is not None and pk > 0
        ]

    def led_count(self) -> int:
        return sum(map(len, self._met.values()))

    def leads(self, led: Sequence[Sequence[Any]]) -> bool:
        """Whether the words lead there still."""
        for kind, words, pk, country in led:
            try:
                found = self._place(kind, tuple(words))
            except NoPlace:
                return False
            there = self.locations.countries.get(pk) if kind == "location" else ""
            if (found, there) != (pk, country):
                return False
        return True

    def _placed(self, row: rows.Row) -> dict[str, Any]:
        """The columns of department and location. NoPlace."""
        return {
            f"{kind}_id": self._place(kind, said)
            for kind, words in self._places.items()
            if (said := words.of(row)) is not None
        }

    def _place(self, kind: str, words: tuple[str | None, ...]) -> int | None:
        """Where these words lead; each is looked for once."""
        met = self._met[kind]
        if words not in met:
            places: Any = self.departments if kind == "department" else self.locations
            met[words] = places.find(self._places[kind].named(words))
        return met[words]

    # --- A row ---------------------------------------------------------------------------------

    def read(self, row: rows.Row, *, known: Mapping[str, Any], kept: Sequence[Any]) -> Wanted:
        """What the row wants; `known` are the person's columns, `kept` the numbers. Refused."""
        if row.fault:
            raise Refused(row.fault)
        if len(row.external_id) > LONGEST_ID or not row.external_id.isprintable():
            raise Refused(_("The id is longer than 128 signs or holds odd ones."))
        wanted = Wanted()
        self._read_texts(row, wanted, known)
        self._read_name(row, wanted, known)
        try:
            wanted.values |= self._placed(row)
        except NoPlace as problem:
            wanted.doubts.append(str(problem))
        if self._columns.manager:
            wanted.manager = rows.clean(row.cells[self._at[self._columns.manager]])
        self._read_numbers(row, wanted, known, kept)
        return wanted

    def _read_texts(self, row: rows.Row, wanted: Wanted, known: Mapping[str, Any]) -> None:
        for name, heading in self._columns.texts.items():
            cell = row.cells[self._at[heading]]
            if cell == known.get(name):  # as it is, and looked at before
                continue
            text = rows.clean(cell)
            if text is None:
                continue
            if not text.isprintable():
                raise Refused(_("“%(column)s” holds signs that cannot be shown.") % {
                    "column": heading})  # fmt: skip
            if len(text) > self._limits[name]:
                told = _("“%(column)s” has more than %(n)d signs.")
                raise Refused(told % {"column": heading, "n": self._limits[name]})
            if text and name in _CHECKED:
                try:
                    Person._meta.get_field(name).run_validators(text)  # type: ignore[union-attr]
                except ValidationError as problem:
                    told = _("“%(text)s” in “%(column)s” is left out: %(why)s")
                    why = " ".join(problem.messages)
                    wanted.doubts.append(told % {"text": text, "column": heading, "why": why})
                    continue
            wanted.values[name] = text

    def _read_name(self, row: rows.Row, wanted: Wanted, known: Mapping[str, Any]) -> None:
        if self._columns.whole_name:
            text = rows.clean(row.cells[self._at[self._columns.whole_name]]) or ""
            family, given = _parts(text)
            if len(family) > 150 or len(given) > 100 or not text.isprintable():
                raise Refused(_("The name is too long or holds odd signs."))
            wanted.values |= {"family_name": family, "given_name": given}
        names = ("given_name", "family_name")
        if not any(wanted.values.get(name, known.get(name)) for name in names):
            raise Refused(_("There is no name."))

    def _read_numbers(
        self, row: rows.Row, wanted: Wanted, known: Mapping[str, Any], kept: Sequence[Any]
    ) -> None:
        place = wanted.values.get("location_id", known.get("location_id"))
        region = self.locations.countries.get(place or 0) or settings.DEFAULT_COUNTRY
        stays = place == known.get("location_id")
        there = {(n["kind"], n["written"]): n["key"] for n in kept} if stays else {}
        left: set[str] = set()
        found: dict[tuple[str, str], str] = {}
        for kind, heading in self._columns.numbers:
            text = rows.clean(row.cells[self._at[heading]])
            if text is None:
                left.add(kind)
            elif (key := there.get((kind, text))) is not None:
                found.setdefault((kind, key), text)
            elif text and not self._read_number(kind, text, heading, region, wanted, found):
                left.add(kind)
        wanted.kinds = [kind for kind in self._columns.kinds if kind not in left]
        wanted.numbers = [
            (kind, text, key) for (kind, key), text in found.items() if kind not in left
        ]

    @staticmethod
    def _read_number(
        kind: str, text: str, heading: str, region: str, wanted: Wanted,
        found: dict[tuple[str, str], str],
    ) -> bool:  # fmt: skip
        """Adds what a field holds; False where it cannot be read, and its kind is left alone."""
        try:
            numbers = dialplan.read_all(text, region=region)
        except dialplan.NotANumber as problem:
            told = _("“%(text)s” in “%(column)s” is left out: %(why)s")
            wanted.doubts.append(told % {"text": text[:60], "column": heading, "why": problem})
            return False
        for number in numbers:
            written = text if len(numbers) == 1 else number.written
            if len(written) > _LONGEST_NUMBER:
                written = number.display[:_LONGEST_NUMBER]
            if number.doubt:
                told = _("“%(text)s” in “%(column)s” is doubtful. %(why)s")
                wanted.doubts.append(
                    told % {"text": written, "column": heading, "why": number.doubt}
                )
            found.setdefault((kind, number.key), written)
        return True


_CHECKED = frozenset(["email", "cucm_user_id", "working_hours"])


def _parts(name: str) -> tuple[str, str]:
    """Family and given name: behind a comma stands the given one, otherwise in front."""
    if "," in name:
        family, _comma, given = name.partition(",")
        return family.strip(), given.strip()
    given, _space, family = name.rpartition(" ")
    return family, given
