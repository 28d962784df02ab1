"""Numbers spelled with the letters of the keys, such as 1-800-FLOWERS."""

import re

_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_SPELLED = re.compile(
    r"(?=.*[A-Z]{3})\+?[\d\s().-]*\d{3}[\s().-]+[A-Z\d](?:[\s.-]?[A-Z\d]){2,14}", re.ASCII
)
_FEWEST, _MOST = 7, 15
"""Digits a spelled number has, so that a word behind a number is not taken for one."""


def readings(plain: str) -> tuple[str, ...]:
    """The text with its letters as the digits of their keys, most likely reading first; none
    where it spells no number."""
    text = plain.upper()
    if not _SPELLED.fullmatch(text):
        return ()
    pressed = text.translate(_KEYS)
    if not _FEWEST <= sum(sign.isdigit() for sign in pressed) <= _MOST:
        return ()
    # Spelled numbers that begin with 1 are North American, wherever they are read.
    return (pressed, f"+{pressed}") if pressed[0] == "1" else (pressed,)
