"""Letting somebody dial from one's phone: from a day until a day, withdrawn at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from clicktodial.audit.models import Entry
from clicktodial.dialing.models import Delegation
from directory.models import Person
from tests.dialing import scene

ADD = "/dial/delegations/add/"


@pytest.fixture
def eva(ada: Any, django_user_model: Any) -> Any:
    """A colleague with an entry in the directory and an account."""
    account = django_user_model.objects.create_user("eva", first_name="Eva", last_name="Meier")
    Person.objects.create(given_name="Eva", family_name="Meier", title="Assistant", account=account)
    Person.objects.create(given_name="Evan", family_name="Without Account")
    return account


def _form(eva: Any, **changes: Any) -> dict[str, Any]:
    today = timezone.localdate()
    standard = {"name": "eva", "delegate": eva.pk, "begins": today, "ends": today, "phone": ""}
    return standard | changes


def test_a_colleague_is_found_and_granted_for_any_phone_and_this_day_included(
    ada: Any, eva: Any, browser_of: Any
) -> None:
    browser = browser_of(ada)
    page = browser.get(ADD, {"name": "eva"}).content.decode()
    assert "Eva Meier" in page
    assert "Assistant" in page
    assert "Without Account" not in page
    answer = browser.post(ADD, _form(eva), follow=True).content.decode()
    assert "Eva Meier may dial from your phone." in answer
    made = Delegation.objects.get()
    assert (made.owner, made.delegate, made.granted_by, made.device) == (ada, eva, ada, "")
    assert made.is_in_force
    assert timezone.localtime(made.ends_at).date() == timezone.localdate() + timedelta(days=1)
    assert Entry.objects.filter(action="granted", actor=ada).exists()
    browser.post(f"/dial/delegations/{made.pk}/withdraw/")
    assert not Delegation.objects.open().exists()
    assert Entry.objects.filter(action="withdrew", actor=ada).exists()


def test_one_phone_of_those_listed_may_be_named(
    ada: Any, eva: Any, browser_of: Any, clusters: Any
) -> None:
    key = f"{clusters['west'].pk}|{scene.ADA_SOFT}|1001 ; Internal"
    browser_of(ada).post(ADD, _form(eva, phone=key))
    made = Delegation.objects.get()
    assert (made.device, made.line) == (scene.ADA_SOFT, "1001 ; Internal")


def test_what_cannot_be_granted_is_refused_with_a_reason(
    ada: Any, bruno: Any, eva: Any, browser_of: Any
) -> None:
    today = timezone.localdate()
    day = timedelta(days=1)
    for changes, reason in (
        ({"ends": today - day}, "ends before it begins"),
        ({"begins": today - 2 * day, "ends": today - day}, "over already"),
        ({"ends": today + timedelta(days=400)}, "At most a year"),
        ({"ends": "9999-12-31"}, "At most a year"),
        ({"begins": "9999-12-31", "ends": "9999-12-31"}, "At most a year from now"),
        ({"begins": "0001-01-01", "ends": "0001-01-01"}, "over already"),
        ({"ends": "soon"}, "Enter a valid date"),
        ({"delegate": ""}, "Search for somebody"),
        ({"delegate": bruno.pk}, "Search for somebody"),  # an account that no search has shown
        ({"phone": "1|SEPFFFFFFFFFFFF|9"}, "not listed for you"),
    ):
        answer = browser_of(ada).post(ADD, _form(eva, **changes))
        assert answer.status_code == 422
        assert reason in answer.content.decode()
    assert not Delegation.objects.exists()


def test_a_search_for_nonsense_finds_nobody_and_is_limited(
    ada: Any, eva: Any, browser_of: Any, settings: Any
) -> None:
    for text in ("\x00", "%", "e" * 5000, "\u202e", "'; --"):
        answer = browser_of(ada).get(ADD, {"name": text})
        assert answer.status_code == 200
        assert "Eva Meier" not in answer.content.decode()
    settings.LOOKUPS_A_MINUTE = 0
    assert browser_of(ada).get(ADD, {"name": "eva"}).status_code == 429


def test_nobody_grants_it_to_themselves(ada: Any, browser_of: Any) -> None:
    Person.objects.create(given_name="Ada", family_name="Lovelace", account=ada)
    page = browser_of(ada).get(ADD, {"name": "ada"}).content.decode()
    assert "Nobody found" in page
    now = timezone.now()
    with pytest.raises(IntegrityError, match="themselves"), transaction.atomic():
        Delegation.objects.create(owner=ada, delegate=ada, ends_at=now + timedelta(days=1))


def test_without_unified_cm_it_is_granted_for_any_phone(
    ada: Any, eva: Any, browser_of: Any, simulator: Any
) -> None:
    for node in ("west-1", "west-2", "east-1", "east-2"):
        simulator.fault(node, "refuses")
    page = browser_of(ada).get(ADD, {"name": "eva"}).content.decode()
    assert "cannot be listed now" in page
    browser_of(ada).post(ADD, _form(eva))
    assert Delegation.objects.get().device == ""


def test_who_received_it_may_give_it_back(ada: Any, eva: Any, browser_of: Any) -> None:
    made = Delegation.objects.create(
        owner=ada, delegate=eva, ends_at=timezone.now() + timedelta(days=1)
    )
    assert "ada" in browser_of(eva).get("/dial/delegations/").content.decode()
    browser_of(eva).post(f"/dial/delegations/{made.pk}/withdraw/")
    assert not Delegation.objects.open().exists()


def test_an_administrator_grants_and_withdraws_and_both_are_noted(
    ada: Any, eva: Any, admin_client: Any, admin_user: Any
) -> None:
    now = timezone.localtime()
    form = {
        "owner": ada.pk,
        "delegate": eva.pk,
        "device": "",
        "line": "",
        "begins_at_0": now.date(),
        "begins_at_1": "00:00",
        "ends_at_0": now.date() + timedelta(days=3),
        "ends_at_1": "00:00",
    }
    add = reverse("admin:dialing_delegation_add")
    for wrong, said in (
        ({"delegate": ada.pk}, "somebody else than"),
        ({"ends_at_0": now.date() - timedelta(days=3)}, "end after it begins"),
        ({"device": "SEPADA"}, "the device and its line"),
        ({"ends_at_0": "9999-12-31", "ends_at_1": "23:59:59"}, "Enter a year from 2000 to 2999"),
        ({"begins_at_0": "0001-01-01"}, "Enter a year from 2000 to 2999"),
    ):
        assert said in admin_client.post(add, form | wrong).content.decode()
    admin_client.post(add, form)
    made = Delegation.objects.get()
    assert made.granted_by == admin_user
    page = reverse("admin:dialing_delegation_changelist")
    for state in ("now", "open"):
        assert "Eva Meier" in admin_client.get(page, {"state": state}).content.decode()
    admin_client.post(page, {"action": "withdraw", "_selected_action": [made.pk]})
    assert not Delegation.objects.open().exists()
    assert "Eva Meier" in admin_client.get(page, {"state": "past"}).content.decode()
    noted = Entry.objects.filter(actor=admin_user).values_list("action", flat=True)
    assert {"added", "withdrew"} <= set(noted)
