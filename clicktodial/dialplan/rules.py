"""From a number to the digits a cluster is sent, with every step told.

First come the ranges of one's own numbers, then the rules in their order: the first that fits
decides, as in Unified CM's application dial rules. A public number that none has taken gets the
plan's + handling and outside prefix. Anything else is dialled as it is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from clicktodial.dialplan.number import Number
from clicktodial.dialplan.plan import NotARule, Plan, Plus, Range, Rule
from clicktodial.dialplan.words import gettext as _
from clicktodial.dialplan.words import ngettext

__all__ = ["DialString", "NotARule", "Plan", "Plus", "Range", "Rule", "Step", "apply"]


@dataclass(frozen=True)
class Step:
    """One thing that happened on the way, in words for the tester."""

    rule: str
    """The name of the rule or range, or nothing for what the plan does by itself."""
    before: str
    after: str
    why: str


@dataclass(frozen=True)
class DialString:
    """What is sent to the cluster, and how it came to be: the last step ends in `digits`."""

    number: Number
    digits: str
    steps: tuple[Step, ...]

    @property
    def changed(self) -> bool:
        """Whether something else is dialled than the number says."""
        return self.digits != self.number.digits

    @property
    def display(self) -> str:
        """The digits grouped for reading, such as 0 0041 44 123 45 67."""
        core, front = self.digits, ""
        last = self.steps[-1]
        if self.changed and last.before != self.number.digits and core.endswith(last.before):
            core = last.before
            front = f"{self.digits.removesuffix(core)} "
        code, groups = self.number.calling_code, self.number.main.partition(" ")[2]
        national = self.number.e164[1 + len(code) :]
        if not national or not groups or not core.endswith(national):
            return front + core
        head = core.removesuffix(national)
        return f"{front}{head}{' ' if head.endswith(code) else ''}{groups}"


def apply(number: Number, rules: Plan | Sequence[Rule]) -> DialString:
    """The digits to dial for a number, by a plan or by bare rules."""
    plan = rules if isinstance(rules, Plan) else Plan(rules=tuple(rules))
    steps = _inside(number, plan) or _by_rule(number, plan)
    return DialString(number, steps[-1].after, tuple(steps))


def _inside(number: Number, plan: Plan) -> list[Step]:
    e164 = number.e164
    for own in plan.ranges if e164 else ():
        if own.holds(e164):
            after = own.prefix + e164[-own.keep :]
            return [Step(own.name, e164, after, _in_the_house(own))]
    return []


def _in_the_house(own: Range) -> str:
    if own.prefix:
        told = ngettext(
            "This number is in the house: its last digit is dialled, with %(prefix)s in front.",
            "This number is in the house: its last %(keep)s digits are dialled, "
            "with %(prefix)s in front.",
            own.keep,
        )
    else:
        told = ngettext(
            "This number is in the house: its last digit is dialled.",
            "This number is in the house: its last %(keep)s digits are dialled.",
            own.keep,
        )
    return told % {"keep": own.keep, "prefix": own.prefix}


def _by_rule(number: Number, plan: Plan) -> list[Step]:
    steps: list[Step] = []
    digits = number.digits
    for rule in plan.candidates(digits):
        if not rule.fits(number):
            continue
        rest = digits[rule.removes :]
        hindrance = _hindrance(rest, rule)
        if not hindrance:
            steps.append(Step(rule.name, digits, rule.prefix + rest, _why(rule)))
            return steps
        steps.append(
            Step(rule.name, digits, digits, _("It would fit, but %(why)s.") % {"why": hindrance})
        )
    return steps + _by_plan(number, plan)


def _hindrance(rest: str, rule: Rule) -> str:
    """Why a rule that fits is passed over: what it would make could not be dialled."""
    if not rest:
        return _("it would remove the whole number")
    if rule.prefix and rest[0] == "+":
        return _("%(prefix)s in front of a + cannot be dialled") % {"prefix": rule.prefix}
    return ""


def _why(rule: Rule) -> str:
    # Outside of the braces: xgettext does not look into them.
    either, also = _(" or "), _(" and ")
    conditions: list[tuple[str, object]] = [
        (_("begins with %(it)s"), rule.begins_with),
        (ngettext("has %(it)s digit", "has %(it)s digits", rule.digits or 0), rule.digits),
        (_("fits %(it)s"), rule.pattern),
        (_("is of kind %(it)s"), either.join(rule.kinds)),
        (_("is in %(it)s"), either.join(rule.countries)),
    ]
    removed = ngettext(
        "its first digit is removed", "its first %(it)s digits are removed", rule.removes
    )
    changes: list[tuple[str, object]] = [
        (removed, rule.removes),
        (_("%(it)s goes in front"), rule.prefix),
    ]
    met = also.join(text % {"it": it} for text, it in conditions if it not in ("", None))
    done = also.join(text % {"it": it} for text, it in changes if it)
    return _("The number %(meets)s: %(change)s.") % {
        "meets": met or _("is any number"),
        "change": done or _("it is dialled as it is"),
    }


def _by_plan(number: Number, plan: Plan) -> list[Step]:
    digits = number.digits
    if not number.e164 or plan.plus is Plus.KEEP:
        return [Step("", digits, digits, _("No rule fits: it is dialled as it is."))]
    whole = digits[1:]
    if plan.home_code and number.calling_code == plan.home_code:
        after = plan.national_prefix + whole.removeprefix(plan.home_code)
        why = _("Within the country, %(prefix)s in place of +%(code)s.") % {
            "prefix": _put(plan.national_prefix),
            "code": plan.home_code,
        }
    else:
        after = plan.international_prefix + whole
        why = _("To any country, %(prefix)s in place of +.") % {
            "prefix": _put(plan.international_prefix)
        }
    steps = [Step("", digits, after, why)]
    if plan.outside_prefix:
        outside = plan.outside_prefix + after
        why = _("It leaves the house: %(prefix)s goes in front.") % {"prefix": plan.outside_prefix}
        steps.append(Step("", after, outside, why))
    return steps


def _put(prefix: str) -> str:
    return _("%(it)s is dialled") % {"it": prefix} if prefix else _("nothing is dialled")
