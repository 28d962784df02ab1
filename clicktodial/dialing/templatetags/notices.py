"""What the admin's front page tells before it is asked."""

from typing import Any

from django import template
from django.conf import settings

from clicktodial.dialing import notices

register = template.Library()


@register.inclusion_tag("admin/dialing/_notices.html", takes_context=True)
def dialing_notices(context: dict[str, Any]) -> dict[str, Any]:
    """The notices on clusters and nodes, for those who may see clusters."""
    user = getattr(context.get("request"), "user", None)
    seen = settings.DIALING and user is not None and user.has_perm("dialing.view_cluster")
    return {"notices": notices.current() if seen else ()}
