"""Releases are read as people write them, and judged against the vendor's advisory."""

import pytest

from clicktodial.dialing.release import Standing, mended_in, standing_of


@pytest.mark.parametrize(
    "release",
    ["14", "14SU5", "14SU5a", "14 SU 1", "14.0(1)SU3", "15", "15SU4a", "15.0.1", "15su2", "15-SU4"],
)
def test_releases_before_the_fix_are_affected(release: str) -> None:
    assert standing_of(release) is Standing.AFFECTED


@pytest.mark.parametrize(
    "release",
    ["14SU6", "14SU10", "15SU5", "15SU5a", "15.0(1)SU6", " 15SU5 ", "16", "15SU4 COP", "15SU3+COP"],
)
def test_releases_with_the_fix_are_fixed(release: str) -> None:
    assert standing_of(release) is Standing.FIXED


@pytest.mark.parametrize(
    "release",
    ["", "newest", "SU5", "12.5SU9", "11.5", "15.0.1.13900-55", "15SU", "²5SU5", "15SU5; DROP"],
)
def test_what_cannot_be_judged_is_unknown(release: str) -> None:
    assert standing_of(release) is Standing.UNKNOWN


def test_the_copfile_of_release_15_is_not_taken_for_14() -> None:
    assert standing_of("14SU5 COP") is Standing.AFFECTED


def test_the_way_out_keeps_to_the_same_release_line() -> None:
    assert mended_in("14SU2") == "14SU6"
    assert mended_in("15.0(1)SU4") == "15SU5"
