"""A number as a screen reader should say it: digit by digit, in groups."""

import re

_SIGNS = {"+": "plus", "*": "star", "#": "hash", ",": "pause", ";": "wait"}
_GROUP = re.compile(r"ext\.|[+*#,;]|[0-9]+")


def of(display: str) -> str:
    """The words for a number in our own formatting: "plus 4 1, 4 4, 1 2 3"."""
    words: list[str] = []
    for group in _GROUP.findall(display):
        if group == "ext.":
            words.append("then extension" if words else "extension")
        else:
            words.append(_SIGNS.get(group) or " ".join(group))
    return _joined(words)


def _joined(words: list[str]) -> str:
    """Groups with a breath between them; none behind "plus" and "extension"."""
    said = ""
    for word in words:
        gap = "" if not said else " " if said.endswith(("plus", "extension")) else ", "
        said += gap + word
    return said
