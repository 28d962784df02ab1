"""`{% first_hour %}`: the checklist on the administration's front page."""

from typing import Any

from django import template

from clicktodial.start.steps import steps

register = template.Library()


@register.inclusion_tag("start/_steps.html", takes_context=True)
def first_hour(context: dict[str, Any]) -> dict[str, Any]:
    """The steps, for those who may do them all and until all are done."""
    user = context["user"]
    found = steps(user) if user.is_superuser else []
    left = [step for step in found if not step.is_done]
    done = len(found) - len(left)
    return {"steps": found, "left": left, "done": done, "next": left[0] if left else None}
