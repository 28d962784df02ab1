"""A dial plan as an administrator writes it: values that cannot be wrong."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from clicktodial.dialplan.number import Kind, Number
from clicktodial.dialplan.pattern import NotAPattern, Pattern
from clicktodial.dialplan.words import gettext as _

LONGEST_BEGINNING = 100
"""Signs "begins with" may have, as in Unified CM."""
MOST_DIGITS = 100

_DIALLED = re.compile(r"\+?[0-9*#]*", re.ASCII)
_NUMERALS = re.compile(r"[0-9*#]*", re.ASCII)
_PUBLIC = re.compile(r"\+[0-9]{3,15}", re.ASCII)
_CALLING_CODE = re.compile(r"(?:[1-9][0-9]{0,2})?", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)


class NotARule(ValueError):
    """A rule, range or plan that cannot work: str() says why, `place` names the field."""

    def __init__(self, place: str, sentence: str) -> None:
        super().__init__(sentence)
        self.place = place


class Plus(StrEnum):
    """What happens to the + of a public number when no rule has decided."""

    KEEP = "keep"
    REPLACE = "replace"


@dataclass(frozen=True)
class Rule:
    """One application dial rule; a condition left empty is met by every number."""

    name: str
    begins_with: str = ""
    digits: int | None = None
    """How many signs the number has, the + counted."""
    remove: int = 0
    prefix: str = ""
    pattern: str = ""
    """For experts: see dialplan.pattern. A dot in it says what is removed."""
    kinds: tuple[Kind, ...] = ()
    countries: tuple[str, ...] = ()
    """Public numbers of these countries (ISO 3166) only."""

    def __post_init__(self) -> None:
        _require(bool(self.name.strip()), "name", _("Give the rule a name."))
        _require_signs(self.begins_with, "begins_with", allowed=_DIALLED)
        _require(
            len(self.begins_with) <= LONGEST_BEGINNING,
            "begins_with",
            _("At most %(most)s signs.") % {"most": LONGEST_BEGINNING},
        )
        _require_signs(self.prefix, "prefix", allowed=_DIALLED)
        most = MOST_DIGITS if self.digits is None else self.digits - 1
        _require(
            self.digits is None or max(1, len(self.begins_with)) <= self.digits <= MOST_DIGITS,
            "digits",
            _("Must be at least as long as “begins with” and at most %(most)s.")
            % {"most": MOST_DIGITS},
        )
        _require(
            0 <= self.remove <= most,
            "remove",
            _("Must be 0 to %(most)s: one digit must stay.") % {"most": most},
        )
        removes = _matcher(self.pattern).removes if self.pattern else 0
        _require(
            not (removes and self.remove), "remove", _("The dot in the pattern says it already.")
        )
        _require(
            not (self.prefix and self.begins_with.startswith("+") and not (self.remove or removes)),
            "prefix",
            _("Remove the + first: a prefix in front of it cannot be dialled."),
        )
        for country in self.countries:
            _require_country(country)

    @cached_property
    def matcher(self) -> Pattern | None:
        """The pattern ready to match, if there is one."""
        return Pattern(self.pattern) if self.pattern else None

    @cached_property
    def removes(self) -> int:
        """The digits taken off the front, by number or by the pattern's dot."""
        return self.matcher.removes if self.matcher and self.matcher.removes else self.remove

    @property
    def head(self) -> str:
        """Signs that every number which fits begins with."""
        return self.begins_with or (self.matcher.head if self.matcher else "")

    def fits(self, number: Number) -> bool:
        """Whether every condition is met; only the number is looked at."""
        digits = number.digits
        return (
            digits.startswith(self.begins_with)
            and (self.digits is None or self.digits == len(digits))
            and (not self.kinds or number.kind in self.kinds)
            and (self.matcher is None or self.matcher.fits(digits))
            and (not self.countries or (bool(number.e164) and number.region in self.countries))
        )


@dataclass(frozen=True)
class Range:
    """Public numbers that are one's own, and are therefore called inside the house."""

    name: str
    first: str
    last: str
    keep: int
    """The last digits that stay: the extension."""
    prefix: str = ""
    """What goes in front of them, such as the code that steers to another site."""

    def __post_init__(self) -> None:
        _require(bool(self.name.strip()), "name", _("Give the range a name."))
        for place, end in (("first", self.first), ("last", self.last)):
            _require(
                bool(_PUBLIC.fullmatch(end)), place, _("Write it in full, such as +41441234000.")
            )
        _require(
            len(self.first) == len(self.last) and self.first <= self.last,
            "last",
            _("Must have as many digits as the first number, and come behind it."),
        )
        most = len(self.first) - 1
        _require(1 <= self.keep <= most, "keep", _("Must be 1 to %(most)s.") % {"most": most})
        fixed = self.first[: -self.keep] == self.last[: -self.keep]
        _require(fixed, "keep", _("Two numbers of this range would become the same extension."))
        _require_signs(self.prefix, "prefix", allowed=_NUMERALS)

    def holds(self, e164: str) -> bool:
        """Whether a public number lies in the range."""
        return len(e164) == len(self.first) and self.first <= e164 <= self.last


@dataclass(frozen=True)
class Plan:
    """All that decides how one location of one cluster dials."""

    name: str = ""
    ranges: tuple[Range, ...] = ()
    rules: tuple[Rule, ...] = ()
    plus: Plus = Plus.KEEP
    international_prefix: str = "00"
    """Dialled in place of + where the cluster does not take it."""
    home_code: str = ""
    """The country code whose numbers are dialled nationally, such as 41; empty for none."""
    national_prefix: str = "0"
    outside_prefix: str = ""
    """Dialled in front of every public number that no range or rule has taken."""

    def __post_init__(self) -> None:
        for place in ("international_prefix", "national_prefix", "outside_prefix"):
            _require_signs(getattr(self, place), place, allowed=_NUMERALS)
        _require(
            bool(_CALLING_CODE.fullmatch(self.home_code)),
            "home_code",
            _("1 to 3 digits, such as 41."),
        )
        _require(
            self.plus is Plus.REPLACE or not self.outside_prefix,
            "outside_prefix",
            _("Where + is kept, the cluster puts the prefix in front itself; leave this empty."),
        )

    def candidates(self, digits: str) -> list[Rule]:
        """The rules whose beginning fits, in their order, without asking all of them."""
        by_head, lengths = self._rules_by_head
        found: list[int] = []
        for length in lengths:
            found += by_head.get(digits[:length], ())
        return [self.rules[place] for place in sorted(found)]

    @cached_property
    def _rules_by_head(self) -> tuple[dict[str, list[int]], tuple[int, ...]]:
        by_head: dict[str, list[int]] = {}
        for place, rule in enumerate(self.rules):
            by_head.setdefault(rule.head, []).append(place)
        return by_head, tuple({len(head) for head in by_head})


def _matcher(pattern: str) -> Pattern:
    try:
        return Pattern(pattern)
    except NotAPattern as error:
        raise NotARule("pattern", str(error)) from None


def _require(fine: bool, place: str, sentence: str) -> None:
    if not fine:
        raise NotARule(place, sentence)


def _require_signs(text: str, place: str, *, allowed: re.Pattern[str]) -> None:
    if allowed is _DIALLED:
        sentence = _("Only digits, * and #, and + in front.")
    else:
        sentence = _("Only digits, * and #.")
    _require(bool(allowed.fullmatch(text)), place, sentence)


def _require_country(country: str) -> None:
    _require(
        bool(_COUNTRY.fullmatch(country)), "countries", _("Two capital letters each, such as CH.")
    )
