"""vCard 4.0 (RFC 6350) as it is written: lines, escaped and folded."""

import re
from collections.abc import Iterable

LONGEST_LINE = 75  # octets, without the line break: RFC 6350, 3.2
_GLOBAL = re.compile(r"\+[0-9]{1,15}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def escaped(text: str) -> str:
    """A value in which no comma, semicolon or line break means anything."""
    text = _CONTROL.sub("", text)
    text = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return re.sub(r"\r\n|\r|\n", r"\\n", text)


def listed(*parts: str) -> str:
    """The parts of one value, such as street and town; empty ones keep their place."""
    return ";".join(map(escaped, parts))


def tel(number: str, *, after: str = "", parameters: str = "") -> str:
    """A telephone number; `after` is the extension behind it, `parameters` such as ;TYPE=work."""
    digits = re.sub(r"[ ().-]", "", number)
    if _GLOBAL.fullmatch(digits):
        extension = f";ext={after}" if after else ""  # RFC 3966, 5.3
        return f"TEL{parameters};VALUE=uri:tel:{digits}{extension}"
    # A number that is not global has no tel: URI without a context; text says it as it is.
    return f"TEL{parameters};VALUE=text:{escaped(number)}"


def card(lines: Iterable[str], *, folds: bool = True) -> str:
    """One card of these lines; without folding for readers of pictures, which know no folds."""
    whole = ["BEGIN:VCARD", "VERSION:4.0", *lines, "END:VCARD"]
    return "".join(f"{_folded(line) if folds else line}\r\n" for line in whole)


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, none of which ends within a character."""
    pieces: list[str] = []
    piece: list[str] = []
    length = 0
    for sign in line:
        octets = len(sign.encode())
        if length + octets > LONGEST_LINE:
            pieces.append("".join(piece))
            piece, length = [" "], 1
        piece.append(sign)
        length += octets
    return "\r\n".join([*pieces, "".join(piece)])
