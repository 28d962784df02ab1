"""A company's logo, read once from its file: what it is, how large, and under which hash."""

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException, ElementTree
from PIL import Image

MOST_BYTES = 200_000
"""A logo is on every page; one of more was made for a poster."""
_TYPES = {"PNG": "image/png", "WEBP": "image/webp", "JPEG": "image/jpeg"}


@dataclass(frozen=True)
class Logo:
    content: bytes
    content_type: str
    width: float
    height: float

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:12]

    @property
    def width_at(self) -> int:
        """Its width in pixels where it is 32 high."""
        return max(1, round(32 * self.width / self.height))


def read(text: str) -> Logo:
    """The logo in a file; ValueError says what is wrong with it."""
    try:
        content = Path(text).read_bytes()
    except OSError as error:
        raise ValueError(f"the file {text} cannot be read: {error.strerror}.") from None
    if len(content) > MOST_BYTES:
        raise ValueError(f"the file is larger than {MOST_BYTES // 1000} kB.")
    return _vector(content) if b"<svg" in content[:2000] else _picture(Path(text), content)


def _picture(path: Path, content: bytes) -> Logo:
    try:
        with Image.open(path, formats=tuple(_TYPES)) as opened:
            return Logo(content, _TYPES[str(opened.format)], *opened.size)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ValueError("the file is no SVG, PNG, WebP or JPEG picture.") from None


def _vector(content: bytes) -> Logo:
    """An SVG; it is shown as a picture only, in which no script runs and nothing is fetched."""
    try:
        root = ElementTree.fromstring(content)
    except (ParseError, DefusedXmlException, ValueError):
        raise ValueError("the file is no readable SVG.") from None
    box = re.findall(r"-?[\d.]+", root.get("viewBox", ""))
    sizes = box[2:4] or [re.sub(r"(px)?$", "", root.get(side, "")) for side in ("width", "height")]
    try:
        width, height = (float(size) for size in sizes)
    except ValueError:
        width = height = 0
    if width <= 0 or height <= 0:
        raise ValueError("the SVG says neither a viewBox nor a width and height.")
    return Logo(content, "image/svg+xml", width, height)
