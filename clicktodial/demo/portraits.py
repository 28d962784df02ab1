"""Portraits of people who do not exist: a few soft shapes, the same for the same seed."""

import colorsys
import random
from io import BytesIO

from PIL import Image, ImageDraw

SIDE = 320
"""Width and height of a portrait, in pixels."""

_SMOOTH = 2  # drawn this much larger and scaled down, so that edges are soft
_SKIN = ("#f6d3bd", "#eab891", "#d69a6f", "#b3764c", "#8a5535", "#5f3a26")
_HAIR = ("#1f1a17", "#3b2a20", "#6b4428", "#a06a34", "#cfa45b", "#8c8c8c", "#e3dfd8", "#7a2f22")

Point = tuple[float, float]
Box = tuple[float, float, float, float]


def draw(seed: str) -> bytes:
    """A portrait as JPEG."""
    chance = random.Random(seed)
    side = SIDE * _SMOOTH
    image = _background(chance, side)
    pen = ImageDraw.Draw(image)
    skin, hair = chance.choice(_SKIN), chance.choice(_HAIR)
    middle = side * chance.uniform(0.47, 0.53)
    width, height = side * chance.uniform(0.150, 0.175), side * chance.uniform(0.19, 0.22)
    top = side * 0.44
    _hair_behind(pen, chance, hair, middle=middle, top=top, width=width, height=height)
    _shoulders(pen, chance, skin, side=side, middle=middle)
    pen.ellipse(_around(middle, top, width, height), fill=skin)
    _fringe(pen, chance, hair, middle=middle, top=top, width=width, height=height)
    file = BytesIO()
    image.resize((SIDE, SIDE), Image.Resampling.BOX).save(file, "JPEG", quality=82)
    return file.getvalue()


def _around(x: float, y: float, width: float, height: float) -> Box:
    return (x - width, y - height, x + width, y + height)


def _colour(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def _background(chance: random.Random, side: int) -> Image.Image:
    """Two quiet colours, one flowing into the other, and a disc of light."""
    hue = chance.random()
    column = Image.new("RGB", (1, 2))
    column.putpixel((0, 0), _colour(hue, 0.28, 0.92))
    column.putpixel((0, 1), _colour(hue + 0.08, 0.45, 0.68))
    image = column.resize((side, side), Image.Resampling.BILINEAR)
    pen = ImageDraw.Draw(image)
    place = side * chance.uniform(0.15, 0.85)
    pen.ellipse(_around(place, side * 0.3, side * 0.24, side * 0.24), fill=_colour(hue, 0.2, 0.95))
    return image


def _shoulders(
    pen: ImageDraw.ImageDraw, chance: random.Random, skin: str, *, side: int, middle: float
) -> None:
    cloth = _colour(chance.random(), chance.uniform(0.2, 0.55), chance.uniform(0.3, 0.75))
    wide = side * chance.uniform(0.33, 0.40)
    pen.ellipse(_around(middle, side * 1.06, wide, side * 0.36), fill=cloth)
    neck = side * 0.075
    pen.rounded_rectangle(
        (middle - neck, side * 0.55, middle + neck, side * 0.76), radius=neck, fill=skin
    )
    if chance.random() < 0.5:  # an open collar
        pen.polygon(
            [(middle - neck, side * 0.72), (middle + neck, side * 0.72), (middle, side * 0.83)],
            fill=skin,
        )


def _hair_behind(
    pen: ImageDraw.ImageDraw,
    chance: random.Random,
    hair: str,
    *,
    middle: float,
    top: float,
    width: float,
    height: float,
) -> None:
    kind = chance.random()
    if kind < 0.35:  # long
        box = (middle - width * 1.3, top - height * 1.25, middle + width * 1.3, top + height * 1.7)
        pen.rounded_rectangle(box, radius=width * 1.2, fill=hair)
    elif kind < 0.55:  # full
        pen.ellipse(_around(middle, top - height * 0.25, width * 1.45, height * 1.15), fill=hair)
    elif kind < 0.65:  # a bun
        pen.ellipse(_around(middle, top - height * 1.2, width * 0.5, width * 0.5), fill=hair)


def _fringe(
    pen: ImageDraw.ImageDraw,
    chance: random.Random,
    hair: str,
    *,
    middle: float,
    top: float,
    width: float,
    height: float,
) -> None:
    if chance.random() < 0.08:  # bald
        return
    box = _around(middle, top - height * 0.12, width * 1.06, height * 1.02)
    lean = chance.uniform(-14, 14)
    pen.chord(box, 196 + lean, 344 + lean, fill=hair)
