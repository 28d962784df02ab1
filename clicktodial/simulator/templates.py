"""HTML out of page files: every value is escaped unless it is markup already."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib import resources
from string import Template

from clicktodial.simulator.wire import Response

_ROOT = "clicktodial.simulator"
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def fill(name: str, /, **values: object) -> Markup:
    """The page file with its places filled in."""
    safe = {
        key: value if isinstance(value, Markup) else escape(str(value))
        for key, value in values.items()
    }
    return Markup(_template(name).substitute(safe))


def join(parts: list[Markup]) -> Markup:
    """Several pieces of markup as one."""
    return Markup("".join(parts))


def static(name: str) -> Response:
    """A style sheet or script of the simulator."""
    body = resources.files(_ROOT).joinpath("static", name).read_bytes()
    kind = _TYPES[name.rpartition(".")[2]]
    return Response(200, body, kind, (("Cache-Control", "max-age=60"),))


@cache
def _template(name: str) -> Template:
    text = resources.files(_ROOT).joinpath("pages", name).read_text("utf-8")
    return Template(text)
