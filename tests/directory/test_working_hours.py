from datetime import UTC, datetime

import pytest

from clicktodial.hours import Hours
from directory.models import hours

WEEK = "Mon-Thu 08:00-17:00; Fri 08:00-12:00"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Mon-Thu 08:00-17:00, Fri 08:00-12:00", WEEK),
        ("monday to thursday 8 to 17; friday 8-12", WEEK),
        ("Mo–Th 8:00–17:00\nFr 8am-12pm", WEEK),
        ("Mon, Wed and Fri 9-12", "Mon 09:00-12:00; Wed 09:00-12:00; Fri 09:00-12:00"),
        ("Mon-Fri 8-12, 13-17.30", "Mon-Fri 08:00-12:00, 13:00-17:30"),
        ("Mon-Wed", "Mon-Wed"),
        ("Mon-Wed; Fri 8-12", "Mon-Wed; Fri 08:00-12:00"),
        ("Sat-Mon 6-24", "Mon 06:00-24:00; Sat-Sun 06:00-24:00"),
        ("", ""),
    ],
)
def test_hours_are_read_and_written_the_same_way(written: str, kept: str) -> None:
    assert str(hours.read(written)) == kept
    assert str(hours.read(kept)) == kept


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("8-17", "days before the hours"),
        ("Mon 17-8", "ends before"),
        ("Mon 8-25", "no such time"),
        ("Mon 8:99-17", "no such time"),
        ("Moonday 8-17", "not a day"),
        ("always", "not a day"),
        ("Mon !", "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(written: str, why: str) -> None:
    with pytest.raises(hours.NotHours, match=why):
        hours.read(written)


def test_a_time_is_within_the_hours_or_not_or_the_places_count() -> None:
    week = hours.read(f"{WEEK}; Sat")
    there = Hours("UTC", "Here").of_somebody(week.days)
    told = [
        there.clock(datetime(2026, 11, day, hour, tzinfo=UTC)).is_outside_hours for day, hour in
        ((23, 8), (23, 17), (27, 11), (27, 12), (28, 10), (28, 20), (29, 10))
    ]  # fmt: skip
    assert told == [False, True, False, True, False, True, True]
