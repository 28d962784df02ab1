"""Somebody dials from another's phone while it is granted, and by proxy alone."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from clicktodial.audit.models import Entry
from clicktodial.dialing import calls, delegations
from clicktodial.dialing.models import Call, Cluster, Delegation, DialProfile, Mode, Outcome
from clicktodial.dialplan.number import read
from clicktodial.simulator import Simulator
from tests.dialing import scene
from tests.dialing.lending import dial, grant

BRUNO_LINE = "2001 ; Global E164"
NOT_ANY_MORE = "You may not dial from that phone, or not any more."


def test_the_owners_phone_rings_by_the_application_user(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    answer = dial(browser_of(ada), granted).content.decode()
    (rung,) = simulator.rung
    assert (rung.user, rung.by) == ("bruno", "clicktodial")
    assert (rung.device, rung.line) == (scene.BRUNO_DESK, BRUNO_LINE)
    assert "The phone of bruno should be dialling." in answer
    assert f'data-behalf="{granted.pk}"' in answer
    call = Call.objects.get()
    assert (call.user, call.owner, call.delegation) == (ada, bruno, granted)
    facts = Entry.objects.get(action="dialled").facts
    assert facts["from_phone_of"] == "bruno"


def test_both_find_the_call_and_read_who_did_it(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    ada.first_name = "Ada"
    ada.save()
    dial(browser_of(ada), granted)
    owners, delegates = browser_of(bruno), browser_of(ada)
    shown = owners.get("/dial/calls/").content.decode()
    assert "Ada, from your phone" in shown
    assert "Your phone should be dialling." in shown  # the call bar of the owner's own page
    assert (
        "From the phone of bruno, on their behalf" in delegates.get("/dial/calls/").content.decode()
    )
    for browser in (owners, delegates):
        assert browser.get(f"/dial/calls/{Call.objects.get().click}/").status_code == 200


@pytest.mark.parametrize(
    "how", ["expired", "not begun", "withdrawn", "owner", "of another", "none"]
)
def test_what_is_not_granted_now_dials_nothing_and_no_other_phone_instead(
    how: str, ada: Any, bruno: Any, browser_of: Any, simulator: Simulator, django_user_model: Any
) -> None:
    now = timezone.now()
    changes = {
        "expired": {"ends_at": now - timedelta(seconds=1)},
        "not begun": {"begins_at": now + timedelta(hours=1)},
        "withdrawn": {"withdrawn_at": now},
    }
    delegate = ada
    if how == "of another":
        delegate = django_user_model.objects.create_user("carl")
    delegation = grant(bruno, delegate, **changes.get(how, {}))
    if how == "owner":
        bruno.is_active = False
        bruno.save()
    answer = dial(browser_of(ada), 10**18 - 1 if how == "none" else delegation)
    assert answer.status_code == 409
    assert NOT_ANY_MORE in answer.content.decode()
    assert 'data-way="desk"' in answer.content.decode()
    page = browser_of(ada).get("/dial/", {"number": "4567", "behalf": delegation.pk})
    if how != "none":
        assert page.status_code == 409
        assert 'name="click"' not in page.content.decode()
        assert "From my own phone" in page.content.decode()
    assert not Call.objects.exists()
    assert simulator.calls == ()


@pytest.mark.parametrize("forged", ["-1", "1.5", "x", "1 OR 1=1", "٣", "9" * 400, "\x00"])
def test_what_cannot_be_a_delegation_dials_from_nobodys_phone(
    forged: str, ada: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    assert dial(browser_of(ada), forged).status_code == 409
    page = browser_of(ada).get("/dial/", {"number": "4567", "behalf": forged})
    assert 'name="click"' not in page.content.decode()
    assert simulator.calls == ()


def test_withdrawn_between_the_page_and_the_press_nothing_is_dialled(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    browser = browser_of(ada)
    page = browser.get("/dial/", {"number": "4567", "behalf": granted.pk}).content.decode()
    assert f'name="behalf" value="{granted.pk}"' in page
    assert scene.BRUNO_DESK in page
    browser_of(bruno).post(f"/dial/delegations/{granted.pk}/withdraw/")
    assert NOT_ANY_MORE in dial(browser, granted, number="4567").content.decode()
    assert simulator.calls == ()


def test_withdrawn_while_the_call_waits_for_its_turn_it_is_not_sent(
    ada: Any, bruno: Any, granted: Delegation, simulator: Simulator
) -> None:
    """The row is claimed; looking at the delegation once more is the last thing before sending."""
    row, mine = Call.objects.claim(
        click=uuid4(), user=ada, seconds=30, owner=bruno, delegation=granted, mode=Mode.DESK_PHONE
    )
    assert mine
    delegations.withdraw(granted, by=bruno)
    east = Cluster.objects.get(name="east")
    calls.sending.send(row, east, east.proxy, calls.sending.Secret("4567"))
    row.refresh_from_db()
    assert (row.outcome, row.trouble) == (Outcome.NOT_SENT, "not_delegated")
    assert simulator.calls == ()


def test_a_get_dials_nothing(
    ada: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    query = {"number": "4567", "behalf": granted.pk, "click": uuid4(), "agreed": "on"}
    for page in ("/dial/", "/dial/delegations/phone/", "/dial/delegations/"):
        assert browser_of(ada).get(page, query).status_code == 200
    for page in ("choose/", f"{granted.pk}/withdraw/"):
        assert browser_of(ada).get(f"/dial/delegations/{page}").status_code == 405
    assert simulator.calls == ()
    assert granted.is_in_force


def test_a_delegation_for_one_phone_is_for_no_other(
    ada: Any, bruno: Any, browser_of: Any, simulator: Simulator
) -> None:
    """Bruno may dial from Ada's softphone, and asks for her desk phone."""
    west = Cluster.objects.get(name="west")
    soft = grant(ada, bruno, device=scene.ADA_SOFT, line="1001 ; Internal")
    desk = f"{west.pk}|{scene.ADA_DESK}|1001 ; Internal"
    browser = browser_of(bruno)
    assert "is not listed" in dial(browser, soft, phone=desk).content.decode()
    page = browser.get(
        "/dial/delegations/phone/", {"number": "1", "click": uuid4(), "behalf": soft.pk}
    )
    assert scene.ADA_DESK not in page.content.decode()
    assert simulator.calls == ()
    dial(browser, soft)
    assert [call.device for call in simulator.rung] == [scene.ADA_SOFT]


def test_any_phone_of_the_owner_may_be_chosen_for_the_call(
    ada: Any, bruno: Any, browser_of: Any, simulator: Simulator
) -> None:
    delegation = grant(ada, bruno)
    DialProfile.objects.filter(user=ada).update(device="", line="")
    browser = browser_of(bruno)
    assert "/dial/delegations/phone/" in dial(browser, delegation, number="4567").content.decode()
    west = Cluster.objects.get(name="west")
    form = {
        "number": "4567",
        "click": uuid4(),
        "behalf": delegation.pk,
        "phone": f"{west.pk}|{scene.ADA_SOFT}|1001 ; Internal",
    }
    browser.post("/dial/delegations/phone/", form)
    assert [call.device for call in simulator.rung] == [scene.ADA_SOFT]
    assert DialProfile.objects.get(user=ada).device == ""
    assert DialProfile.objects.get(user=bruno).device == scene.BRUNO_DESK


def test_a_standing_choice_holds_until_it_is_over_and_then_dials_nothing(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    browser = browser_of(ada)
    browser.post("/dial/delegations/choose/", {"behalf": granted.pk})
    dial(browser, number="4567")
    delegations.withdraw(granted, by=bruno)
    refused = dial(browser, number="4567").content.decode()
    assert NOT_ANY_MORE in refused
    assert "your clicks dial nothing" in browser.get("/dial/profile/").content.decode()
    assert [call.device for call in simulator.rung] == [scene.BRUNO_DESK]
    browser.post("/dial/delegations/choose/")
    dial(browser, number="4567")
    assert [call.device for call in simulator.rung] == [scene.BRUNO_DESK, scene.ADA_DESK]


def test_naming_a_way_of_ones_own_counts_before_the_standing_choice(
    ada: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    browser = browser_of(ada)
    browser.post("/dial/delegations/choose/", {"behalf": granted.pk})
    dial(browser, number="4567", way="desk")
    assert [call.device for call in simulator.rung] == [scene.ADA_DESK]


def test_a_page_of_ones_own_phone_dials_from_it_whatever_was_chosen_meanwhile(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    browser = browser_of(ada)
    page = browser.get("/dial/?number=%2B41446681800").content.decode()
    DialProfile.objects.filter(user=ada).update(dials_for=granted)
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    browser.post("/dial/", form)
    assert [call.user for call in simulator.rung] == ["ada"]


def test_a_phone_chosen_for_the_call_is_kept_by_the_page_that_asks(
    ada: Any, bruno: Any, browser_of: Any, simulator: Simulator
) -> None:
    delegation = grant(ada, bruno)
    key = f"{Cluster.objects.get(name='west').pk}|{scene.ADA_SOFT}|1001 ; Internal"
    hidden = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
    browser = browser_of(bruno)
    asked = {"number": "+41900123456", "click": uuid4(), "behalf": delegation.pk}
    page = browser.get("/dial/delegations/phone/", asked).content.decode()
    form = dict(hidden.findall(page)) | {"phone": key}
    page = browser.post("/dial/delegations/phone/", form).content.decode()
    assert simulator.rung == ()
    form = dict(hidden.findall(page))
    assert form["phone"] == key
    browser.post("/dial/", form | {"agreed": "on"})
    assert [call.device for call in simulator.rung] == [scene.ADA_SOFT]


def test_somebody_elses_delegation_cannot_be_chosen_withdrawn_or_read(
    ada: Any, bruno: Any, browser_of: Any, django_user_model: Any
) -> None:
    carl = django_user_model.objects.create_user("carl", password="x")
    theirs = grant(ada, bruno)
    browser = browser_of(carl)
    browser.post("/dial/delegations/choose/", {"behalf": theirs.pk})
    assert DialProfile.objects.of(carl).dials_for_id is None
    assert browser.post(f"/dial/delegations/{theirs.pk}/withdraw/").status_code == 404
    shown = browser.get("/dial/delegations/").content.decode()
    assert "bruno" not in shown
    assert Delegation.objects.in_force().filter(pk=theirs.pk).exists()


def test_emergency_numbers_are_dialled_from_ones_own_phone_alone(
    ada: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    page = browser_of(ada).get("/dial/", {"number": "112", "behalf": granted.pk}).content.decode()
    assert "Emergency numbers are not dialled from somebody else" in page
    assert 'name="click"' not in page
    answer = dial(browser_of(ada), granted, number="112", agreed="on")
    assert answer.status_code == 409
    assert simulator.calls == ()


def test_a_cluster_that_wants_peoples_own_sign_in_lends_nobodys(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    Cluster.objects.filter(name="east").update(offers_proxy=False, offers_password=True)
    answer = dial(browser_of(ada), granted)
    assert "may not dial from the phone of bruno" in answer.content.decode()
    assert simulator.calls == ()


def test_limits_hold_for_the_delegate(
    ada: Any, granted: Delegation, browser_of: Any, settings: Any, simulator: Simulator
) -> None:
    settings.CALLS_A_MINUTE = 1
    dial(browser_of(ada), granted, number="4567")
    assert "very many calls" in dial(browser_of(ada), granted, number="4568").content.decode()
    assert len(simulator.calls) == 1


def test_where_the_owners_cluster_is_out_ones_own_phone_is_offered_and_not_taken(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    for node in ("east-1", "east-2"):
        simulator.fault(node, "refuses")
    browser = browser_of(ada)
    assert 'data-way="desk"' in dial(browser, granted).content.decode()
    assert 'data-way="' not in browser_of(bruno).get("/dial/calls/").content.decode()
    assert simulator.rung == ()


def test_a_token_of_the_api_dials_from_its_owners_phone_whatever_they_chose(
    ada: Any, granted: Delegation, simulator: Simulator
) -> None:
    DialProfile.objects.of(ada).dial_for(granted)
    calls.place(user=ada, click=uuid4(), number=read("4567"))  # as the API does
    assert [call.device for call in simulator.rung] == [scene.ADA_DESK]
