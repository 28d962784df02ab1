"""Of a call from somebody else's phone both read what is true for them, and no more."""

from typing import Any
from uuid import uuid4

import pytest

from clicktodial.dialing import calls, delegations
from clicktodial.dialing.models import Call, Cluster, Delegation, DialProfile, Mode, Outcome
from clicktodial.dialplan.number import read
from clicktodial.simulator import Simulator
from tests.dialing.scene import BRUNO_DESK

BAR = {"X-Fragment": "callbar"}


def _dial(browser: Any, delegation: Delegation, number: str = "4567") -> str:
    form = {"number": number, "click": uuid4(), "behalf": delegation.pk}
    answer: str = browser.post("/dial/", form, headers=BAR).content.decode()
    return answer


def _bar(browser: Any) -> str:
    """The call bar of a page that is about nothing else."""
    page: str = browser.get("/dial/speed/").content.decode()
    start = page.find('<section class="callbar" data-state')
    return page[start : page.find("</section>", start)] if start >= 0 else ""


def _pages(browser: Any) -> str:
    address = f"/dial/calls/{Call.objects.first().click}/"
    return "".join(browser.get(page).content.decode() for page in (address, "/dial/calls/"))


def test_the_owner_of_a_call_that_was_withdrawn_in_time_is_not_told_they_may_not_dial(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    row, _mine = Call.objects.claim(
        click=uuid4(), user=ada, seconds=30, owner=bruno, delegation=granted, mode=Mode.DESK_PHONE
    )
    delegations.withdraw(granted, by=bruno)
    east = Cluster.objects.get(name="east")
    calls.sending.send(row, east, east.proxy, calls.sending.Secret("4567"))
    owners, delegates = _pages(browser_of(bruno)), _pages(browser_of(ada))
    assert "ada may not dial from your phone any more. No call was placed." in owners
    assert "You may not dial" not in owners
    assert "You may not dial from that phone, or not any more." in delegates


def test_who_did_not_erase_it_is_not_told_that_they_did(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    _dial(browser_of(ada), granted)
    address = f"/dial/calls/{Call.objects.get().click}/"
    browser_of(bruno).post(f"{address}erase/")
    for person in (ada, bruno):
        told = browser_of(person).get(address).content.decode()
        assert "This call was erased." in told
        assert "You have erased" not in told


@pytest.mark.parametrize("how", ["refused", "not sent"])
def test_a_try_that_rang_nothing_leaves_the_owners_call_bar_and_their_hanging_up(
    how: str, ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    own = calls.place(user=bruno, click=uuid4(), number=read("4568"))
    if how == "refused":
        simulator.fault("east-1", "code:7", operation="makeCallSoap")
    else:
        for node in ("east-1", "east-2"):
            simulator.fault(node, "refuses")
    _dial(browser_of(ada), granted)
    outcome = Outcome.REFUSED if how == "refused" else Outcome.NOT_SENT
    assert Call.objects.first().outcome == outcome
    simulator.mend()
    browser = browser_of(bruno)
    assert own.reference in _bar(browser)
    assert Call.objects.first().reference in _bar(browser_of(ada))
    ended = browser.post(f"/dial/calls/{own.click}/end/", headers=BAR).content.decode()
    assert "was told to hang up" in ended
    assert [end.hung_up for end in simulator.ends] == [True]


def test_a_call_that_rang_the_owners_phone_takes_their_call_bar(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    calls.end(calls.place(user=bruno, click=uuid4(), number=read("4568")))
    _dial(browser_of(ada), granted)
    assert Call.objects.first().reference in _bar(browser_of(bruno))


@pytest.mark.parametrize("code", [1, 3, 4, 5, 7])
def test_a_delegate_reads_of_the_owners_phone_and_not_of_their_own(
    code: int, ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    simulator.fault("east-1", f"code:{code}", operation="makeCallSoap")
    told = _dial(browser_of(ada), granted)
    says = told.partition("callbar-says")[2].partition("</p>")[0]
    assert "our " not in says.replace("hour ", "")
    assert "ou dial from" not in says
    causes = told.partition("<details>")[2]
    assert "your" not in causes
    assert "Choose another phone" not in causes


def test_causes_and_troubles_speak_of_the_owners_line_to_the_delegate(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    browser = browser_of(ada)
    assert "it rings only where bruno is signed in" in _dial(browser, granted)
    shown = browser_of(bruno).get("/dial/calls/").content.decode()
    assert "it rings only where you are signed in" in shown
    Call.objects.update(outcome=Outcome.NOT_SENT, trouble="no_nodes")
    assert "set up for bruno" in _pages(browser)
    Call.objects.update(trouble="bad_text")
    assert "the line of bruno holds signs" in _pages(browser)
    assert "your line holds signs" in _pages(browser_of(bruno))


def test_a_phone_that_is_not_listed_any_more_is_told_as_the_owners(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    Delegation.objects.update(
        cluster=Cluster.objects.get(name="east"), device="SEP00000000DEAD", line="9"
    )
    asked = {"number": "4567", "click": uuid4(), "behalf": granted.pk}
    page = browser_of(ada).get("/dial/delegations/phone/", asked).content.decode()
    assert "lists no phone of bruno from which you may dial" in page
    assert "for you" not in page.partition("<main")[2]
    assert "From my own phone" in page


def test_after_the_delegation_is_deleted_the_bar_lends_nothing_and_takes_no_other_phone(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    browser = browser_of(ada)
    told = _dial(browser, granted)
    assert "Hang up" in told
    granted.delete()
    bar = _bar(browser)
    assert "From the phone of bruno, on their behalf" in bar
    assert "Hang up" not in bar
    assert "Choose another phone" not in bar
    assert 'data-behalf="0"' in bar
    again = {"number": "4567", "click": uuid4(), "behalf": "0"}
    answer = browser.post("/dial/", again, headers=BAR).content.decode()
    assert "You may not dial from that phone, or not any more." in answer
    assert "From my own phone" in browser.get("/dial/", again).content.decode()
    assert len(simulator.calls) == 1


def test_a_delegation_that_was_withdrawn_offers_no_hanging_up(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    browser = browser_of(ada)
    _dial(browser, granted)
    delegations.withdraw(granted, by=bruno)
    assert "Hang up" not in _bar(browser)
    assert "Hang up" in _bar(browser_of(bruno))


def test_where_an_account_is_switched_off_nothing_reads_as_in_force(
    ada: Any, bruno: Any, granted: Delegation, browser_of: Any, admin_client: Any
) -> None:
    DialProfile.objects.of(ada).dial_for(granted)
    bruno.is_active = False
    bruno.save()
    browser = browser_of(ada)
    shown = browser.get("/dial/delegations/").content.decode()
    assert "An account is switched off" in shown
    assert "You dial from there now" not in shown
    assert "your clicks dial nothing" in browser.get("/dial/profile/").content.decode()
    listed = admin_client.get("/admin/dialing/delegation/").content.decode()
    assert "icon-no" in listed
    assert "icon-yes" not in listed


@pytest.mark.parametrize("how", ["code", "cut off", "another since"])
def test_a_delegate_who_hung_up_in_vain_is_sent_to_no_phone_that_stands_elsewhere(
    how: str, ada: Any, bruno: Any, granted: Delegation, browser_of: Any, simulator: Simulator
) -> None:
    _dial(browser_of(ada), granted)
    address = f"/dial/calls/{Call.objects.get().click}/end/"
    if how == "another since":
        simulator.hang_up(BRUNO_DESK)
        calls.place(user=bruno, click=uuid4(), number=read("4568"))
    elif how == "code":
        simulator.fault("east-1", "code:8", operation="endCallSoap")
    else:
        simulator.fault("east-1", "refuses")
    told = browser_of(ada).post(address, headers=BAR).content.decode()
    assert "Whoever is at the phone hangs up there." in told
    assert "Hang up on the phone itself" not in told
    told = browser_of(bruno).post(address, headers=BAR).content.decode()
    assert "Hang up on the phone itself" in told
    assert "Whoever is at the phone" not in told
