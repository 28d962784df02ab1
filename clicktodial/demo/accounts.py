"""One account of each role, for whoever wants to see what each one sees."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from clicktodial.dialing.models import DialProfile
from clicktodial.signin.roles import NAMES, ROLES
from directory.models import Person

ACCOUNTS = {
    "helpdesk": ("help_desk", "Service Desk Agent"),
    "editor": ("directory_editor", "Coordinator"),
    "telephony": ("telephony_administrator", "Network Engineer"),
}
"""User name -> role, and the title of the person that it belongs to."""


@transaction.atomic
def write(*, password: str) -> None:
    """Makes them, and makes everybody who can sign in an employee."""
    sealed = make_password(password)
    for username, (role, title) in ACCOUNTS.items():
        person = Person.objects.filter(title=title, account=None).order_by("pk")[0]
        user = _account(username, person, sealed)
        user.groups.add(Group.objects.get(name=NAMES[role]))
        user.is_staff = bool(ROLES[role])
        user.save(update_fields=["is_staff"])
    employee = Group.objects.get(name=NAMES["employee"])
    employee.user_set.add(*get_user_model().objects.all())


def _account(username: str, person: Person, sealed: str) -> Any:
    user = get_user_model().objects.create(
        username=username,
        password=sealed,
        first_name=person.preferred_name or person.given_name,
        last_name=person.family_name,
        email=person.email,
    )
    Person.objects.filter(pk=person.pk).update(account=user)
    DialProfile.objects.create(user=user, cucm_user_id=person.cucm_user_id)
    return user
