"""Whether an account is open: whose entry says that its person has left has none."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q

OPEN = Q(is_active=True) & ~Q(person__is_active=False)
"""The condition on the model of accounts; one without an entry is open."""


def is_open(user: Any) -> bool:
    """The same of one account; no query where it was loaded with its `person`."""
    try:
        return bool(user.is_active and user.person.is_active)
    except ObjectDoesNotExist:
        return bool(user.is_active)
