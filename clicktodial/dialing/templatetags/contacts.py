"""`{% my_contacts query %}`: what a search finds among the signed-in person's own contacts."""

from typing import Any

from django import template
from django.conf import settings

from clicktodial.dialing import contacts

register = template.Library()


@register.inclusion_tag("dialing/_found_contacts.html", takes_context=True)
def my_contacts(context: dict[str, Any], text: object) -> dict[str, Any]:
    """A section with a few of them, or nothing; asks the database only if something is asked."""
    user = getattr(context.get("request"), "user", None)
    asked = settings.DIALING and user is not None and user.is_authenticated
    return {"contacts": contacts.found_by(user, str(text or "")) if asked else []}
