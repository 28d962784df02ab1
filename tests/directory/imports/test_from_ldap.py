"""People come from LDAP: against a real slapd with five thousand, a thousand at most a page."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client

from clicktodial.sealed import Sealed
from clicktodial.webdialer import Secret
from directory.models import ImportRun, ImportSource, LdapTree, Person
from tests import programs, slapd
from tests.directory.imports import forest
from tests.directory.imports.forest import CITIES, PEOPLE, dn, guid
from tests.slapd import BASE, READER, READERS_PASSWORD, Slapd

ldap = pytest.importorskip("ldap", reason="python-ldap is not installed here")
pytestmark = pytest.mark.django_db(transaction=True)
DISABLED = PEOPLE // 100
CITY = f"ou=Zurich,{BASE}"
IN_CITY = len(range(0, PEOPLE, 3))


@pytest.fixture(scope="module")
def server() -> Iterator[Slapd]:
    try:
        with slapd.running(forest.ldif()) as running:
            yield running
    except programs.Missing as reason:
        programs.or_skip(reason)


@pytest.fixture
def tree(server: Slapd, settings: Any, tmp_path: Any) -> LdapTree:
    settings.MEDIA_ROOT = tmp_path
    return LdapTree.objects.create(
        source=ImportSource.objects.create(name="Forest", most_gone=100),
        servers=server.ldaps,
        ca=Path(server.ca_file).read_text().strip(),
        bind_dn=READER,
        bind_password=Sealed.around(Secret(READERS_PASSWORD)),
        bases=CITY,
        filter="(|(employeeID=E0000*)(employeeID=E0001*)(employeeID=E0002*))",
    )


def run(*options: str) -> int:
    """The exit status of an import."""
    try:
        call_command("import_ldap", "Forest", *options)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def somebody(n: int) -> Person:
    return Person.objects.get(source="Forest", external_id=str(guid(n)))


def change(server: Slapd, n: int, **facts: str | bytes) -> None:
    now = f"{datetime.now(UTC):%Y%m%d%H%M%S}.0Z"
    told = {"whenChanged": now, **facts}
    values = {k: v if isinstance(v, bytes) else v.encode() for k, v in told.items()}
    with server.as_root() as connection:
        connection.modify_s(dn(n), [(ldap.MOD_REPLACE, k, [v]) for k, v in values.items()])


def test_five_thousand_are_read_page_by_page_from_several_bases(tree: LdapTree) -> None:
    from directory.imports import ldap_tree

    tree.bases = "\n".join(f"ou={city},{BASE}" for city in CITIES)
    tree.filter = ""
    with ldap_tree.opened(tree) as source:
        found = {record.values["objectGUID"]: record for record in source.records()}
        columns = source.columns

    assert found.keys() == {str(guid(n)) for n in range(PEOPLE)}  # no computer
    assert {n for n in range(PEOPLE) if found[str(guid(n))].disabled} == set(range(99, PEOPLE, 100))
    assert all(
        found[str(guid(n))].values["manager"] == str(guid(n // 10)) for n in range(1, PEOPLE)
    )
    assert {"ipPhone", "mobile"}.isdisjoint(columns)  # nobody has one


def test_people_come_with_their_units_managers_places_and_numbers(
    tree: LdapTree, capsys: Any
) -> None:
    tree.bases = "\n".join(f"ou={city},{BASE}" for city in CITIES)
    tree.filter = "(employeeID=E000*)"
    tree.units_are_departments = True
    tree.save()

    assert run("--yes") == 0

    assert Person.objects.filter(source="Forest", is_active=True).count() == 99
    person = somebody(43)
    assert (person.given_name, person.family_name) == ("Zoë43", "Müller43")
    assert (person.email, person.cucm_user_id) == ("u43@example.com", "u43")
    assert person.manager == somebody(4)
    assert person.department.name == forest.TEAMS[43 % 7]
    assert person.department.parent.name == "Staff"
    assert person.location.city == CITIES[43 % 3]
    assert person.numbers.get().e164 == "+41440000430"
    capsys.readouterr()
    assert run("--yes") == 0
    assert capsys.readouterr().out == "100 rows read; nothing changes.\n"


def test_only_what_changed_is_read_and_who_is_gone_is_found_by_a_full_run(
    tree: LdapTree, server: Slapd
) -> None:
    ImportSource.objects.update(grace_days=0)
    assert run("--yes") == 0
    change(server, 6, title="Chief")
    try:
        assert run("--changes", "--yes") == 0
        assert somebody(6).title == "Chief"
        assert ImportRun.objects.latest("pk").count("rows") == 1
        with server.as_root() as connection:
            connection.delete_s(dn(9))
        assert run("--changes", "--yes") == 0
        assert somebody(9).is_active
        assert run("--yes") == 0
        assert not somebody(9).is_active
    finally:
        change(server, 6, title="Analyst 6", whenChanged="20260101000000.0Z")


def test_the_first_run_is_a_full_one_and_a_failed_one_is_read_again(
    tree: LdapTree, server: Slapd
) -> None:
    assert run("--changes", "--yes") == 0
    assert Person.objects.filter(source="Forest").count() > 5
    until = LdapTree.objects.get().read_until
    assert until is not None
    LdapTree.objects.update(servers="ldaps://127.0.0.1:1")
    with pytest.raises(CommandError, match="cannot be read"):
        run("--changes", "--yes")
    assert LdapTree.objects.get().read_until == until


def test_a_plan_that_waits_is_read_again(tree: LdapTree) -> None:
    assert run() == 2
    assert LdapTree.objects.get().read_until is None
    assert not Person.objects.exists()


def test_who_is_disabled_is_shown_no_more_and_comes_back(tree: LdapTree, server: Slapd) -> None:
    run("--yes")
    change(server, 12, userAccountControl="514")
    try:
        run("--changes", "--yes")
        assert not somebody(12).is_active
    finally:
        change(server, 12, userAccountControl="512")
    run("--changes", "--yes")
    assert somebody(12).is_active
    change(server, 12, whenChanged="20260101000000.0Z")


def test_who_is_renamed_and_moved_stays_who_they_are(tree: LdapTree, server: Slapd) -> None:
    run("--yes")
    before = somebody(15)
    with server.as_root() as connection:
        connection.rename_s(dn(15), "cn=Somebody Else", f"ou=Legal,ou=Staff,{CITY}")
    run("--yes")
    after = somebody(15)
    assert after.pk == before.pk
    assert after.is_active


def test_an_attribute_that_nobody_has_empties_nothing(tree: LdapTree) -> None:
    run("--yes")
    Person.objects.filter(pk=somebody(3).pk).update(room="4.12")
    run("--yes")
    assert somebody(3).room == "4.12"


def test_an_id_of_ones_own_is_also_the_managers(tree: LdapTree) -> None:
    LdapTree.objects.update(id_attribute="employeeID", bases="\n".join(
        f"ou={city},{BASE}" for city in CITIES))  # fmt: skip
    run("--yes")
    person = Person.objects.get(external_id="E00021")
    assert person.manager == Person.objects.get(external_id="E00002")


def test_photos_come_along(tree: LdapTree) -> None:
    LdapTree.objects.update(
        takes_photos=True, bases=f"ou=Osaka,{BASE}", filter="(employeeID=E00007)"
    )
    run("--yes")
    assert somebody(7).photo_size > 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"servers": "ldaps://127.0.0.1:1"}, "cannot be read"),
        ({"ca": ""}, "cannot be read"),
        ({"bases": f"ou=Nowhere,{BASE}"}, "No such object"),
        ({"id_attribute": "carLicense"}, "Nobody there has “carLicense”"),
        ({"filter": "(broken"}, "Bad search filter"),
        ({"bind_password": Sealed("gAAAAnonsense")}, "enter it again"),
    ],
    ids=["away", "not trusted", "no such base", "no ids", "no filter", "no key"],
)
def test_what_is_wrong_is_told_and_changes_nothing(
    tree: LdapTree, wrong: dict[str, Any], told: str
) -> None:
    LdapTree.objects.update(**wrong)
    with pytest.raises(CommandError, match=told):
        run("--yes")
    assert not Person.objects.exists()
    assert ImportRun.objects.get().state == ImportRun.State.FAILED


def test_one_that_fails_does_not_keep_the_next_from_its_turn(tree: LdapTree, capsys: Any) -> None:
    LdapTree.objects.create(
        source=ImportSource.objects.create(name="Away"),
        servers="ldaps://127.0.0.1:1",
        bind_dn=READER,
        bind_password=Sealed.around(Secret("x")),
        bases=BASE,
    )
    with pytest.raises(SystemExit) as ended:
        call_command("import_ldap", "--all", "--yes")
    assert ended.value.code == 1
    assert "Away: " in capsys.readouterr().err
    assert somebody(3).is_active


def test_the_password_is_in_no_log_and_no_message(
    tree: LdapTree, caplog: pytest.LogCaptureFixture, capfd: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    LdapTree.objects.update(bind_password=Sealed.around(Secret("not the reader's")))
    with pytest.raises(CommandError) as told:
        run("--yes")
    written = caplog.text + str(told.value) + "".join(capfd.readouterr())
    assert "Invalid credentials" in str(told.value)
    assert "not the reader's" not in written


# --- In the administration ---

ADD = "/admin/directory/ldaptree/add/"


def form(tree: LdapTree, **changes: Any) -> dict[str, Any]:
    return {
        "source": tree.source_id,
        "kind": "ad",
        "servers": tree.servers,
        "ca": tree.ca,
        "bind_dn": tree.bind_dn,
        "bases": tree.bases,
        "enabled": "on",
        **changes,
    }


def page_of(tree: LdapTree) -> str:
    return f"/admin/directory/ldaptree/{tree.pk}/change/"


def test_a_password_is_kept_and_never_shown(tree: LdapTree, admin_client: Client) -> None:
    answer = admin_client.post(page_of(tree), form(tree, new_password="another one"))
    assert answer.status_code == 302
    assert LdapTree.objects.get().bind_password.open().reveal() == "another one"
    assert "another one" not in admin_client.get(page_of(tree)).content.decode()


def test_it_is_not_told_to_another_server_unasked(tree: LdapTree, admin_client: Client) -> None:
    for wrong in ({"servers": "ldaps://evil.example.com"}, {"ca": "another"}):
        page = admin_client.post(page_of(tree), form(tree, **wrong)).content.decode()
        assert "Enter the password again" in page
    assert admin_client.post(page_of(tree), form(tree, filter="(sn=*)")).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"servers": "http://dc1"}, "must be a list such as ldaps://"),
        ({"servers": "ldaps://dc1,ldap://dc2"}, "must be ldaps://, or all ldap://"),
        ({"bases": f"{CITY}\n{BASE}"}, "One base lies within another"),
    ],
)
def test_what_cannot_be_is_refused(
    tree: LdapTree, admin_client: Client, wrong: dict[str, str], told: str
) -> None:
    page = admin_client.post(page_of(tree), form(tree, new_password="x", **wrong))
    assert told in page.content.decode()


def test_the_button_plans_and_only_who_may_import_may_press_it(
    tree: LdapTree, admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clicktodial.jobs import runs

    monkeypatch.setattr(runs, "_spawn", runs.run)  # here and now, not in a process of its own
    address = f"/admin/directory/ldaptree/{tree.pk}/import/"
    assert admin_client.get(address).status_code == 405
    clerk = Client()
    clerk.force_login(get_user_model().objects.create_user("clerk", is_staff=True))
    assert clerk.post(address).status_code == 403
    answer = admin_client.post(address)
    planned = ImportRun.objects.get()
    assert answer.url == f"/admin/directory/importrun/{planned.pk}/change/"
    assert LdapTree.objects.get().read_until is None


def test_changes_before_the_last_run_are_read_once_more(tree: LdapTree) -> None:
    from directory.imports import ldap_works

    now = datetime.now(UTC)
    ldap_works.remember(tree.source, begun=now)
    assert ldap_works.since(LdapTree.objects.get()) == now - timedelta(days=1)
