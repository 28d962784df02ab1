"""Sign-ins, changes in the administration and deletions find their way into the trail."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from clicktodial.audit.models import Entry
from directory.models import Department, Number, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Any:
    return get_user_model().objects.create_superuser("admin", password="admin-pass")


@pytest.fixture
def browser(admin: Any) -> Client:
    client = Client()
    client.force_login(admin)
    Entry.objects.all().delete()
    return client


def test_signing_in_and_out_is_noted(admin: Any, client: Client) -> None:
    client.post(reverse("login"), {"username": "admin", "password": "admin-pass"})
    client.post(reverse("logout"))
    done = list(Entry.objects.order_by("pk").values_list("action", "actor_name"))
    assert done == [("signed_in", "admin"), ("signed_out", "admin")]


def test_a_refused_sign_in_is_noted_about_the_account(admin: Any, client: Client) -> None:
    client.post(reverse("login"), {"username": "admin", "password": "wrong-pass"})
    entry = Entry.objects.get()
    assert (entry.action, entry.about_name, entry.actor) == ("sign_in_refused", "admin", None)
    assert "wrong-pass" not in str(entry.facts)


def test_a_password_typed_as_a_user_name_is_not_kept(client: Client) -> None:
    client.post(reverse("login"), {"username": "my-own-pass", "password": "x"})
    entry = Entry.objects.get()
    assert entry.action == "sign_in_refused"
    assert "my-own-pass" not in f"{entry.about_name} {entry.facts} {entry.actor_name}"


def test_a_change_in_the_administration_is_noted_with_its_fields(browser: Client) -> None:
    department = Department.objects.create(name="Sales")
    browser.post(
        reverse("admin:directory_department_change", args=[department.pk]), {"name": "Market"}
    )
    entry = Entry.objects.get()
    assert (entry.action, entry.actor_name, entry.about_name) == ("changed", "admin", "Market")
    assert entry.facts["changes"][0]["done"] == "changed"
    assert "Name" in entry.facts["changes"][0]["fields"]


def test_a_private_number_added_in_the_administration_is_not_in_the_trail(browser: Client) -> None:
    person = Person.objects.create(given_name="Eva", family_name="Ito")
    numbers = {
        "own_fields-TOTAL_FORMS": 0,
        "own_fields-INITIAL_FORMS": 0,
        "numbers-TOTAL_FORMS": 1,
        "numbers-INITIAL_FORMS": 0,
        "numbers-0-kind": Number.Kind.MOBILE,
        "numbers-0-written": "+41 79 555 01 02",
        "numbers-0-visibility": Number.Visibility.NOBODY,
        "numbers-0-order": 0,
    }
    fields = {"kind": "person", "given_name": "Eva", "family_name": "Ito", "is_active": "on"}
    browser.post(reverse("admin:directory_person_change", args=[person.pk]), fields | numbers)
    entry = Entry.objects.get()
    assert {"done": "added", "name": "number"} in entry.facts["changes"]
    assert "555" not in f"{entry.facts}{entry.about_name}"


@pytest.mark.parametrize("names", [("Sales",), ("Sales", "Market")])
def test_every_row_deleted_from_a_list_is_noted(browser: Client, names: tuple[str, ...]) -> None:
    rows = [Department.objects.create(name=name) for name in names]
    browser.post(
        reverse("admin:directory_department_changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": "yes"},
    )
    assert not Department.objects.exists()
    deleted = Entry.objects.filter(action="deleted").values_list("about_name", flat=True)
    assert sorted(deleted) == sorted(names)
