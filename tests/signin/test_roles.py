"""Each role sees its own part of the administration, and nothing beside it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from clicktodial.api.models import Token
from clicktodial.audit import trail
from clicktodial.dialing.models import (
    Call,
    ClientMatter,
    Cluster,
    DialPlan,
    DialProfile,
    ProtectedNumber,
)
from clicktodial.signin import accounts, roles
from clicktodial.signin.models import Identity
from clicktodial.ways_in import role_groups
from directory.models import Department, Location, Person
from tests.signin.people import known

pytestmark = pytest.mark.django_db

SEES = {
    "employee": set(),
    "help_desk": {
        "dialing.call",
        "dialing.dialprofile",
        "directory.person",
        "directory.department",
        "directory.location",
        "api.token",
        "auth.user",
        "signin.failedsignin",
        "signin.identity",
    },
    "directory_editor": {
        "auth.user",
        "signin.identity",
        "directory.person",
        "directory.department",
        "directory.location",
        "directory.kindvisibility",
        "directory.importsource",
        "directory.importrun",
        "directory.change",
        "directory.selfservice",
        "directory.wrongnumber",
        "directory.ldaptree",
        "jobs.job",
    },
    "telephony_administrator": {
        "phones.service",
        "dialing.cluster",
        "dialing.dialplan",
        "dialing.protectednumber",
        "dialing.clientmatter",
        "dialing.delegation",
        "dialing.dialprofile",
        "dialing.call",
    },
}
SUPERUSERS_ONLY = {"auth.group", "audit.entry"}
FOR_EVERY_ROLE = {
    "index", "logout", "password_change", "password_change_done", "jsi18n", "autocomplete",
    "view_on_site", "app_list", "login",
}  # fmt: skip


@pytest.fixture
def browser_of() -> Callable[[str], Client]:
    roles.make()

    def open_browser(role: str) -> Client:
        user = get_user_model().objects.create_user(role, is_staff=bool(roles.ROLES[role]))
        user.groups.add(Group.objects.get(name=roles.NAMES[role]))
        browser = Client()
        browser.force_login(user)
        return browser

    return open_browser


@pytest.fixture
def rows() -> None:
    """One row of what a stranger to it might ask for."""
    ada = get_user_model().objects.create_user("ada")
    cluster = Cluster.objects.create(name="west")
    person = Person.objects.create(family_name="Lovelace", account=ada)
    Department.objects.create(name="Engines", head=person)
    Location.objects.create(name="London", city="London", country="GB")
    DialPlan.objects.create(name="London", cluster=cluster)
    ProtectedNumber.objects.create(cluster=cluster, begins_with="00", asks_fac=True)
    ClientMatter.objects.create(code="315", name="Engine")
    DialProfile.objects.create(user=ada, cucm_user_id="ada")
    Call.objects.create(user=ada, click=uuid4(), settle_by=timezone.now())
    Token.objects.issue(user=ada, name="x", scopes=["search"], days=1)
    AccessAttempt.objects.create(username="ada", failures_since_start=1)
    Identity.objects.create(user=ada, source="ldap", subject="1", username="ada")
    trail.note(trail.Action.TESTED, by=ada)


def labels() -> set[str]:
    return {model._meta.label_lower for model in admin.site._registry}


def administration(patterns: Any = None) -> Iterator[URLPattern]:
    """Every address of the administration."""
    if patterns is None:
        site = next(
            each
            for each in get_resolver().url_patterns
            if isinstance(each, URLResolver) and each.namespace == "admin"
        )
        patterns = site.url_patterns
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from administration(pattern.url_patterns)
        elif pattern.name:
            yield pattern


def address_of(pattern: URLPattern, label: str | None) -> str | None:
    """With the key of a row for whatever it takes; 1 where there is no row."""
    row = apps.get_model(label)._default_manager.first() if label else None
    key = str(row.pk) if row else "1"
    names = pattern.pattern.regex.groupindex or {}
    try:
        return reverse(f"admin:{pattern.name}", kwargs=dict.fromkeys(names, key))
    except NoReverseMatch:
        return None


def model_of(name: str) -> str | None:
    """The model whose part of the administration an address is in: app_model_what."""
    fitting = [label for label in labels() if name.startswith(label.replace(".", "_") + "_")]
    return max(fitting, key=len, default=None)


def test_every_part_of_the_administration_is_given_to_a_role_or_kept_for_superusers() -> None:
    told = set().union(*SEES.values(), SUPERUSERS_ONLY)
    assert labels() == told, "Say in clicktodial/signin/roles.py, and here, whose it is."


def test_the_table_of_roles_names_only_what_there_is() -> None:
    roles.make()
    for role, table in roles.ROLES.items():
        for label in table:
            apps.get_model(label)
        held = Group.objects.get(name=roles.NAMES[role]).permissions.count()
        assert held == sum(len(verbs.split()) for verbs in table.values())


@pytest.mark.parametrize("role", SEES)
def test_a_role_sees_its_own_part_on_the_front_page(
    role: str, browser_of: Callable[[str], Client]
) -> None:
    answer = browser_of(role).get("/admin/", follow=True)
    if not SEES[role]:
        assert answer.status_code == 403
        return
    shown = {
        model["model"]._meta.label_lower
        for app in answer.context["app_list"]
        for model in app["models"]
    }
    assert shown == SEES[role]


@pytest.mark.parametrize("role", SEES)
def test_no_other_address_of_the_administration_opens_to_a_role(
    role: str, browser_of: Callable[[str], Client], rows: None
) -> None:
    browser, walked = browser_of(role), 0
    for pattern in administration():
        label = model_of(str(pattern.name))
        address = address_of(pattern, label)
        if address is None or pattern.name in FOR_EVERY_ROLE:
            continue
        walked += 1
        if label in SEES[role]:
            assert browser.get(address).status_code < 500, address
            continue
        for answer in (browser.get(address), browser.post(address)):
            if not SEES[role]:  # not even inside
                assert answer.url.startswith("/admin/login/"), address
            else:
                unknown = answer.status_code == 302 and answer.url == "/admin/"  # no such row
                assert unknown or answer.status_code in (403, 404, 405), address
    assert walked > 60


@pytest.mark.parametrize("role", SEES)
def test_no_role_can_make_itself_more(role: str) -> None:
    roles.make()
    held = {
        f"{app}.{name}"
        for app, name in Permission.objects.filter(group__name=roles.NAMES[role]).values_list(
            "content_type__app_label", "codename"
        )
    }
    grave = {"auth.change_user", "auth.add_user", "auth.delete_user", "auth.change_group"}
    assert not held & grave
    assert not any(name.startswith("audit.") for name in held)


def test_the_help_desk_sees_no_secret(browser_of: Callable[[str], Client]) -> None:
    user = get_user_model().objects.create_user("ada", password="a-long-password")
    page = browser_of("help_desk").get(f"/admin/auth/user/{user.pk}/change/").content.decode()
    assert "ada" in page
    assert user.password not in page
    assert "Set password" not in page


def test_migrating_again_mends_the_groups() -> None:
    roles.make()
    group = Group.objects.get(name="Help desk")
    before = set(group.permissions.all())
    group.permissions.set(Permission.objects.filter(codename="change_user"))
    roles.make()
    assert set(group.permissions.all()) == before


# --- Groups of a source ---

MAPPING = (
    "help_desk=CN=Help Desk, OU=Groups,DC=example,DC=com; telephony_administrator=cucm-admins; "
    "employee=staff"
)


@pytest.fixture
def mapped(settings: Any) -> None:
    roles.make()
    settings.ACCOUNTS = replace(settings.ACCOUNTS, role_groups=role_groups(MAPPING))


def held_by(user: Any) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def test_groups_of_the_source_give_roles(mapped: None) -> None:
    groups = frozenset({"cn=help desk,ou=groups,dc=example,dc=com", "another"})
    user = accounts.admit(known(groups=groups))
    assert held_by(user) == {"Help desk"}
    assert user.is_staff


def test_a_role_goes_with_its_group(mapped: None) -> None:
    user = accounts.admit(known(groups=frozenset({"cucm-admins", "staff"})))
    user.groups.add(Group.objects.create(name="Choir"))
    accounts.admit(known(groups=frozenset({"staff"})))
    user.refresh_from_db()
    assert held_by(user) == {"Employee", "Choir"}
    assert not user.is_staff


def test_a_source_that_says_nothing_of_groups_changes_no_role(mapped: None) -> None:
    user = accounts.admit(known(groups=frozenset({"cucm-admins"})))
    accounts.admit(known(groups=None))
    assert held_by(user) == {"Telephony administrator"}


def test_nobody_becomes_a_superuser_by_a_group(mapped: None) -> None:
    user = accounts.admit(known(groups=frozenset({"cucm-admins", "staff"})))
    assert not user.is_superuser


def test_without_a_mapping_roles_are_given_in_the_administration() -> None:
    roles.make()
    user = accounts.admit(known())
    user.groups.add(Group.objects.get(name="Help desk"))
    accounts.admit(known(groups=frozenset({"anything"})))
    assert held_by(user) == {"Help desk"}
