"""`{% my_contacts query %}`, `{% own_contacts number %}`: contacts of the person signed in."""

from typing import Any

from django import template
from django.conf import settings

from clicktodial.dialing import contacts
from clicktodial.dialplan.number import Number

register = template.Library()


@register.inclusion_tag("dialing/_found_contacts.html", takes_context=True)
def my_contacts(context: dict[str, Any], text: object) -> dict[str, Any]:
    """A section with a few of them, or nothing; asks the database only if something is asked."""
    user = _asked_by(context)
    return {"contacts": contacts.found_by(user, str(text or "")) if user else []}


@register.inclusion_tag("dialing/_found_contacts.html", takes_context=True)
def own_contacts(context: dict[str, Any], number: Number) -> dict[str, Any]:
    """A section with those that have exactly this number, or nothing."""
    user = _asked_by(context)
    return {"contacts": contacts.with_number(user, number) if user else []}


def _asked_by(context: dict[str, Any]) -> Any:
    user = getattr(context.get("request"), "user", None)
    return user if settings.DIALING and user is not None and user.is_authenticated else None
