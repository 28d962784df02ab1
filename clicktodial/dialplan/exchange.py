"""Dial plans as plain JSON-able data and back, with every fault named by its place."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar

from clicktodial.dialplan.number import Kind
from clicktodial.dialplan.plan import NotARule, Plan, Plus, Range, Rule
from clicktodial.dialplan.words import gettext as _

FORMAT = "clicktodial dial plan 1"
MOST_RULES = 1000
LONGEST_TEXT = 200

_T = TypeVar("_T", Rule, Range, Plan)
_E = TypeVar("_E", bound=StrEnum)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in the data: where, such as rules[2].remove, and what."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


class NotAPlan(ValueError):
    """The data is no dial plan; `faults` names all that was found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


def write(plan: Plan) -> dict[str, Any]:
    """The plan as data; what stands at its default is left out."""
    return {"format": FORMAT, **_sparse(plan)}


def read(data: object) -> Plan:
    """The plan in data that somebody wrote or exported; NotAPlan with all its faults."""
    faults: list[Fault] = []
    if not isinstance(data, Mapping):
        raise NotAPlan([Fault("plan", _("Must be an object with named members."))])
    given = dict(data)
    if given.pop("format", None) != FORMAT:
        faults.append(Fault("format", _("Must be “%(it)s”.") % {"it": FORMAT}))
    ranges = _list(given.pop("ranges", []), Range, place="ranges", faults=faults)
    rules = _list(given.pop("rules", []), Rule, place="rules", faults=faults)
    plan = _value(given, Plan, place="", faults=faults)
    if faults or plan is None:
        raise NotAPlan(faults)
    # What was read without a fault is put together by name, so that nothing read is lost.
    values = {one.name: getattr(plan, one.name) for one in fields(Plan)}
    return Plan(**{**values, "ranges": tuple(ranges), "rules": tuple(rules)})


def _sparse(value: Plan | Rule | Range) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in fields(value):
        content = getattr(value, one.name)
        if content == one.default and one.default is not MISSING:
            continue
        if one.name in ("ranges", "rules"):
            found[one.name] = [_sparse(each) for each in content]
        else:
            found[one.name] = list(map(str, content)) if isinstance(content, tuple) else content
    return {name: str(v) if isinstance(v, Plus) else v for name, v in found.items()}


def _list(data: object, made: type[_T], *, place: str, faults: list[Fault]) -> list[_T]:
    if not isinstance(data, list) or len(data) > MOST_RULES:
        faults.append(Fault(place, _("Must be a list of at most %(most)s.") % {"most": MOST_RULES}))
        return []
    read_ones = [
        _value(one, made, place=f"{place}[{at}]", faults=faults) for at, one in enumerate(data)
    ]
    return [one for one in read_ones if one is not None]


def _value(data: object, made: type[_T], *, place: str, faults: list[Fault]) -> _T | None:
    if not isinstance(data, Mapping):
        faults.append(Fault(place, _("Must be an object with named members.")))
        return None
    front = f"{place}." if place else ""
    known = {one.name: one for one in fields(made)}
    before = len(faults)
    content: dict[str, Any] = {}
    for name, given in data.items():
        if name not in known or name in ("ranges", "rules"):
            faults.append(Fault(f"{front}{name}", _("Nothing here has this name.")))
            continue
        try:
            content[name] = _READERS[known[name].type](name, given)
        except NotARule as error:
            faults.append(Fault(f"{front}{name}", str(error)))
    missing = [n for n, one in known.items() if one.default is MISSING and n not in data]
    faults += [Fault(f"{front}{name}", _("Is missing.")) for name in missing]
    if len(faults) > before:
        return None
    try:
        return made(**content)
    except NotARule as error:
        faults.append(Fault(f"{front}{error.place}", str(error)))
        return None


def _text(place: str, given: object) -> str:
    if not isinstance(given, str) or len(given) > LONGEST_TEXT:
        raise NotARule(
            place, _("Must be a text of at most %(most)s signs.") % {"most": LONGEST_TEXT}
        )
    return given


def _whole(place: str, given: object) -> int:
    if not isinstance(given, int) or isinstance(given, bool):
        raise NotARule(place, _("Must be a whole number."))
    return given


def _perhaps_whole(place: str, given: object) -> int | None:
    return None if given is None else _whole(place, given)


def _texts(place: str, given: object) -> tuple[str, ...]:
    if not isinstance(given, list | tuple):
        raise NotARule(place, _("Must be a list of texts."))
    return tuple(_text(place, one) for one in given)


def _plus(place: str, given: object) -> Plus:
    return _member(Plus, place, given)


def _kinds(place: str, given: object) -> tuple[Kind, ...]:
    return tuple(_member(Kind, place, one) for one in _texts(place, given))


def _member(choices: type[_E], place: str, given: object) -> _E:
    try:
        return choices(_text(place, given))
    except ValueError:
        raise NotARule(
            place, _("Must be one of %(them)s.") % {"them": ", ".join(choices)}
        ) from None


_READERS: dict[object, Callable[[str, object], object]] = {
    str: _text,
    int: _whole,
    int | None: _perhaps_whole,
    tuple[str, ...]: _texts,
    tuple[Kind, ...]: _kinds,
    Plus: _plus,
}
