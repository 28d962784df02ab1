"""A call from another's phone: who may hang it up, erase it and write a note to it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from clicktodial.dialing import calls, delegations, recents
from clicktodial.dialing.models import Call, Delegation, Mode
from clicktodial.dialing.models.claims import AnotherCall
from clicktodial.dialplan.number import read
from clicktodial.simulator import Simulator
from tests.dialing import scene
from tests.dialing.lending import BAR, dial

BRUNO_LINE = "2001 ; Global E164"
NOT_ANY_MORE = "You may not dial from that phone, or not any more."


def test_a_delegate_hangs_up_no_call_that_may_never_have_rung(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    simulator.fault("east-1", "drops_before", operation="makeCallSoap")
    browser = browser_of(ada)
    answer = dial(browser, granted).content.decode()
    call = Call.objects.get()
    assert call.outcome == "unknown"
    assert "Hang up" not in answer
    browser.post(f"/dial/calls/{call.click}/end/", headers=BAR)
    assert simulator.ends == ()


def test_one_call_at_a_time_for_the_delegate_and_for_the_phone(
    ada: Any, bruno: Any, granted: Delegation, simulator: Simulator
) -> None:
    facts = {"seconds": 30, "mode": Mode.DESK_PHONE}
    Call.objects.claim(click=uuid4(), user=ada, owner=bruno, delegation=granted, **facts)
    for person, is_own in ((bruno, False), (ada, True)):
        with pytest.raises(AnotherCall) as stopped:
            Call.objects.claim(click=uuid4(), user=person, **facts)
        assert stopped.value.is_own is is_own
    Call.objects.all().delete()
    Call.objects.claim(click=uuid4(), user=bruno, **facts)
    with pytest.raises(AnotherCall):
        Call.objects.claim(click=uuid4(), user=ada, owner=bruno, delegation=granted, **facts)


def test_who_placed_it_hangs_up_and_so_does_the_owner_but_nobody_else(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, django_user_model: Any,
    simulator: Simulator,
) -> None:  # fmt: skip
    carl = django_user_model.objects.create_user("carl")
    for person in (ada, bruno):
        dial(browser_of(ada), granted, number="4567")
        address = f"/dial/calls/{Call.objects.first().click}/end/"
        assert browser_of(carl).post(address).status_code == 404
        told = browser_of(person).post(address, headers=BAR).content.decode()
        assert "was told to hang up" in told
    assert [end.device for end in simulator.ends] == [scene.BRUNO_DESK] * 2
    assert all(end.hung_up for end in simulator.ends)


@pytest.mark.parametrize("why", ["withdrawn", "old", "another since"])
def test_a_delegate_hangs_up_nothing_that_may_be_the_owners_own_call(
    why: str, ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    dial(browser_of(ada), granted, number="4567")
    call = Call.objects.get()
    if why == "withdrawn":
        delegations.withdraw(granted, by=bruno)
    elif why == "old":
        Call.objects.update(placed_at=timezone.now() - timedelta(minutes=11))
    else:
        simulator.hang_up(scene.BRUNO_DESK)
        calls.place(user=bruno, click=uuid4(), number=read("4568"))
    answer = browser_of(ada).post(f"/dial/calls/{call.click}/end/", headers=BAR)
    assert answer.status_code == 409
    assert simulator.ends == ()


def test_only_the_owner_erases_a_call_from_their_phone(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    browser = browser_of(ada)
    dial(browser, granted, number="4567")
    address = f"/dial/calls/{Call.objects.get().click}/erase/"
    assert "Only bruno may erase it" in browser.post(address, follow=True).content.decode()
    browser.post("/dial/calls/erase/")
    assert Call.objects.get().erased_at is None
    browser_of(bruno).post(address)
    assert Call.objects.get().number == ""
    assert recents.page_of(ada).recents == ()


def test_a_delegates_note_and_private_name_stay_theirs(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    browser = browser_of(ada)
    browser.post("/dial/contacts/add/", {"name": "Secret love", "number": "+41446681800"})
    dial(browser, granted)
    call = Call.objects.get()
    browser.post(f"/dial/calls/{call.click}/note/", {"note": "for me alone"})
    shown = browser_of(bruno).get("/dial/calls/").content.decode()
    assert "Secret love" not in shown
    assert "for me alone" not in shown
    assert "for me alone" in browser.get("/dial/calls/").content.decode()
    assert browser_of(bruno).post(f"/dial/calls/{call.click}/note/").status_code == 404
