"""An icon as markup of its own, for rows that come by the dozen.

A `<use>` of the icons' file makes the browser copy a tree for each: with eighty of them, half of
what a list of twenty people costs until it is painted. Anywhere else `<use>` is less to send.
"""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe


@cache
def drawn(name: str) -> SafeString:
    """The icon of this name, hidden from screen readers; KeyError where there is none."""
    return mark_safe(  # noqa: S308 — our own file
        f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{_shapes()[name]}</svg>'
    )


@cache
def _shapes() -> dict[str, str]:
    source = Path(str(finders.find("icons/icons.svg"))).read_text(encoding="utf-8")
    symbol = r'<symbol id="([\w-]+)" viewBox="0 0 24 24">(.*?)</symbol>'
    return dict(re.findall(symbol, source, re.DOTALL))
