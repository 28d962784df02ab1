"""Dial plans as files: what the pure plan says, and what a site adds to it.

The format is dialplan.exchange's with two more members: `extension_lengths` of the plan, and `asks`
of a rule, a list of "fac" and "cmc".
"""

import json
from typing import Any

from django.core.exceptions import ValidationError

from clicktodial.dialing.models import Cluster, DialPlan, DialRule, NumberRange
from clicktodial.dialing.models.rules import kind_choices, lengths, plans_changed
from clicktodial.dialplan import exchange
from clicktodial.dialplan.exchange import Fault, NotAPlan
from clicktodial.dialplan.rules import Plan

MOST_BYTES = 1_000_000
CODES = ("fac", "cmc")


def write(row: DialPlan) -> dict[str, Any]:
    """The plan as JSON-able data, its ranges and rules with it."""
    data = exchange.write(row.whole)
    data["extension_lengths"] = row.extension_lengths
    for rule, said in zip(row.rules.all(), data.get("rules", ()), strict=True):
        asks = [code for code in CODES if getattr(rule, f"asks_{code}")]
        if asks:
            said["asks"] = asks
    return data


def loads(content: bytes) -> Any:
    """The data in a file; NotAPlan where it is no JSON text of a sensible size."""
    if len(content) > MOST_BYTES:
        raise NotAPlan([Fault("file", f"Must be at most {MOST_BYTES:,} bytes.")])
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise NotAPlan([Fault("file", "Must be UTF-8 text.")]) from None
    except RecursionError:
        raise NotAPlan([Fault("file", "Has too many brackets in one another.")]) from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise NotAPlan([Fault(where, f"Is no JSON: {error.msg}.")]) from None


def keep(data: Any, *, cluster: Cluster, location: str) -> DialPlan:
    """The plan in the data as rows, in place of the one for the same location, if there is one.

    NotAPlan with all faults, and then nothing is changed. Call it in a transaction.
    """
    plan, added = _read(data)
    row, _ = DialPlan.objects.update_or_create(
        cluster=cluster,
        location=location,
        defaults={
            "name": plan.name or location or cluster.name,
            "extension_lengths": added["extension_lengths"],
            "plus": plan.plus.value,
            "international_prefix": plan.international_prefix,
            "home_code": plan.home_code,
            "national_prefix": plan.national_prefix,
            "outside_prefix": plan.outside_prefix,
        },
    )
    row.ranges.all().delete()
    row.rules.all().delete()
    ranges = [_range(row, order, each) for order, each in enumerate(plan.ranges, start=1)]
    NumberRange.objects.bulk_create(ranges)
    rules = [_rule(row, order, each) for order, each in enumerate(plan.rules, start=1)]
    for rule, asks in zip(rules, added["asks"], strict=True):
        rule.asks_fac, rule.asks_cmc = "fac" in asks, "cmc" in asks
    DialRule.objects.bulk_create(rules)
    plans_changed()
    return row


def _read(data: Any) -> tuple[Plan, dict[str, Any]]:
    """The pure plan, and the site's own members taken out of it; every fault at once."""
    faults: list[Fault] = []
    given = dict(data) if isinstance(data, dict) else data
    added: dict[str, Any] = {"extension_lengths": "2-5", "asks": []}
    if isinstance(given, dict):
        added["extension_lengths"] = given.pop("extension_lengths", "2-5")
        faults += _lengths_faults(added["extension_lengths"])
        if isinstance(given.get("rules"), list):
            given["rules"] = [
                dict(rule) if isinstance(rule, dict) else rule for rule in given["rules"]
            ]
            for at, rule in enumerate(given["rules"]):
                asks = rule.pop("asks", []) if isinstance(rule, dict) else []
                if not isinstance(asks, list) or not all(code in CODES for code in asks):
                    faults.append(Fault(f"rules[{at}].asks", "Must be a list of fac and cmc."))
                    asks = []
                added["asks"].append(asks)
    try:
        plan = exchange.read(given)
    except NotAPlan as wrong:
        raise NotAPlan([*wrong.faults, *faults]) from None
    faults += _faults_of_rows(plan)
    if faults:
        raise NotAPlan(faults)
    return plan, added


def _lengths_faults(text: Any) -> list[Fault]:
    try:
        lengths(text if isinstance(text, str) and len(text) <= 20 else "?")
    except ValidationError as error:
        return [Fault("extension_lengths", error.messages[0])]
    return []


def _faults_of_rows(plan: Plan) -> list[Fault]:
    """What the tables cannot keep although the plan is sound."""
    faults: list[Fault] = []
    seen: set[str] = set()
    for at, rule in enumerate(plan.rules):
        if rule.name in seen:
            faults.append(Fault(f"rules[{at}].name", "Another rule has this name."))
        seen.add(rule.name)
        faults += _too_long(_rule(None, at, rule), f"rules[{at}]")
    for at, own in enumerate(plan.ranges):
        faults += _too_long(_range(None, at, own), f"ranges[{at}]")
    named = DialPlan(name=plan.name or "-", plus=plan.plus.value, home_code=plan.home_code)
    for name in ("international_prefix", "national_prefix", "outside_prefix"):
        setattr(named, name, getattr(plan, name))
    return faults + _too_long(named, "")


def _too_long(row: Any, place: str) -> list[Fault]:
    try:
        row.clean_fields(exclude=("plan", "cluster"))
    except ValidationError as error:
        front = f"{place}." if place else ""
        return [
            Fault(f"{front}{name}", says[0]) for name, says in error.message_dict.items() if says
        ]
    return []


def _range(row: Any, order: int, own: Any) -> NumberRange:
    return NumberRange(
        plan=row,
        order=order,
        name=own.name,
        first=own.first,
        last=own.last,
        keep=own.keep,
        prefix=own.prefix,
    )


def _rule(row: Any, order: int, rule: Any) -> DialRule:
    # All kinds are any kind, and the tables know one way to write several.
    chosen = [kinds for kinds, _ in kind_choices() if set(kinds.split(",")) == set(rule.kinds)]
    return DialRule(
        plan=row,
        order=order,
        name=rule.name,
        begins_with=rule.begins_with,
        digits=rule.digits,
        remove=rule.remove,
        prefix=rule.prefix,
        pattern=rule.pattern,
        kinds=chosen[0] if chosen else "",
        countries=", ".join(rule.countries),
    )
