"""Colours as OKLCH and sRGB, and how well one is read on another.

OKLCH is Björn Ottosson's (https://bottosson.github.io/posts/oklab/), the contrast WCAG 2.2's.
"""

import math
import re
from dataclasses import dataclass

STEP = 0.005


@dataclass(frozen=True, slots=True)
class Colour:
    """Lightness 0 to 1, chroma from 0, hue 0 to 360."""

    lightness: float
    chroma: float
    hue: float

    @property
    def linear(self) -> tuple[float, float, float]:
        """Linear sRGB, below 0 or above 1 where no screen shows it."""
        a = self.chroma * math.cos(math.radians(self.hue))
        b = self.chroma * math.sin(math.radians(self.hue))
        long = (self.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        middle = (self.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (self.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        return (
            4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
        )

    @property
    def shown(self) -> "Colour":
        """The nearest of the same lightness and hue that every screen shows."""
        chroma = self.chroma
        while chroma > 0:
            colour = Colour(self.lightness, chroma, self.hue)
            if all(-0.0005 <= part <= 1.0005 for part in colour.linear):
                return colour
            chroma -= STEP
        return Colour(self.lightness, 0, self.hue)

    @property
    def hex(self) -> str:
        return "#" + "".join(f"{round(_encode(part) * 255):02x}" for part in self.shown.linear)

    @property
    def luminance(self) -> float:
        """WCAG's relative luminance of what is shown, after rounding to 8 bits."""
        red, green, blue = (_decode(int(self.hex[at : at + 2], 16) / 255) for at in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def read(text: str) -> Colour:
    """The colour of `#rrggbb` or `#rgb`, with or without its sign."""
    digits = text.strip().removeprefix("#")
    if not re.fullmatch(r"[0-9a-fA-F]{3}|[0-9a-fA-F]{6}", digits):
        raise ValueError("it must be a colour of six digits, such as 0a5c8f.")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    red, green, blue = (_decode(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return Colour(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def contrast(one: Colour, other: Colour) -> float:
    """From 1, the same, to 21, black on white."""
    lighter, darker = sorted((one.luminance, other.luminance), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _decode(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _encode(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return part * 12.92 if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)
