"""Several numbers in one field, taken apart where a reader would take them apart."""

import re
from collections.abc import Container, Iterator

from clicktodial.dialplan import refusal

_BETWEEN = re.compile(
    r"\n+|\||&|\s(?:or|oder|ou|o|and|und|et|bzw\.?)\s|(?P<sign>[,;/])", re.IGNORECASE
)
_SCHEME = re.compile(r"\s*[a-z]+\s*:(?://)?", re.IGNORECASE)
_PARAMETER = re.compile(r";\s*[a-z][a-z0-9-]*(?:=|;|$)", re.IGNORECASE)
_MARK = re.compile(r"[\s,;]*(?:ext|x|dw|durchwahl|nst|int|poste)[\s.:=]*\d", re.IGNORECASE)
_WHOLE_NUMBER = 7
"""Digits from which a piece between two signs is a number of its own."""
_SHORT_ENDING = 4
"""Digits below which a piece behind a slash is the other ending of the number before it."""


def split(plain: str, *, extension_lengths: Container[int]) -> list[str]:
    """The texts of the single numbers, trimmed; one text where there is one number."""
    pieces = _pieces(plain, extension_lengths=extension_lengths)
    return [piece for piece in pieces if any(sign.isalnum() or sign in "*#" for sign in piece)]


def _pieces(plain: str, *, extension_lengths: Container[int]) -> Iterator[str]:
    scheme = _SCHEME.match(plain)
    start, at = 0, scheme.end() if scheme else 0
    while found := _BETWEEN.search(plain, at):
        at = found.end()
        left, right = plain[start : found.start()], plain[found.start() :]
        if found["sign"] and not _parts(found["sign"], left, right, extension_lengths):
            continue
        yield plain[start : found.start()].strip()
        start = at
        scheme = _SCHEME.match(plain, at)
        at = scheme.end() if scheme else at
    yield plain[start:].strip()


def _parts(sign: str, left: str, right: str, extension_lengths: Container[int]) -> bool:
    """Whether a comma, semicolon or slash stands between two numbers; right begins with it."""
    if sign == "/":
        return _slash_parts(left, right[1:], extension_lengths)
    if _PARAMETER.match(right) or _MARK.match(right) or not _count(left):
        return False
    if left.rstrip()[-1:] in ",;":  # the second of two is a pause, whatever follows
        return False
    following = right[1:]
    if following[:1] in "+\n" or (following[:1] == " " and following.strip()[:1] not in ",;"):
        return True
    # What hangs on without a space is a pause and a PIN, unless it is plainly a number.
    piece = re.split(r"[,;/|&\n]", following, maxsplit=1)[0]
    return piece.startswith("0") and _count(piece) > _WHOLE_NUMBER and "#" not in piece


def _slash_parts(left: str, right: str, extension_lengths: Container[int]) -> bool:
    """044/123.45.67 is one number; 044 123 45 67 / 079 123 45 67 and 4567/4568 are two."""
    piece = re.split(r"[,;|&\n]|\s/\s", right, maxsplit=1)[0]
    if piece.strip()[:1] == "+":
        return True
    before, behind = _count(left), _count(piece)
    if "*" in left or "#" in left:
        return behind >= _WHOLE_NUMBER
    if before >= _WHOLE_NUMBER and behind >= _WHOLE_NUMBER:
        return True
    if before > _WHOLE_NUMBER and 0 < _count(piece.split("/")[0]) < _SHORT_ENDING:
        raise refusal.shorthand(piece.strip())
    bare = left.strip()
    return bare.isdigit() and bare[:1] != "0" and before in extension_lengths and before == behind


def _count(text: str) -> int:
    return sum(sign.isdigit() for sign in text)
