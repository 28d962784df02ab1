"""`{% my_contacts query as found %}`, `{% own_contacts number as found %}`: one's own contacts."""

from typing import Any

from django import template
from django.conf import settings

from clicktodial.dialing import contacts
from clicktodial.dialing.models import Contact
from clicktodial.dialplan.number import Number

register = template.Library()


@register.simple_tag(takes_context=True)
def my_contacts(context: dict[str, Any], text: object) -> list[Contact]:
    """A few that a search finds; asks the database only if something is asked."""
    user = _asked_by(context)
    return contacts.found_by(user, str(text or "")) if user else []


@register.simple_tag(takes_context=True)
def own_contacts(context: dict[str, Any], number: Number) -> list[Contact]:
    """Those that have exactly this number."""
    user = _asked_by(context)
    return contacts.with_number(user, number) if user else []


def _asked_by(context: dict[str, Any]) -> Any:
    user = getattr(context.get("request"), "user", None)
    return user if settings.DIALING and user is not None and user.is_authenticated else None
