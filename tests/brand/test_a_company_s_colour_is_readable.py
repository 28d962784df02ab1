"""Any colour of a company becomes accents that are read everywhere, or is refused in words."""

import colorsys
import re

import pytest

from clicktodial.style import colour
from clicktodial.style.accent import accent
from clicktodial.style.colour import contrast

LIGHT = ("ffffff", "f7f9fb", "edf0f4")
DARK = ("11161b", "171d24", "202831")
WHEEL = [
    "".join(f"{round(255 * part):02x}" for part in colorsys.hsv_to_rgb(hue / 24, strength, value))
    for hue in range(24)
    for strength, value in ((1, 0.9), (0.6, 0.5), (0.2, 0.7))
]


def accents(text: str):  # type: ignore[no-untyped-def]
    """The accent of a colour, or of the one that is named instead of it."""
    try:
        return accent(text)
    except ValueError as refusal:
        return accent(re.findall(r"[0-9a-f]{6}", str(refusal))[-1])


@pytest.mark.parametrize("text", WHEEL)
def test_every_colour_of_the_wheel_is_read_on_every_ground(text: str) -> None:
    found = accents(text)
    for which, grounds in enumerate((LIGHT, DARK)):
        words = colour.read(found.accent[which])
        for ground in (*grounds, found.soft[which]):
            assert contrast(words, colour.read(ground)) >= 4.5
        for fill in (found.accent[which], found.strong[which]):
            assert contrast(colour.read(found.on[which]), colour.read(fill)) >= 4.5


def test_a_colour_that_is_read_as_it_stands_is_left_alone() -> None:
    assert accent("c8102e").accent[0] == "#c8102e"
    assert accent("#001F5B").accent[0] == "#001f5b"


def test_a_colour_too_light_for_white_is_refused_with_its_nearest() -> None:
    with pytest.raises(ValueError, match=r"ffe600 is too light .* nearest that can be is 786c0b"):
        accent("ffe600")


@pytest.mark.parametrize("text", ["blue", "12345", "#12", "rgb(0,0,0)", "gggggg", "0a5c8f;}"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="six digits"):
        accent(text)


def test_grey_stays_grey() -> None:
    found = accent("555555")
    assert found.accent == ("#555555", "#a4a4a4")


def test_black_on_white_is_21_to_1() -> None:
    assert contrast(colour.read("000"), colour.read("fff")) == pytest.approx(21)
    assert contrast(colour.read("777777"), colour.read("ffffff")) == pytest.approx(4.48, abs=0.01)
