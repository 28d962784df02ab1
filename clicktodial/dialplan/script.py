"""The signs of other scripts and of typography, told as the plain signs they stand for."""

import unicodedata

_PLAIN = {
    "-": "‐‑‒–—―−⁃˗ー－﹣∼~〜～",
    ".": "·•∙⋅․・",
    "/": "⁄∕／",
    "+": "＋﹢⁺₊➕",
    ",": "،、，﹐､",
    ";": "；؛﹔",
    "*": "✱∗⁎﹡✻",
    "#": "♯",
    "(": "⟨【",
    ")": "⟩】",
    " ": "\t",
    "\n": "\r\v\f\x85\u2028\u2029",
}
_KEYCAP = 0x20E3
_VARIATION_MARKS = range(0xFE00, 0xFE10)
_FULL_WIDTH = range(0xFF01, 0xFF5F)


class _Signs(dict[int, str | None]):
    """Fills itself with the signs that are met, so that starting costs nothing."""

    def __missing__(self, point: int) -> str | None:
        if point < 0x80:
            return chr(point)
        found = _meaning(point)
        if found != chr(point):  # what is unknown is not kept: the table stays small
            self[point] = found
        return found


def _meaning(point: int) -> str | None:
    sign = chr(point)
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    if kind == "Zs":
        return " "
    if kind == "Cf" or point == _KEYCAP or point in _VARIATION_MARKS:
        return None
    if point in _FULL_WIDTH:
        return chr(point - 0xFEE0)
    return sign


_SIGNS = _Signs({ord(sign): plain for plain, signs in _PLAIN.items() for sign in signs})


def plain(text: str) -> str:
    """The text with digits, dashes, spaces and brackets of any script as ASCII, invisible
    marks gone and every line break a newline; what is unknown stays as it is."""
    return text.translate(_SIGNS).strip()
