"""A number that may be dialled without being shown: it rings, and its caller finds no trace."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from clicktodial.api.models import Scope, Token
from clicktodial.dialing.models import Call, Cluster, Delegation, DialProfile, Mode
from clicktodial.simulator import Simulator
from directory import unlisted
from directory.models import KindVisibility, Number, Person
from directory.visibility import viewer_of
from tests.dialing import planning, scene
from tests.dialing.conftest import ada, browser_of, clusters, running_simulator, simulator

__all__ = ["ada", "browser_of", "clusters", "running_simulator", "simulator"]

CANARY = "7654321"
WRITTEN = "+41 44 765 43 21"


@pytest.fixture
def anna(clusters: dict[str, Cluster]) -> Person:
    person = Person.objects.create(given_name="Anna", family_name="Frei")
    Number.objects.create(
        person=person, kind="home", written=WRITTEN, visibility="nobody", may_be_dialled=True
    )
    return person


@pytest.fixture
def reference(anna: Person, ada: Any) -> str:
    [row] = unlisted.of([anna.pk], viewer=viewer_of(ada))[anna.pk]
    return row.text


def digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


@pytest.fixture
def page(ada: Any, browser_of: Any) -> Client:
    return browser_of(ada)


@pytest.fixture
def watched(caplog: Any) -> Iterator[Any]:
    caplog.set_level(logging.DEBUG)
    yield caplog
    assert CANARY not in digits(caplog.text)


def test_the_phone_rings_and_the_caller_reads_the_digits_nowhere(
    page: Client, ada: Any, anna: Person, reference: str, simulator: Simulator, watched: Any
) -> None:
    said = [page.get(f"/people/{anna.pk}/"), page.get("/dial/", {"number": reference})]
    assert reference in said[0].content.decode()
    assert "Anna Frei (Home)" in said[1].content.decode()
    fields = {"number": reference, "click": uuid4(), "shown": said[1].context["dialled"].shown}
    said.append(page.post("/dial/", fields, headers={"X-Fragment": "callbar"}))
    assert [rung.destination for rung in simulator.rung] == ["+41447654321"]
    call = Call.objects.get()
    path = f"/dial/calls/{call.click}/"
    for each in (path, f"{path}window/", f"{path}erase/", "/dial/calls/", "/", "/?q=anna"):
        said.append(page.get(each))
    said.append(page.get(path, headers={"X-Fragment": "callbar"}))
    for answer in said:
        assert answer.status_code in (200, 410)
        assert CANARY not in digits(answer.content.decode()), answer.request["PATH_INFO"]
    assert "number not shown" in said[2].content.decode()
    assert call.name == "Anna Frei (Home)"


def test_it_is_read_by_the_rules_where_the_caller_is_as_a_number_that_is_shown(
    page: Client, ada: Any, anna: Person, clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    rules = [{"kinds": "extension", "prefix": "8"}]
    planning.keep(clusters["west"], extension_lengths="7", rules=rules)
    anna.numbers.all().delete()
    Number.objects.create(
        person=anna, kind="home", written=CANARY, visibility="nobody", may_be_dialled=True
    )
    [row] = unlisted.of([anna.pk], viewer=viewer_of(ada))[anna.pk]
    page.post("/dial/", {"number": row.text, "click": uuid4()})
    assert [rung.destination for rung in simulator.rung] == [f"8{CANARY}"]


def test_the_page_of_somebody_elses_phone_reads_the_reference_and_says_why_not(
    page: Client, ada: Any, anna: Person, reference: str, simulator: Simulator
) -> None:
    owner = get_user_model().objects.create_user("bruno")
    scene.choose(owner, device="SEPB", line="1", home=Cluster.objects.get(name="west"))
    ends_at = timezone.now() + timedelta(days=1)
    granted = Delegation.objects.create(owner=owner, delegate=ada, ends_at=ends_at)
    asked = {"number": reference, "click": uuid4(), "behalf": granted.pk}
    for answer in (
        page.get("/dial/delegations/phone/", asked),
        page.get("/dial/", asked),
        page.post("/dial/", asked),
    ):
        assert answer.status_code == 409
        shown = answer.content.decode()
        assert "A number that is not shown is not dialled from somebody else" in shown
        assert "From my own phone" in shown
        assert CANARY not in digits(shown)
    assert simulator.calls == ()


def test_the_call_bar_offers_to_call_again_by_the_reference(
    page: Client, reference: str, simulator: Simulator
) -> None:
    bar = page.post(
        "/dial/", {"number": reference, "click": uuid4()}, headers={"X-Fragment": "callbar"}
    )
    assert f'data-number="{reference}"' in bar.content.decode()
    page.post("/dial/", {"number": reference, "click": uuid4()})
    assert [rung.destination for rung in simulator.calls] == ["+41447654321"] * 2


def test_the_api_gives_a_reference_that_dials(
    ada: Any, anna: Person, simulator: Simulator, client: Client
) -> None:
    _token, text = Token.objects.issue(
        user=ada, name="CRM", scopes=[Scope.SEARCH, Scope.DIAL], days=30
    )
    headers = {"Authorization": f"Bearer {text}"}
    entry = client.get(f"/api/v1/people/{anna.pk}", headers=headers)
    [number] = entry.json()["numbers"]
    assert (number["kind"], number["display"]) == ("home", None)
    headers["Idempotency-Key"] = "one"
    placed = client.post(
        "/api/v1/calls", {"number": number["dial"]}, content_type="application/json",
        headers=headers,
    )  # fmt: skip
    assert placed.status_code == 201
    later = client.get(placed["Location"], headers=headers)
    for answer in (entry, placed, later):
        assert CANARY not in digits(answer.content.decode())
    assert simulator.rung[0].destination == "+41447654321"


def test_administrators_who_help_see_what_was_dialled(
    page: Client, reference: str, client: Client
) -> None:
    page.post("/dial/", {"number": reference, "click": uuid4()})
    client.force_login(get_user_model().objects.create_superuser("boss", password="x"))
    call = Call.objects.get()
    answer = client.get(f"/admin/dialing/call/{call.pk}/change/")
    assert CANARY in digits(answer.content.decode())


def test_erasing_a_call_erases_what_was_not_shown_too(page: Client, reference: str) -> None:
    page.post("/dial/", {"number": reference, "click": uuid4()})
    call = Call.objects.get()
    assert CANARY in call.unlisted_digits
    page.post(f"/dial/calls/{call.click}/erase/")
    call.refresh_from_db()
    assert (call.number, call.digits, call.unlisted_digits) == ("", "", "")


@pytest.mark.parametrize("mode", [Mode.POPUP, Mode.TEL])
def test_a_way_that_would_show_the_digits_is_refused(
    page: Client, ada: Any, reference: str, simulator: Simulator, mode: Mode
) -> None:
    DialProfile.objects.filter(user=ada).update(mode=mode)
    answer = page.post(
        "/dial/", {"number": reference, "click": uuid4()}, headers={"X-Fragment": "callbar"}
    )
    assert answer.status_code == 409
    assert "only your desk phone" in answer.content.decode()
    assert CANARY not in digits(answer.content.decode())
    assert not Call.objects.exists()


def test_a_reference_dials_only_while_the_rule_allows_it(
    page: Client, ada: Any, anna: Person, reference: str, simulator: Simulator
) -> None:
    def ask() -> str:
        return page.get("/dial/", {"number": reference}).content.decode()

    anna.numbers.update(may_be_dialled=False)
    assert "not offered to you any more" in ask()
    reception = Group.objects.create(name="Reception")
    anna.numbers.update(visibility="group", group=reception)
    assert "not offered" in ask()
    ada.groups.add(reception)
    assert "Anna Frei" in ask()
    anna.numbers.update(visibility="", group=None)
    KindVisibility.objects.create(kind="home", visibility="nobody", may_be_dialled=True)
    ada.groups.clear()
    assert "Anna Frei" in ask()
    Person.objects.filter(pk=anna.pk).update(is_active=False)
    assert "not offered" in ask()


@pytest.mark.parametrize("text", ["unlisted:", "unlisted:1", "unlisted:1.x", "unlisted:9.9.9"])
def test_a_made_up_reference_dials_nothing(
    page: Client, ada: Any, anna: Person, simulator: Simulator, text: str
) -> None:
    answer = page.post("/dial/", {"number": text, "click": uuid4()})
    assert answer.status_code == 422
    assert "not offered" in answer.content.decode()
    assert not simulator.calls


def test_a_contact_of_ones_own_does_not_tell_a_right_guess(
    page: Client, reference: str, ada: Any
) -> None:
    page.post("/dial/contacts/add/", {"name": "Guess", "number": WRITTEN})
    assert ada.contacts.count() == 1
    assert page.get("/dial/", {"number": reference}).context["name"] == "Anna Frei (Home)"


def test_nothing_is_offered_to_whom_the_number_is_shown(ada: Any, anna: Person) -> None:
    anna.numbers.update(visibility="everyone")
    assert unlisted.of([anna.pk], viewer=viewer_of(ada)) == {}
