"""What the administration's front page tells of accounts."""

from typing import Any

from django import template

from clicktodial.signin.models import Identity, Tie

register = template.Library()


@register.inclusion_tag("admin/signin/_untied.html", takes_context=True)
def untied_accounts(context: dict[str, Any]) -> dict[str, Any]:
    """How many accounts could not be tied to an entry, for those who may see them."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.has_perm("signin.view_identity"):
        return {}
    why = (Tie.AMBIGUOUS, Tie.TAKEN)
    counted = [(tie, Identity.objects.filter(tie=tie, user__person=None).count()) for tie in why]
    return {"untied": [(tie, count) for tie, count in counted if count]}
