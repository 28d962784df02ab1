"""Working days and hours: what people write, read as a week and written the same way each time."""

import re
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from itertools import groupby

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

_DASH = r"\s*(?:-|–|—|\bto\b)\s*"
_CLOCK = r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?"
_DAY = r"([^\W\d_]{2,}|[^\W\d_a-zA-Z])\.?"  # two letters, or one where one is a whole word
_DAYS = re.compile(rf"{_DAY}(?:{_DASH}{_DAY})?")
_HOURS = re.compile(rf"{_CLOCK}{_DASH}{_CLOCK}")
_BETWEEN = re.compile(r"[\s,&+]*(?:\band\b)?[\s,]*")
_MINUTES = 24 * 60

Hours = tuple[int, int]
"""From and until, in minutes after midnight."""


class NotHours(ValueError):
    """The text says no working days; the error's text is a sentence for who wrote it."""


@dataclass(frozen=True, slots=True)
class Week:
    """For each day from Monday its hours; empty hours for a day without a time, None for none."""

    days: tuple[tuple[Hours, ...] | None, ...] = (None,) * 7

    def __bool__(self) -> bool:
        return any(hours is not None for hours in self.days)

    def __str__(self) -> str:
        """As it is kept: Mon-Thu 08:00-17:00; Fri 08:00-12:00."""
        with translation.override("en"):
            return "; ".join(self.lines(dash="-"))

    def lines(self, *, dash: str = "–") -> tuple[str, ...]:
        """A line for each run of days that are alike, in the reader's language."""
        runs = [
            (hours, [day for day, _hours in run])
            for hours, run in groupby(enumerate(self.days), key=lambda day: day[1])
            if hours is not None
        ]
        return tuple(f"{_days(run, dash)} {_clock(hours, dash)}".strip() for hours, run in runs)


def read(text: str) -> Week:
    """The week that a text describes, an empty one for an empty text; NotHours."""
    week: list[tuple[Hours, ...] | None] = [None] * 7
    for part in re.split(r"[;\n]", text):
        _read_part(part.strip(), week)
    return Week(tuple(week))


def week_of_days(digits: str) -> Week:
    """The week of days without hours, by ISO 8601's digits: 12345 is Monday to Friday."""
    return Week(tuple(() if str(day) in digits else None for day in range(1, 8)))


@lru_cache(maxsize=4096)
def week_of(kept: str) -> Week:
    """The week of a text as it is kept, an empty one where no form has looked at it."""
    try:
        return read(kept)
    except NotHours:
        return Week()


def validate_hours(text: str) -> None:
    try:
        read(text)
    except NotHours as error:
        raise ValidationError(str(error)) from error


def _read_part(text: str, week: list[tuple[Hours, ...] | None]) -> None:
    """Days that follow each other share the hours that come next."""
    place, days, closed = 0, list[int](), False
    while place < len(text):
        if found := _HOURS.match(text, place):
            if not days:
                raise NotHours(_("Write the days before the hours, such as Mon-Fri 08:00-17:00."))
            hours = _hours(found)
            for day in days:
                week[day] = tuple(sorted({*(week[day] or ()), hours}))
            closed = True
        elif found := _DAYS.match(text, place):
            days = _run(found) if closed else [*days, *_run(found)]
            closed = False
            for day in days:
                week[day] = week[day] or ()
        else:
            raise NotHours(
                _("“%(text)s” cannot be read. Write days and hours, such as Mon-Fri 08:00-17:00.")
                % {"text": text[place : place + 20]}
            )
        place = _BETWEEN.match(text, found.end()).end()  # type: ignore[union-attr]


def _run(found: re.Match[str]) -> list[int]:
    first = _weekday(found[1])
    last = _weekday(found[2]) if found[2] else first
    return [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]


def _weekday(word: str) -> int:
    """Monday is 0; the names are those of the reader's language, and English ones."""
    wanted = word.casefold()
    for language in (translation.get_language(), "en"):
        with translation.override(language):
            for day in range(7):
                if any(
                    str(name).casefold().startswith(wanted)
                    for name in (WEEKDAYS[day], WEEKDAYS_ABBR[day])
                ):
                    return day
    raise NotHours(_("“%(word)s” is not a day of the week.") % {"word": word})


def _hours(found: re.Match[str]) -> Hours:
    begins, ends = _minutes(*found.group(1, 2, 3)), _minutes(*found.group(4, 5, 6))
    if not begins < ends <= _MINUTES:
        raise NotHours(
            _("%(hours)s ends before it begins. Write the time by 24 hours, such as 08:00-17:00.")
            % {"hours": found[0]}
        )
    return begins, ends


def _minutes(hour: str, minute: str | None, half: str | None) -> int:
    hours, minutes = int(hour), int(minute or 0)
    if half:
        hours = hours % 12 + (12 if half == "pm" else 0)
    if hours * 60 + minutes > _MINUTES or minutes > 59:
        raise NotHours(_("There is no such time of day."))
    return hours * 60 + minutes


def _days(days: list[int], dash: str) -> str:
    first, last = str(WEEKDAYS_ABBR[days[0]]), str(WEEKDAYS_ABBR[days[-1]])
    return first if len(days) == 1 else f"{first}{dash}{last}"


def _clock(hours: tuple[Hours, ...], dash: str) -> str:
    return ", ".join(f"{_of_day(begins)}{dash}{_of_day(ends)}" for begins, ends in hours)


def _of_day(minutes: int) -> str:
    if minutes == _MINUTES:
        return "24:00"
    return f"{time(minutes // 60, minutes % 60):%H:%M}"
