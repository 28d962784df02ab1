"""Dial plans for the tests, and the plan's form as a browser posts it."""

from typing import Any

from clicktodial.dialing.models import Cluster, DialPlan, DialRule, NumberRange

OUTSIDE = {"plus": "replace", "outside_prefix": "0", "international_prefix": "00"}


def keep(cluster: Cluster, *, rules: Any = (), ranges: Any = (), **fields: Any) -> DialPlan:
    """A plan with rules and ranges, each a dict, in their order."""
    plan = DialPlan.objects.create(**{"name": "Plan", "cluster": cluster, **fields})
    for order, rule in enumerate(rules, start=1):
        DialRule.objects.create(plan=plan, order=order, **{"name": f"Rule {order}", **rule})
    for order, own in enumerate(ranges, start=1):
        NumberRange.objects.create(plan=plan, order=order, **{"name": f"Range {order}", **own})
    return plan


def form(plan: DialPlan, *, new_rules: Any = (), **changes: Any) -> dict[str, Any]:
    """The plan's change form filled in as it is, but for the changes."""
    fields = (
        "name", "location", "extension_lengths", "plus", "international_prefix", "home_code",
        "national_prefix", "outside_prefix",
    )  # fmt: skip
    data: dict[str, Any] = {name: getattr(plan, name) for name in fields}
    data["cluster"] = plan.cluster_id
    ranges, rules = ([], []) if plan.pk is None else (list(plan.ranges.all()), [*plan.rules.all()])
    columns = ("order", "name", "first", "last", "keep", "prefix")
    data |= _inline("ranges", ranges, columns=columns)
    columns = (
        "order", "name", "begins_with", "digits", "remove", "prefix", "pattern", "kinds",
        "countries",
    )  # fmt: skip
    data |= _inline("rules", rules, columns=columns)
    for place, rule in enumerate(new_rules, start=len(rules)):
        whole = {"order": 99, "name": f"New {place}", "remove": 0, **rule}
        data |= {f"rules-{place}-{name}": value for name, value in whole.items()}
    data["rules-TOTAL_FORMS"] = len(rules) + len(new_rules)
    return {name: "" if value is None else value for name, value in (data | changes).items()}


def _inline(prefix: str, rows: list[Any], *, columns: tuple[str, ...]) -> dict[str, Any]:
    count = len(rows)
    data: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": count, f"{prefix}-INITIAL_FORMS": count}
    for place, row in enumerate(rows):
        data |= {f"{prefix}-{place}-{name}": getattr(row, name) for name in columns}
        data |= {f"{prefix}-{place}-id": row.pk, f"{prefix}-{place}-plan": row.plan_id}
        ticks = ("asks_fac", "asks_cmc") if prefix == "rules" else ()
        data |= {f"{prefix}-{place}-{tick}": "on" for tick in ticks if getattr(row, tick)}
    return data
