"""The site's mark as a picture of any size, in the company's colour: for home screens."""

import math
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

SIZES = (180, 192, 512)
"""For Apple's home screen, and what Chromium asks of a site that can be installed."""
FINER = 4
"""Drawn this much larger and scaled down, which smooths the edges."""
BOX = 32  # units of the symbol `brand` in static/icons/icons.svg, which this draws
STROKE = 2.3 * 0.86


@cache
def drawn(size: int, *, colour: str, full: bool = False) -> bytes:
    """A PNG of size by size pixels; `full` fills its corners, for systems that cut their own.

    Such a system keeps at least a circle of 80 %, and the handset lies in it.
    """
    side = size * FINER
    unit = side / BOX
    picture = Image.new("RGBA", (side, side), colour if full else (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    if not full:
        pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=9 * unit, fill=colour)
    points = [(x * unit, y * unit) for x, y in _handset()]
    width = round(STROKE * unit)
    pen.line([*points, *points[:2]], fill="white", width=width, joint="curve")
    for x, y in points:
        pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill="white")
    out = BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _handset() -> list[tuple[float, float]]:
    """The outline of the symbol's path, its arcs as short lines, in units of the symbol."""
    path = [(6.5, 3.5), (9.5, 3.5), (11, 7.5), (9, 9.1)]
    path += _arc((9, 9.1), (14.9, 15), 12, sweep=False)
    path += [(16.5, 13), (20.5, 14.5), (20.5, 17.5)]
    path += _arc((20.5, 17.5), (18.3, 19.5), 2, sweep=True)
    path += _arc((18.3, 19.5), (4.5, 5.7), 17, sweep=True)
    path += _arc((4.5, 5.7), (6.5, 3.5), 2, sweep=True)
    return [(x * 0.86 + 5.6, y * 0.86 + 5.4) for x, y in path]


def _arc(
    start: tuple[float, float], end: tuple[float, float], radius: float, *, sweep: bool
) -> list[tuple[float, float]]:
    """Points on SVG's smaller arc from start to end (SVG 2, implementation notes on arcs)."""
    (x1, y1), (x2, y2) = start, end
    half = math.dist(start, end) / 2
    radius = max(radius, half)
    away = math.sqrt(radius**2 - half**2) * (1 if sweep else -1)
    cx = (x1 + x2) / 2 - away * (y2 - y1) / (2 * half)
    cy = (y1 + y2) / 2 + away * (x2 - x1) / (2 * half)
    first, last = math.atan2(y1 - cy, x1 - cx), math.atan2(y2 - cy, x2 - cx)
    turn = (last - first + math.pi) % (2 * math.pi) - math.pi
    angles = (first + turn * step / 24 for step in range(25))
    return [(cx + radius * math.cos(it), cy + radius * math.sin(it)) for it in angles]
