"""What becomes of a company's colour: accents that are read on every ground, light and dark."""

from collections.abc import Iterable
from dataclasses import dataclass

from clicktodial.style import colour
from clicktodial.style.colour import STEP, Colour, contrast

READABLE = 4.6
"""WCAG 2.2, 1.4.3 asks for 4.5 of text on its ground at level AA; the rest is for rounding."""
FARTHEST = 0.25
"""In lightness: an accent darker than its colour by more is another colour to everybody's eye."""
GREY = 0.02
"""Of less chroma, a colour has no hue to speak of."""


@dataclass(frozen=True, slots=True)
class Accent:
    """The tokens of static/css/tokens.css that follow from one colour, as (light, dark)."""

    hue: float
    accent: tuple[str, str]
    strong: tuple[str, str]
    soft: tuple[str, str]
    on: tuple[str, str]

    @property
    def css(self) -> str:
        """A rule of the layer `tokens` that overrides the product's own."""
        return (
            f"@layer tokens{{:root{{--hue:{self.hue:.0f};"
            f"--house:light-dark({','.join(self.accent)});"
            f"--accent-strong:light-dark({','.join(self.strong)});"
            f"--accent-soft:light-dark({','.join(self.soft)});"
            f"--on-accent:light-dark({','.join(self.on)})}}}}"
        )


def accent(text: str) -> Accent:
    """The accents of a colour such as `0a5c8f`.

    ValueError, with the nearest that would do, where it is too light to be read on white.
    """
    given = colour.read(text)
    hue = given.hue if given.chroma >= GREY else 242.0  # greys are tinted as the product's are
    soft = (Colour(0.958, min(0.018, given.chroma), hue), Colour(0.3, min(0.04, given.chroma), hue))
    light = _moved(given, [*_grounds_in_the_light(hue), soft[0]], by=-STEP)
    if given.lightness - light.lightness > FARTHEST:
        raise ValueError(
            f"{text} is too light to be read on white. The nearest that can be is "
            f"{light.hex.removeprefix('#')}."
        )
    dark = _moved(
        Colour(max(given.lightness, 0.72), min(given.chroma, 0.13), given.hue),
        [*_grounds_in_the_dark(hue), soft[1]],
        by=STEP,
    )
    ink = Colour(0.2, min(0.03, given.chroma), hue)
    strong = (_beside(light, -0.07 if light.lightness > 0.35 else 0.15), _beside(dark, 0.06))
    return Accent(
        hue=hue,
        accent=(light.hex, dark.hex),
        strong=(strong[0].hex, strong[1].hex),
        soft=(soft[0].hex, soft[1].hex),
        on=("#ffffff", ink.hex),
    )


def _grounds_in_the_light(hue: float) -> tuple[Colour, ...]:
    """--ground, --surface and --sunken; a test compares them with what Chromium paints."""
    return Colour(0.979, 0.004, hue), Colour(1, 0, hue), Colour(0.955, 0.006, hue)


def _grounds_in_the_dark(hue: float) -> tuple[Colour, ...]:
    return Colour(0.185, 0.012, hue), Colour(0.225, 0.014, hue), Colour(0.27, 0.016, hue)


def _moved(start: Colour, grounds: Iterable[Colour], *, by: float) -> Colour:
    """The nearest of the same hue that is read on all grounds, going darker or lighter."""
    grounds = [ground.shown for ground in grounds]
    found = start
    while 0 < found.lightness < 1 and any(contrast(found, it) < READABLE for it in grounds):
        found = _beside(found, by)
    return found


def _beside(start: Colour, by: float) -> Colour:
    return Colour(min(max(start.lightness + by, 0), 1), start.chroma, start.hue)
