"""The time at the other end is told by place and country, at night and on the days off there."""

from datetime import UTC, datetime

import phonenumbers
import pytest
import time_machine

from clicktodial import hours
from clicktodial.dialplan.number import read
from clicktodial.hours import Hours

SINGAPORE = Hours("Asia/Singapore", "Singapore")
WEDNESDAY_NIGHT = datetime(2026, 3, 4, 18, 40, tzinfo=UTC)  # Thursday 02:40 in Singapore
WEDNESDAY = datetime(2026, 3, 4, 2, 5, tzinfo=UTC)  # 10:05 there
SUNDAY = datetime(2026, 3, 8, 6, 40, tzinfo=UTC)  # 14:40 there


@pytest.mark.parametrize(
    ("now", "off"),
    [
        (WEDNESDAY_NIGHT, "02:40 in Singapore"),
        (WEDNESDAY, ""),
        (SUNDAY, "Sunday, 14:40 in Singapore"),
    ],
)
def test_the_time_is_told_while_nobody_works(now: datetime, off: str) -> None:
    with time_machine.travel(now, tick=False):
        assert SINGAPORE.off == off


@pytest.mark.parametrize(
    ("hour", "is_outside"), [(7, True), (8, False), (17, False), (18, True), (23, True)]
)
def test_a_day_goes_from_eight_to_six(hour: int, is_outside: bool) -> None:
    clock = Hours("UTC").clock(datetime(2026, 3, 4, hour, 59, tzinfo=UTC))
    assert clock is not None
    assert clock.is_outside_hours is is_outside


@pytest.mark.parametrize(
    ("country", "friday", "saturday", "sunday"),
    [
        ("CH", True, False, False),
        ("AE", True, False, False),
        ("SA", False, False, True),
        ("IL", False, False, True),
        ("NP", True, False, True),
        ("", True, False, False),
    ],
)
def test_the_country_says_which_days_are_worked(
    country: str, friday: bool, saturday: bool, sunday: bool
) -> None:
    days = hours.usual_days(country)
    assert [day in days for day in "567"] == [friday, saturday, sunday]


def test_every_country_works_some_days_and_rests_on_others() -> None:
    for country in phonenumbers.SUPPORTED_REGIONS:
        days = hours.usual_days(country)
        assert sorted(set(days)) == list(days)
        assert 0 < len(days) < 7


def test_a_bare_number_has_the_hours_of_its_country() -> None:
    with time_machine.travel(datetime(2026, 3, 6, 9, 0, tzinfo=UTC), tick=False):  # a Friday
        riyadh = hours.of_number(read("+966 11 555 0123"))
        assert riyadh is not None
        assert riyadh.off == "Friday, 12:00 in Riyadh"
    assert hours.of_text("+1 212 555 0123") is None
    assert hours.of_text("no number") is None


def test_a_zone_that_this_machine_does_not_know_tells_nothing() -> None:
    for zone in ("Moon/Tycho", "../../etc/passwd", ""):
        assert Hours(zone).clock() is None
        assert Hours(zone).off == ""
