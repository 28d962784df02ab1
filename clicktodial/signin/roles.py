"""What the four roles may do in the administration: one table, made into groups by `migrate`.

A permission whose app or model is not there is left out; tests/signin/test_roles.py tells which
part of the administration stands in no role. Accounts, groups and the audit trail are left to
superusers: who may change accounts can make itself anything.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from clicktodial.audit import trail

ALL = "view add change delete"

NAMES = {
    "employee": "Employee",
    "help_desk": "Help desk",
    "directory_editor": "Directory editor",
    "telephony_administrator": "Telephony administrator",
}
"""The groups' names; they are data, and so in one language."""

ROLES: dict[str, dict[str, str]] = {
    "employee": {},
    "help_desk": {
        "dialing.call": "view",
        "dialing.cluster": "use_doctor",
        "dialing.dialprofile": "view change",
        "directory.person": "view",
        "directory.department": "view",
        "directory.location": "view",
        "api.token": "view change",  # to change one is to revoke it
        "auth.user": "view",
        "signin.failedsignin": "view delete",  # to delete one is to let somebody try again
        "signin.identity": "view",
    },
    "directory_editor": {
        "directory.person": f"{ALL} export_people",
        "auth.user": "view",  # to enter an account at its entry
        "signin.identity": "view",
        "directory.number": ALL,
        "directory.department": ALL,
        "directory.location": ALL,
        "directory.kindvisibility": ALL,
        "directory.importsource": ALL,
        "directory.importrun": "view run_import",
        "directory.ownfield": "view delete",
        "directory.selfservice": "view add change",
        "directory.change": "view",
        "directory.wrongnumber": "view change",
        "directory.report": "view",
        "directory.ldaptree": ALL,
        "jobs.job": "view",
    },
    "telephony_administrator": {
        "phones.service": ALL,
        "dialing.cluster": f"{ALL} use_doctor",
        "dialing.node": ALL,
        "dialing.dialplan": ALL,
        "dialing.dialrule": ALL,
        "dialing.numberrange": ALL,
        "dialing.protectednumber": ALL,
        "dialing.clientmatter": ALL,
        "dialing.delegation": ALL,
        "dialing.dialprofile": "view change",
        "dialing.call": "view",
    },
}
"""Role -> model -> verbs, as in Django's codenames; a verb with an underscore is a codename."""


def make(**_: Any) -> None:
    """The four groups with exactly these permissions: after every migration the same."""
    wanted = {role: set(_codenames(ROLES[role])) for role in ROLES}
    every = set().union(*wanted.values())
    found = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.filter(
            Q(codename__in={codename for _, codename in every})
        ).select_related("content_type")
    }
    for role, codenames in wanted.items():
        group, _created = Group.objects.get_or_create(name=NAMES[role])
        group.permissions.set(found[each] for each in codenames & found.keys())


def follow(user: Any, groups: frozenset[str] | None) -> None:
    """Gives and takes roles as the source's groups say, where settings name any groups."""
    mapping = settings.ACCOUNTS.role_groups
    if groups is None or not mapping or user.is_superuser:
        return
    wanted = {NAMES[role] for role in mapping if mapping[role] & groups}
    held = set(user.groups.filter(name__in=NAMES.values()).values_list("name", flat=True))
    _withdraw(user, held - wanted)
    _grant(user, wanted - held)
    staff = any(ROLES[role] for role in ROLES if NAMES[role] in wanted)
    if user.is_staff != staff:
        user.is_staff = staff
        user.save(update_fields=["is_staff"])


def _grant(user: Any, names: Iterable[str]) -> None:
    for group in Group.objects.filter(name__in=names):
        user.groups.add(group)
        trail.note(trail.Action.GRANTED, by=None, about=user, role=group.name)


def _withdraw(user: Any, names: Iterable[str]) -> None:
    for group in Group.objects.filter(name__in=names):
        user.groups.remove(group)
        trail.note(trail.Action.WITHDREW, by=None, about=user, role=group.name)


def _codenames(models: dict[str, str]) -> Iterable[tuple[str, str]]:
    for label, verbs in models.items():
        app, model = label.split(".")
        for verb in verbs.split():
            yield app, verb if "_" in verb else f"{verb}_{model}"
