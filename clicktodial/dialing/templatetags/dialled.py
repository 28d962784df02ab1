"""`{% dialled_as number %}`: what is sent for a number, where it differs from what stands there."""

from typing import Any

from django import template

from clicktodial.dialing.plans import RulesBroken
from clicktodial.dialplan.number import NotANumber

register = template.Library()


@register.inclusion_tag("dialing/_dialled_as.html", takes_context=True)
def dialled_as(context: dict[str, Any], number: object) -> dict[str, Any]:
    """A note on the digits; the person's plan is asked for once a page."""
    rules = context.get("dial_rules")
    try:
        string = rules.string(rules.read(str(number or ""))) if rules else None
    except (NotANumber, RulesBroken):
        string = None
    return {"dialled": string if string and string.changed else None}
