"""What the directory tells of places and numbers, asked by the dotted paths in the settings."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from clicktodial import hours
from clicktodial.dialplan import number as numbers
from clicktodial.dialplan.number import NotANumber, Number
from clicktodial.hours import Clock


@dataclass(frozen=True)
class Place:
    """Where somebody is, as far as the directory knows."""

    code: str = ""
    name: str = ""
    country: str = ""
    time_zone: str = ""

    @property
    def region(self) -> str:
        """The country by whose habits numbers are read here."""
        return self.country or str(settings.DEFAULT_COUNTRY)


def place_of(account_id: int) -> Place:
    """The place of an account's person; an empty one where none is known."""
    found = _ask(settings.CALLER_PLACES, account_id)
    return Place(*found) if found else Place()


def every_place() -> list[Place]:
    """The places that have a code, for which there may be a dial plan."""
    return [Place(code, name, country) for code, name, country in _ask(settings.DIRECTORY_PLACES)]


def every_number() -> Iterator[tuple[str, str]]:
    """Name and text of every number in the directory."""
    found: Iterator[tuple[str, str]] = _ask(settings.DIRECTORY_NUMBERS)
    return found


def clock_of(number: Number, *, now: datetime | None = None) -> Clock | None:
    """The time where the number's person is, or else in its country if that has one time."""
    there = _ask(settings.CALLEE_HOURS, [number.key]).get(number.key) or hours.of_number(number)
    return there.clock(now) if there else None


def off_hours(texts: Iterable[str]) -> dict[str, str]:
    """The time at the other end of each number where it is outside working hours, in words.

    Numbers as they are shown; those that nothing is to be said of are left out. One query.
    """
    read = {}
    for text in texts:
        with suppress(NotANumber):
            read[text] = numbers.read(text, region=settings.DEFAULT_COUNTRY)
    known = _ask(settings.CALLEE_HOURS, [number.key for number in read.values()])
    there = {text: known.get(each.key) or hours.of_number(each) for text, each in read.items()}
    return {text: each.off for text, each in there.items() if each and each.off}


def _ask(path: str, *arguments: Any) -> Any:
    return import_string(path)(*arguments)
