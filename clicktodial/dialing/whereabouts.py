"""What the directory tells of places and numbers, asked by the dotted paths in the settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from clicktodial.dialplan import care
from clicktodial.dialplan.number import Number

DAY_BEGINS, DAY_ENDS = 8, 18  # o'clock; between them people expect to be called


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


@dataclass(frozen=True)
class Clock:
    """The time at the other end, and the town whose time it is."""

    time: datetime
    town: str

    @property
    def is_outside_hours(self) -> bool:
        return not DAY_BEGINS <= self.time.hour < DAY_ENDS


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
    zone, town = _ask(settings.CALLEE_ZONES, number.key) or (care.zone(number), "")
    if not zone:
        return None
    try:
        time = (now or timezone.now()).astimezone(ZoneInfo(zone))
    except (ValueError, ZoneInfoNotFoundError):  # a name this machine does not know
        return None
    return Clock(time, town or zone.rpartition("/")[2].replace("_", " "))


def _ask(path: str, *arguments: Any) -> Any:
    return import_string(path)(*arguments)
