"""A number as a screen reader should say it: digit by digit, in groups."""

import re

from clicktodial.dialplan.words import gettext as _

_GROUP = re.compile(r"ext\.|[+*#,;]|[0-9]+")


def of(display: str) -> str:
    """The words for a number in our own formatting: "plus 4 1, 4 4, 1 2 3"."""
    said = ""
    breath = ""  # between groups; none behind "plus" and "extension"
    for group in _GROUP.findall(display):
        said += breath + _word(group, is_first=not said)
        breath = " " if group in ("+", "ext.") else ", "
    return said


def _word(group: str, *, is_first: bool) -> str:
    if group == "ext.":
        return _("extension") if is_first else _("then extension")
    signs = {"+": _("plus"), "*": _("star"), "#": _("hash key"), ",": _("pause"), ";": _("wait")}
    return signs.get(group) or " ".join(group)
