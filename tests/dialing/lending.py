"""Delegations as owners grant them, and clicks on another's phone."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from clicktodial.dialing.models import Delegation

BAR = {"X-Fragment": "callbar"}


def grant(owner: Any, delegate: Any, **changes: Any) -> Delegation:
    now = timezone.now()
    facts: dict[str, Any] = {
        "begins_at": now - timedelta(days=1),
        "ends_at": now + timedelta(days=1),
    }
    return Delegation.objects.create(owner=owner, delegate=delegate, **(facts | changes))


def dial(browser: Any, delegation: Any = None, number: str = "+41446681800", **more: Any) -> Any:
    behalf = {} if delegation is None else {"behalf": getattr(delegation, "pk", delegation)}
    form = {"number": number, "click": uuid4(), **behalf, **more}
    return browser.post("/dial/", form, headers=BAR)
