"""From a number to the digits a cluster is sent, with every step told.

First come the ranges of one's own numbers, then the rules in their order: the first that fits
decides, as in Unified CM's application dial rules. A public number that none has taken gets the
plan's + handling and outside prefix. Anything else is dialled as it is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from clicktodial.dialplan.number import Number
from clicktodial.dialplan.plan import NotARule, Plan, Plus, Range, Rule

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
        code, (_, _, groups) = self.number.calling_code, self.number.main.partition(" ")
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
            return [Step(own.name, e164, after, f"This number is in the house: {_kept(own)}.")]
    return []


def _kept(own: Range) -> str:
    kept = f"its last {own.keep} digits are dialled"
    return f"{kept}, with {own.prefix} in front" if own.prefix else kept


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
        steps.append(Step(rule.name, digits, digits, f"It would fit, but {hindrance}."))
    return steps + _by_plan(number, plan)


def _hindrance(rest: str, rule: Rule) -> str:
    """Why a rule that fits is passed over: what it would make could not be dialled."""
    if not rest:
        return "it would remove the whole number"
    if rule.prefix and rest[0] == "+":
        return f"{rule.prefix} in front of a + cannot be dialled"
    return ""


def _why(rule: Rule) -> str:
    conditions = [
        f"begins with {rule.begins_with}" if rule.begins_with else "",
        f"has {rule.digits} digits" if rule.digits is not None else "",
        f"fits {rule.pattern}" if rule.pattern else "",
        f"is of kind {' or '.join(rule.kinds)}" if rule.kinds else "",
        f"is in {' or '.join(rule.countries)}" if rule.countries else "",
    ]
    changes = [
        f"its first {rule.removes} digits are removed" if rule.removes > 1 else "",
        "its first digit is removed" if rule.removes == 1 else "",
        f"{rule.prefix} goes in front" if rule.prefix else "",
    ]
    met = " and ".join(filter(None, conditions)) or "is any number"
    done = " and ".join(filter(None, changes)) or "it is dialled as it is"
    return f"The number {met}: {done}."


def _by_plan(number: Number, plan: Plan) -> list[Step]:
    digits = number.digits
    if not number.e164 or plan.plus is Plus.KEEP:
        return [Step("", digits, digits, "No rule fits: it is dialled as it is.")]
    whole = digits[1:]
    if plan.home_code and number.calling_code == plan.home_code:
        after = plan.national_prefix + whole.removeprefix(plan.home_code)
        why = f"Within the country, {_put(plan.national_prefix)} in place of +{plan.home_code}."
    else:
        after = plan.international_prefix + whole
        why = f"To any country, {_put(plan.international_prefix)} in place of +."
    steps = [Step("", digits, after, why)]
    if plan.outside_prefix:
        outside = plan.outside_prefix + after
        why = f"It leaves the house: {plan.outside_prefix} goes in front."
        steps.append(Step("", after, outside, why))
    return steps


def _put(prefix: str) -> str:
    return f"{prefix} is dialled" if prefix else "nothing is dialled"
