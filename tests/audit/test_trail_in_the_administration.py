"""The trail can be searched, narrowed and exported by those who may, and changed by nobody."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clicktodial.audit import trail
from clicktodial.audit.models import Entry

pytestmark = pytest.mark.django_db
LIST = reverse("admin:audit_entry_changelist")
EXPORT = reverse("admin:audit_entry_export")


@pytest.fixture
def admin() -> Any:
    return get_user_model().objects.create_superuser("admin")


@pytest.fixture
def browser(admin: Any) -> Client:
    client = Client()
    client.force_login(admin)
    Entry.objects.all().delete()
    return client


def exported(browser: Client, **asked: str) -> list[dict[str, str]]:
    answer = browser.post(EXPORT, query_params=asked)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def test_the_list_finds_a_name_and_narrows_by_action(browser: Client, admin: Any) -> None:
    trail.note(trail.Action.EXPORTED, by=admin, what="one list")
    trail.note(trail.Action.SIGNED_OUT, by=admin)
    page = browser.get(LIST, {"q": "admin", "action": "exported"}).content.decode()
    assert "one list" in page
    assert page.count('class="field-at') + page.count("field-at nowrap") >= 1
    assert "1 audit entry" in page


def test_an_entry_is_shown_and_cannot_be_changed_or_deleted(browser: Client, admin: Any) -> None:
    trail.note(trail.Action.EXPORTED, by=admin, what="one list")
    address = reverse("admin:audit_entry_change", args=[Entry.objects.get().pk])
    assert "one list" in browser.get(address).content.decode()
    assert browser.post(address, {"actor_name": "x"}).status_code == 403
    delete = reverse("admin:audit_entry_delete", args=[Entry.objects.get().pk])
    assert browser.post(delete, {"post": "yes"}).status_code == 403
    assert Entry.objects.get().actor_name == "admin"


def test_an_export_holds_what_the_list_shows_and_is_noted_itself(
    browser: Client, admin: Any
) -> None:
    trail.note(trail.Action.REPORTED, by=admin, about=admin)
    trail.note(trail.Action.SIGNED_OUT, by=admin)
    rows = exported(browser, action="reported")
    assert [row["what was done"] for row in rows] == ["reported"]
    latest = Entry.objects.first()
    assert latest is not None
    assert latest.action == "exported"
    assert latest.facts["asked"] == {"action": "reported"}


def test_no_cell_of_an_export_is_a_formula(browser: Client) -> None:
    person = get_user_model().objects.create_user("=cmd|calc")
    trail.note(trail.Action.REPORTED, by=person, about=person)
    row = exported(browser, action="reported")[0]
    assert (row["by"], row["about"]) == ("'=cmd|calc", "'=cmd|calc")


def test_an_export_is_not_made_by_looking(browser: Client) -> None:
    assert browser.get(EXPORT).status_code == 405


def test_who_may_look_may_not_export(client: Client) -> None:
    helper = get_user_model().objects.create_user("helper", is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename="view_entry"))
    client.force_login(helper)
    page = client.get(LIST)
    assert page.status_code == 200
    assert "Export as CSV" not in page.content.decode()
    assert client.post(EXPORT).status_code == 403


def test_entries_older_than_the_setting_are_pruned(
    admin: Any, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.AUDIT_DAYS = 30
    for _ in range(2):
        trail.note(trail.Action.REPORTED, by=admin)
    Entry.objects.filter(pk=Entry.objects.first().pk).update(  # type: ignore[union-attr]
        at=timezone.now() - timedelta(days=31)
    )
    call_command("prune_audit")
    assert Entry.objects.count() == 1
    assert "1 entry deleted" in capsys.readouterr().out
