"""Numbers spelled with the letters of the keys, such as 1-800-FLOWERS."""

import re

_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_SPELLED = re.compile(
    r"(?=.*[A-Z]{3})\+?[\d\s().-]*\d{3}[\s().-]+[A-Z\d](?:[\s.-]?[A-Z\d]){2,14}", re.ASCII
)
_FEWEST, _MOST = 7, 15
"""Digits a spelled number has, so that a word behind a number is not taken for one."""


def digits(plain: str) -> str:
    """The text with its letters as the digits of their keys, or nothing if it spells no number."""
    text = plain.upper()
    if not _SPELLED.fullmatch(text):
        return ""
    pressed = text.translate(_KEYS)
    return pressed if _FEWEST <= sum(sign.isdigit() for sign in pressed) <= _MOST else ""
