"""Sign-in by LDAP: against a real slapd that holds what Active Directory holds."""

import logging
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client

from clicktodial.signin import roles
from clicktodial.signin.models import Identity, Tie
from clicktodial.ways_in import Ldap, role_groups
from clicktodial.webdialer import Secret
from directory.models import Person
from tests import programs, slapd
from tests.signin import active_directory
from tests.signin.active_directory import ENTRIES, GUID, HELP_DESK, PASSWORD
from tests.slapd import BASE, READERS_PASSWORD, Slapd

pytest.importorskip("django_auth_ldap", reason="python-ldap is not installed here")
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server() -> Iterator[Slapd]:
    try:
        with slapd.running(ENTRIES) as running:
            yield running
    except programs.Missing as reason:
        programs.or_skip(reason)


@pytest.fixture(autouse=True)
def ldap(server: Slapd, settings: LazySettings) -> Ldap:
    settings.LDAP = active_directory.at(server)
    settings.AUTHENTICATION_BACKENDS = [
        *settings.AUTHENTICATION_BACKENDS,
        "clicktodial.signin.ldap.LdapBackend",
    ]
    return settings.LDAP


def sign_in(username: str = "ada", password: str = PASSWORD) -> Any:
    return Client().post("/sign-in/", {"username": username, "password": password})


def said(answer: Any) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("url", ["ldaps", "ldap"], ids=["by LDAPS", "by StartTLS"])
def test_the_organisations_password_signs_in_and_makes_an_account(
    url: str, server: Slapd, ldap: Ldap, settings: LazySettings
) -> None:
    settings.LDAP = replace(ldap, urls=(getattr(server, url),))
    entry = Person.objects.create(family_name="Lovelace", external_id=str(GUID))

    assert sign_in().status_code == 302

    user = get_user_model().objects.get()
    assert (user.username, user.first_name, user.last_name) == ("ada", "Ada", "Ada")
    assert user.email == "ada@example.com"
    assert not user.has_usable_password()
    assert user.person == entry
    assert Identity.objects.get().subject == str(GUID)


def test_an_employee_number_finds_the_entry(server: Slapd) -> None:
    Person.objects.create(family_name="Lovelace", external_id="E-17")
    sign_in()
    assert Identity.objects.get().tie == Tie.TIED


def test_an_open_ldap_is_asked_in_its_own_words(ldap: Ldap, settings: LazySettings) -> None:
    settings.LDAP = replace(ldap, kind="openldap")
    assert sign_in().status_code == 302
    assert uuid.UUID(Identity.objects.get().subject) != GUID  # its entryUUID


def test_one_signs_in_however_one_writes_the_name() -> None:
    assert sign_in("ADA").status_code == 302
    assert sign_in(" ada ").status_code == 302
    assert get_user_model().objects.get().username == "ada"


@pytest.mark.parametrize("base", ["Zurich", "Osaka"])
def test_people_of_every_base_are_found(base: str) -> None:
    assert sign_in({"Zurich": "ada", "Osaka": "chie"}[base]).status_code == 302


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("ada", "wrong"),
        ("ada", ""),
        ("nobody", PASSWORD),
        ("*", PASSWORD),
        ("a*", PASSWORD),
        ("ada)(objectClass=*", PASSWORD),
        ("twin", PASSWORD),
        ("ada\0", PASSWORD),
    ],
)
def test_nobody_else_gets_in(username: str, password: str) -> None:
    assert sign_in(username, password).status_code in (200, 403)
    assert not get_user_model().objects.exists()


def test_signs_of_ldaps_own_language_in_a_name_are_only_signs() -> None:
    assert sign_in("no(b)od*y").status_code == 302


def test_a_wrong_password_is_told_so_and_counted() -> None:
    assert "do not go together" in said(sign_in(password="wrong"))
    for _ in range(5):
        answer = sign_in(password="wrong")
    assert answer.status_code == 429


def test_who_is_disabled_there_is_told_that_the_account_is_closed() -> None:
    assert "Your account here is closed" in said(sign_in("gone"))
    assert not get_user_model().objects.exists()


def test_a_local_password_goes_on_beside_it() -> None:
    get_user_model().objects.create_user("rescue", password="a-long-password")
    assert sign_in("rescue", "a-long-password").status_code == 302


def test_without_local_passwords_only_those_of_the_directory_count(settings: LazySettings) -> None:
    settings.ACCOUNTS = replace(settings.ACCOUNTS, local=False)
    get_user_model().objects.create_user("rescue", password="a-long-password")
    assert sign_in("rescue", "a-long-password").status_code == 200
    assert sign_in().status_code == 302


def test_groups_within_groups_give_roles(settings: LazySettings) -> None:
    roles.make()
    settings.ACCOUNTS = replace(
        settings.ACCOUNTS, role_groups=role_groups(f"help_desk={HELP_DESK}; employee=CN=Help Desk")
    )
    sign_in()
    user = get_user_model().objects.get()
    assert [held.name for held in user.groups.all()] == ["Help desk"]
    assert user.is_staff


# --- Servers that are not as they should be ---


def unchecked(answer: Any) -> bool:
    return "could not be checked" in said(answer)


def test_a_server_that_is_away_is_told_so_and_not_counted_as_guessing(
    ldap: Ldap, settings: LazySettings
) -> None:
    settings.LDAP = replace(ldap, urls=("ldaps://localhost:1",))
    for _ in range(6):
        assert unchecked(sign_in())
    settings.LDAP = ldap
    assert sign_in().status_code == 302


def test_a_second_server_helps_out(ldap: Ldap, server: Slapd, settings: LazySettings) -> None:
    settings.LDAP = replace(ldap, urls=("ldaps://localhost:1", server.ldaps))
    assert sign_in().status_code == 302


@pytest.mark.parametrize("url", ["ldaps", "ldap"])
def test_a_certificate_of_nobody_known_is_not_accepted(
    url: str, ldap: Ldap, server: Slapd, settings: LazySettings
) -> None:
    settings.LDAP = replace(ldap, urls=(getattr(server, url),), ca_file="")
    assert unchecked(sign_in())


def test_a_certificate_for_another_name_is_not_accepted(
    ldap: Ldap, server: Slapd, settings: LazySettings
) -> None:
    settings.LDAP = replace(ldap, urls=(server.ldaps.replace("127.0.0.1", "localhost"),))
    assert unchecked(sign_in())


def test_passwords_are_in_no_log(
    ldap: Ldap, settings: LazySettings, caplog: pytest.LogCaptureFixture, capfd: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django_auth_ldap").setLevel(logging.DEBUG)
    sign_in()
    sign_in(password="my wrong one")
    settings.LDAP = replace(ldap, bind_password=Secret("not the reader's"))
    assert unchecked(sign_in())
    with pytest.raises(CommandError) as told:
        call_command("check_accounts")
    logging.getLogger("django_auth_ldap").setLevel(logging.NOTSET)
    written = caplog.text + "".join(capfd.readouterr()) + str(told.value) + repr(settings.LDAP)
    assert "Binding as" in caplog.text
    for secret in (PASSWORD, "my wrong one", READERS_PASSWORD, "not the reader's"):
        assert secret not in written


# --- Who is disabled or gone there later ---


@pytest.fixture
def ada() -> Any:
    sign_in()
    return get_user_model().objects.get()


def control(server: Slapd, value: bytes) -> None:
    import ldap as library

    with server.as_root() as connection:
        change = [(library.MOD_REPLACE, "userAccountControl", [value])]
        connection.modify_s(f"cn=ada,ou=Zurich,{BASE}", change)  # type: ignore[attr-defined]


def test_who_is_disabled_is_out_and_comes_back_when_enabled(
    ada: Any, server: Slapd, capsys: Any
) -> None:
    browser = Client()
    browser.force_login(ada, backend="clicktodial.signin.ldap.LdapBackend")
    assert browser.get("/").status_code == 200
    control(server, b"514")
    try:
        call_command("check_accounts")
        assert browser.get("/").url.startswith("/sign-in/")
        assert "closed" in said(sign_in())
    finally:
        control(server, b"512")
    call_command("check_accounts")
    assert sign_in().status_code == 302
    printed = capsys.readouterr().out
    assert printed.splitlines() == [
        "1 closed, 0 opened again, 1 looked at.",
        "0 closed, 1 opened again, 1 looked at.",
    ]


def test_who_is_gone_there_is_out(ada: Any, capsys: Any) -> None:
    Identity.objects.update(subject=str(uuid.UUID(int=99)))
    call_command("check_accounts")
    ada.refresh_from_db()
    assert not ada.is_active


def test_a_server_that_is_away_closes_nobody(ada: Any, ldap: Ldap, settings: LazySettings) -> None:
    settings.LDAP = replace(ldap, urls=("ldaps://localhost:1",))
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("check_accounts")
    ada.refresh_from_db()
    assert ada.is_active


def test_a_wrong_base_closes_nobody(ada: Any, ldap: Ldap, settings: LazySettings) -> None:
    users = [get_user_model().objects.create(username=f"u{n}") for n in range(9)]
    for n, user in enumerate(users):
        Identity.objects.create(
            user=user, source="ldap", subject=str(uuid.UUID(int=100 + n)), username=user.username
        )
    with pytest.raises(CommandError, match="9 of 10 accounts would be closed"):
        call_command("check_accounts")
    assert not get_user_model().objects.filter(is_active=False).exists()
    call_command("check_accounts", force=True, verbosity=0)
    assert get_user_model().objects.filter(is_active=False).count() == 9


def test_ids_of_another_kind_of_directory_close_nobody(ada: Any) -> None:
    Identity.objects.update(subject="ada")
    with pytest.raises(CommandError, match="LDAP_KIND"):
        call_command("check_accounts")
