"""Digits on their way through a cluster: dial rules, route patterns, FAC and CMC."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clicktodial.simulator.scene import Behaviour, Destination, DialRule

_DIALABLE = re.compile(r"\+?[0-9A-D*#]+")
_CLASS = re.compile(r"\[\^?(?:[0-9*#](?:-[0-9])?)+\]")


class PatternError(ValueError):
    """A route pattern cannot be read; the text says which."""


@dataclass(frozen=True)
class Route:
    """Where a number leads: `fails` by a wrong or missing code, else what becomes of the call."""

    behaviour: Behaviour
    after: float | None = None
    code_wrong: bool = False


@lru_cache(maxsize=4096)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A route pattern in Unified CM's signs: `X` any digit, `!` digits, `[2-9]`, `.` nothing."""
    parts: list[str] = []
    place = 0
    while place < len(pattern):
        sign = pattern[place]
        group = _CLASS.match(pattern, place)
        if group:
            parts.append(group[0].replace("*", r"\*"))
            place = group.end()
            continue
        if sign in "Xx":
            parts.append("[0-9]")
        elif sign == "!":
            parts.append("[0-9*#]+")
        elif sign == "\\" and pattern[place + 1 : place + 2] == "+":
            parts.append(r"\+")
            place += 1
        elif sign in "0123456789*#+ABCD":
            parts.append(re.escape(sign))
        elif sign != ".":
            raise PatternError(f"the pattern {pattern!r} has {sign!r}, which is no route pattern.")
        place += 1
    return re.compile("".join(parts))


def apply_rules(number: str, rules: Sequence[DialRule]) -> str:
    """The number after the first application dial rule that fits it; unchanged when none does."""
    for rule in rules:
        if number.startswith(rule.begins_with) and rule.digits in (0, len(number)):
            return rule.prefix + number[rule.remove :]
    return number


def clean_html(number: str) -> str:
    """What the HTML interface makes of a number; SOAP leaves it as it is (guide, Dialing rules)."""
    return re.sub(r"[^0-9A-Za-z*#+]", "", number)


def clean_sccp(number: str) -> str:
    """What is left of a number for an SCCP phone, whose device layer drops what it cannot dial."""
    return re.sub(r"[^0-9A-D*#+]", "", number)


def is_dialable(number: str) -> bool:
    """Whether digit analysis can read the number at all."""
    return _DIALABLE.fullmatch(number) is not None


def find_route(number: str, destinations: Sequence[Destination], *, otherwise: Behaviour) -> Route:
    """What becomes of a call to the number; the first fitting destination decides."""
    for destination in destinations:
        if _fits(number, destination):
            return Route(destination.behaviour, destination.after)
    for destination in destinations:
        if (destination.fac or destination.cmc) and _begins(number, destination.pattern):
            return Route(destination.behaviour, destination.after, code_wrong=True)
    return Route(otherwise)


def _fits(number: str, destination: Destination) -> bool:
    pattern = compile_pattern(destination.pattern)
    if not destination.fac and not destination.cmc:
        return pattern.fullmatch(number) is not None
    digits = number.removesuffix("#")
    for fac in destination.fac or ("",):
        for cmc in destination.cmc or ("",):
            code = fac + cmc
            if digits.endswith(code) and pattern.fullmatch(digits[: -len(code)]):
                return True
    return False


def _begins(number: str, pattern: str) -> bool:
    found = compile_pattern(pattern).match(number)
    return found is not None and re.fullmatch("[0-9]*#?", number[found.end() :]) is not None
