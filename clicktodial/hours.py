"""When people somewhere expect to be called, and what time it is there while they do not.

The directory knows where somebody is, dialling knows the country of a bare number; both say it by
an `Hours`, and both show it in the same words.
"""

import time
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clicktodial.dialplan import care, zones
from clicktodial.dialplan import number as numbers
from clicktodial.dialplan.number import NotANumber, Number

DAY_BEGINS, DAY_ENDS = 8, 18  # o'clock; between them people expect to be called
_MONDAY_TO_FRIDAY = "12345"  # ISO 8601: 1 is Monday
# Weekends that are not Saturday and Sunday: Unicode CLDR, supplemental/weekData; Bangladesh,
# the Maldives, Palestine, Brunei and Nepal by their own public service's week.
_WORKING_DAYS = {
    country: days
    for days, countries in {
        "12347": "BD BH DZ EG IL IQ JO KW LY MV OM PS QA SA SD SY YE",
        "123467": "IR",
        "12367": "AF",
        "12346": "BN",
        "123457": "NP",
        "123456": "IN UG",
    }.items()
    for country in countries.split()
}


def usual_days(country: str) -> str:
    """The days that are worked in a country, as the digits of ISO 8601, 1 for Monday."""
    return _WORKING_DAYS.get(country.upper(), _MONDAY_TO_FRIDAY)


@dataclass(frozen=True)
class Clock:
    """The time at the other end, the town whose time it is, and the days that are worked there."""

    time: datetime
    town: str
    days: str = _MONDAY_TO_FRIDAY
    today: tuple[tuple[int, int], ...] = ()
    """When somebody of their own hours works today, in minutes; empty where it is not known."""

    @property
    def is_day_off(self) -> bool:
        return str(self.time.isoweekday()) not in self.days

    @property
    def is_outside_hours(self) -> bool:
        minutes = self.time.hour * 60 + self.time.minute
        day = self.today or ((DAY_BEGINS * 60, DAY_ENDS * 60),)
        return self.is_day_off or not any(begins <= minutes < ends for begins, ends in day)

    def __str__(self) -> str:
        """02:40 in Singapore; on a day off that day stands in front."""
        said = {"time": f"{self.time:%H:%M}", "town": self.town}
        if not self.is_day_off:
            return _("%(time)s in %(town)s") % said
        said["day"] = date_format(self.time, "l")
        return _("%(day)s, %(time)s in %(town)s") % said


@dataclass(frozen=True)
class Hours:
    """A place's time zone (by its IANA name), its town, and the days that are worked there."""

    zone: str
    town: str = ""
    days: str = _MONDAY_TO_FRIDAY
    week: tuple[tuple[tuple[int, int], ...] | None, ...] = ()
    """Somebody's own hours for each day from Monday, in minutes: empty where the day is worked at
    no hours that are known, None for a day off. No week at all: `days` alone counts."""

    def of_somebody(self, week: "tuple[tuple[tuple[int, int], ...] | None, ...]") -> "Hours":
        """The hours of somebody here who keeps a week of their own; an empty one changes none."""
        if not any(hours is not None for hours in week):
            return self
        worked = (str(day) for day, hours in enumerate(week, start=1) if hours is not None)
        return replace(self, days="".join(worked), week=week)

    def clock(self, now: datetime | None = None) -> Clock | None:
        """The time there; None where this machine does not know the zone."""
        try:
            there = (now or timezone.now()).astimezone(ZoneInfo(self.zone))
        except (ValueError, ZoneInfoNotFoundError):  # older time zone data, or no name at all
            return None
        town = self.town or self.zone.rpartition("/")[2].replace("_", " ")
        today = self.week[there.weekday()] if self.week else ()
        return Clock(there, town, self.days, today or ())

    @property
    def off(self) -> str:
        """The time there in words while it is outside working hours, else nothing."""
        return _off(self, int(time.time() // 60), get_language())


@lru_cache(maxsize=4096)
def _off(hours: Hours, _minute: int, _language: str | None) -> str:
    clock = hours.clock()
    return str(clock) if clock and clock.is_outside_hours else ""


def of_country(country: str, *, town: str = "") -> Hours | None:
    """The hours of a country that has one time zone; None for all others."""
    zone = zones.of(country)
    return Hours(zone, town, usual_days(country)) if zone else None


def of_number(number: Number) -> Hours | None:
    """The hours of a public number's country, where that has one time zone."""
    zone = care.zone(number)
    return Hours(zone, "", usual_days(number.region)) if zone else None


@lru_cache(maxsize=20_000)
def of_text(text: str) -> Hours | None:
    """As `of_number`, for a number that is written in full."""
    try:
        return of_number(numbers.read(text))
    except NotANumber:
        return None
