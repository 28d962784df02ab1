"""Softphones, named phones, a phone for one call, and another way where one is out."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from clicktodial.dialing.models import Call, Cluster, DialProfile, Mode, Outcome, PhoneName
from clicktodial.simulator import Simulator
from tests.dialing import scene

BAR = {"X-Fragment": "callbar"}
SOFTPHONES = ["tel", "ciscotel", "webextel", "callto"]


def _dial(browser: Any, number: str = "+41446681800", **more: Any) -> Any:
    form = {"number": number, "click": uuid4(), **more}
    return browser.post("/dial/", form, headers=BAR)


def _choice(cluster: Cluster, device: str, line: str) -> str:
    return f"{cluster.pk}|{device}|{line}"


@pytest.mark.parametrize("way", SOFTPHONES)
def test_a_softphone_is_handed_the_number_where_the_cluster_offers_it(
    way: str, ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    Cluster.objects.filter(name="west").update(**{f"offers_{way}": True})
    browser = browser_of(ada)
    assert browser.post("/dial/profile/", {"mode": way}).status_code == 302
    answer = _dial(browser).content.decode()
    assert f'data-handle="{way}:+41446681800"' in answer
    call = Call.objects.get()
    assert (call.mode, call.outcome, call.node) == (way, Outcome.HANDED_OVER, None)
    assert simulator.calls == ()


@pytest.mark.parametrize("way", SOFTPHONES)
def test_a_softphone_that_is_not_offered_is_not_to_be_had(
    way: str, ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    browser = browser_of(ada)
    assert browser.post("/dial/profile/", {"mode": way}).status_code == 422
    answer = _dial(browser, way=way)
    assert answer.status_code == 409
    assert "not offered any more" in answer.content.decode()
    assert not Call.objects.exists()


def test_signs_of_a_number_cannot_leave_the_softphones_link(ada: Any, browser_of: Any) -> None:
    Cluster.objects.update(offers_tel=True)
    DialProfile.objects.update(mode=Mode.TEL)
    answer = _dial(browser_of(ada), number="*21#").content.decode()
    assert 'href="tel:*21%23"' in answer


def test_a_way_that_nobody_knows_dials_nothing(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    assert _dial(browser_of(ada), way="javascript").status_code == 422
    assert browser_of(ada).get("/dial/", {"number": "4567", "way": "javascript"}).status_code == 200
    assert simulator.calls == ()


def test_where_the_cluster_is_out_the_other_ways_are_offered_and_none_is_taken(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    Cluster.objects.update(offers_tel=True)
    for node in ("west-1", "west-2"):
        simulator.fault(node, "refuses")
    browser = browser_of(ada)
    answer = _dial(browser).content.decode()
    assert "No call was placed" in answer
    assert 'data-way="popup"' in answer
    assert 'data-way="tel"' in answer
    assert Call.objects.count() == 1
    _dial(browser, way="popup")
    assert list(Call.objects.values_list("mode", "outcome")) == [
        ("popup", "handed_over"),
        ("desk", "not_sent"),
    ]
    assert DialProfile.objects.get(user=ada).mode == Mode.DESK_PHONE


def test_a_number_without_a_route_is_offered_no_other_way(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    assert "data-way" not in _dial(browser_of(ada), number="7777").content.decode()


def test_a_phone_for_this_call_only(ada: Any, browser_of: Any, simulator: Simulator) -> None:
    browser, west = browser_of(ada), Cluster.objects.get(name="west")
    assert "Another phone for this call" in browser.get("/dial/?number=4567").content.decode()
    form = {
        "number": "4567",
        "click": uuid4(),
        "only": "on",
        "phone": _choice(west, scene.ADA_SOFT, "1001 ; Internal"),
    }
    browser.post("/dial/device/", form)
    assert [call.device for call in simulator.calls] == [scene.ADA_SOFT]
    assert DialProfile.objects.get(user=ada).device == scene.ADA_DESK


def test_a_phone_of_somebody_else_dials_nothing(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    east = Cluster.objects.get(name="east")
    key = _choice(east, scene.BRUNO_DESK, "2001 ; Global E164")
    answer = _dial(browser_of(ada), phone=key, only="on")
    assert answer.status_code == 409
    assert "is not listed" in answer.content.decode()
    assert simulator.calls == ()


def test_who_wants_to_be_asked_every_time_is_asked(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    browser = browser_of(ada)
    browser.post("/dial/profile/", {"mode": "desk", "asks_phone": "on"})
    assert 'data-go="/dial/device/' in _dial(browser).content.decode()
    page = browser.get("/dial/device/", {"number": "4567", "click": uuid4()})
    assert 'name="only" checked' in page.content.decode()
    assert simulator.calls == ()


def test_names_of_ones_own_stand_where_phones_are_named(
    ada: Any, bruno: Any, browser_of: Any, simulator: Simulator
) -> None:
    browser, west = browser_of(ada), Cluster.objects.get(name="west")
    key = _choice(west, scene.ADA_DESK, "1001 ; Internal")
    browser.post("/dial/phones/", {f"name-{key}": "Desk <1>"})
    for page in ("/dial/device/", "/dial/profile/", "/dial/?number=4567", "/dial/phones/"):
        assert "Desk &lt;1&gt;" in browser.get(page).content.decode(), page
    assert "Desk &lt;1&gt;, line 1001" in _dial(browser).content.decode()
    assert (
        "Desk &lt;1"
        not in browser_of(bruno).get("/dial/phones/").content.decode().split("<main")[1]
    )
    browser.post("/dial/phones/", {f"name-{key}": ""})
    assert not PhoneName.objects.exists()


def test_a_chosen_phone_that_is_not_listed_now_is_told_with_extension_mobility(
    ada: Any, browser_of: Any
) -> None:
    DialProfile.objects.filter(user=ada).update(device="SEP0000000000FF")
    page = browser_of(ada).get("/dial/phones/").content.decode()
    assert "is not listed now" in page
    assert "Extension Mobility" in page


@pytest.mark.parametrize(("seconds", "status"), [("10", 302), ("9", 422), ("601", 422), ("", 302)])
def test_hang_up_stands_out_as_long_as_one_likes(
    seconds: str, status: int, ada: Any, browser_of: Any
) -> None:
    form = {"mode": "desk", "hang_up_seconds": seconds}
    assert browser_of(ada).post("/dial/profile/", form).status_code == status


@pytest.mark.parametrize(("minutes", "keeps", "shown"), [(11, True, True), (11, False, False)])
def test_who_keeps_the_bar_keeps_it_with_hang_up(
    minutes: int, keeps: bool, shown: bool, ada: Any, browser_of: Any
) -> None:

    browser = browser_of(ada)
    DialProfile.objects.filter(user=ada).update(keeps_bar=keeps)
    _dial(browser)
    past = timezone.now() - timedelta(minutes=minutes)
    Call.objects.update(placed_at=past, settled_at=past)
    page = browser.get("/dial/calls/").content.decode()
    assert ("data-hang-up" in page) is shown
    assert ('class="button danger" data-hang-up' in page) is shown


@pytest.mark.parametrize(
    ("number", "code", "sentence"),
    [
        ("4567", "", "The phone system takes extensions that do not exist"),
        ("+41446681800", "", "The number was sent with its +"),
        ("4567", "code:1", "off the hook"),
        ("4567", "code:7", "knows no way to these digits"),
    ],
)
def test_the_causes_fit_code_and_number(
    number: str, code: str, sentence: str, ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    if code:
        simulator.fault("west-1", code, operation="makeCallSoap")
    answer = _dial(browser_of(ada), number=number).content.decode()
    assert sentence in answer
    assert f"reference {Call.objects.get().reference}" in answer


@pytest.mark.parametrize("code", [2, 3, 6, 9])
def test_codes_that_mean_nobody_can_dial_offer_the_other_ways(
    code: int, ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    Cluster.objects.update(offers_tel=True)
    for node in ("west-1", "west-2"):
        simulator.fault(node, f"code:{code}", operation="makeCallSoap")
    answer = _dial(browser_of(ada)).content.decode()
    assert "No call was placed" in answer
    assert 'data-way="popup"' in answer
    assert 'data-way="tel"' in answer
    assert [(call.mode, call.code) for call in Call.objects.all()] == [("desk", code)]
    page = browser_of(ada).get(f"/dial/calls/{Call.objects.get().click}/").content.decode()
    assert 'data-way="popup"' in page  # the call bar of the page without JavaScript


@pytest.mark.parametrize("fault", ["code:1", "code:8", "code:42", "garbage", "drops"])
def test_where_the_phone_may_ring_or_is_at_fault_no_other_way_is_offered(
    fault: str, ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    for node in ("west-1", "west-2"):
        simulator.fault(node, fault, operation="makeCallSoap")
    assert "data-way" not in _dial(browser_of(ada)).content.decode()
    assert Call.objects.get().mode == Mode.DESK_PHONE
