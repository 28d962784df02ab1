"""A number, a rule or a cluster asks for codes; they go behind the number, once, in their order."""

from typing import Any
from uuid import uuid4

import pytest

from clicktodial.dialing.models import Call, ClientMatter, Cluster, Mode, ProtectedNumber
from clicktodial.simulator import Simulator
from tests.dialing import planning
from tests.dialing.scene import ADA_DESK, CMC, FAC, PROTECTED

BAR = {"X-Fragment": "callbar"}
BOTH = {"fac": FAC, "other_cmc": CMC}


@pytest.fixture
def west(clusters: dict[str, Cluster]) -> Cluster:
    return clusters["west"]


def protect(cluster: Cluster, number: str = PROTECTED, **asks: Any) -> None:
    asks = asks or {"asks_fac": True, "asks_cmc": True}
    ProtectedNumber.objects.create(cluster=cluster, begins_with=number, **asks)


def form(number: str = PROTECTED, **fields: Any) -> dict[str, Any]:
    return {"number": number, "click": uuid4(), "shown": number, **fields}


def test_one_click_on_a_protected_number_leads_to_its_page_and_dials_nothing(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    protect(west)
    click = {"number": PROTECTED, "click": uuid4()}
    bar = browser_of(ada).post("/dial/", click, headers=BAR).content.decode()
    assert f'data-go="/dial/?number={PROTECTED}"' in bar
    assert "asks for a code" in bar
    assert simulator.calls == ()
    assert not Call.objects.exists()


def test_the_page_asks_for_both_and_tells_how_a_wrong_one_sounds(
    ada: Any, west: Cluster, browser_of: Any
) -> None:
    protect(west)
    page = browser_of(ada).get("/dial/", {"number": PROTECTED}).content.decode()
    assert 'type="password" name="fac"' in page
    assert 'name="other_cmc"' in page
    assert "sounds like a failed call" in page


def test_the_codes_go_behind_the_number_with_a_hash(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    protect(west)
    browser_of(ada).post("/dial/", form(**BOTH))
    assert simulator.calls[0].destination == f"{PROTECTED}{FAC}{CMC}#"
    assert simulator.phone(ADA_DESK).state != "failed"
    assert Call.objects.get().digits == PROTECTED


def test_the_hash_is_left_out_where_the_cluster_is_set_so(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    protect(west)
    Cluster.objects.filter(pk=west.pk).update(ends_codes_with_hash=False)
    browser_of(ada).post("/dial/", form(**BOTH))
    assert simulator.calls[0].destination == f"{PROTECTED}{FAC}{CMC}"


def test_a_wrong_code_is_not_claimed_to_ring(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    protect(west)
    page = browser_of(ada).post("/dial/", form(fac="1", other_cmc=CMC), follow=True)
    assert simulator.phone(ADA_DESK).state == "failed"
    assert "wrong codes too" in page.content.decode()


@pytest.mark.parametrize("given", [{}, {"fac": FAC}, {"other_cmc": CMC}])
def test_a_missing_code_is_asked_for_again(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator, given: dict[str, str]
) -> None:
    protect(west)
    page = browser_of(ada).post("/dial/", form(**given))
    assert page.status_code == 409
    assert "asks for a code" in page.content.decode()
    assert simulator.calls == ()


@pytest.mark.parametrize("wrong", ["12a4", "1" * 17, "1 2", "#"])
def test_what_is_no_code_is_refused_without_being_repeated(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator, wrong: str
) -> None:
    protect(west)
    page = browser_of(ada).post("/dial/", form(fac=wrong, other_cmc=CMC))
    assert page.status_code == 422
    assert "must be 1 to 16 digits" in page.content.decode()
    assert f'"{wrong}"' not in page.content.decode()
    assert simulator.calls == ()


def test_a_rule_asks_for_the_numbers_it_takes(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    planning.keep(west, rules=[{"begins_with": "+4190", "asks_cmc": True}])
    browser = browser_of(ada)
    bar = browser.post("/dial/", {"number": "+41900123456", "click": uuid4()}, headers=BAR)
    assert "data-go" in bar.content.decode()
    number = "+41900123456"
    browser.post("/dial/", form(number, other_cmc="77", agreed="on"))
    assert simulator.calls[0].destination == "+4190012345677#"


def test_a_cluster_asks_for_every_public_number_but_its_own(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    protect(west, "", asks_fac=True)
    own = {"first": "+41446681000", "last": "+41446681999", "keep": 4}
    planning.keep(west, ranges=[own])
    browser = browser_of(ada)
    for number in ("4567", "+41446681800"):
        browser.post("/dial/", {"number": number, "click": uuid4()})
    browser.post("/dial/", {"number": "+41446682000", "click": uuid4()})
    assert [call.destination for call in simulator.calls] == ["4567", "1800"]


def test_codes_that_nobody_asked_for_are_not_sent(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    browser_of(ada).post("/dial/", form("4567", **BOTH))
    assert simulator.calls[0].destination == "4567"


def test_an_emergency_call_never_waits_for_a_code(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    protect(west, "1")
    browser_of(ada).post("/dial/", form("112", agreed="on"))
    assert simulator.calls[0].destination == "112"


def test_in_the_pop_up_the_phone_asks_and_no_code_goes_into_the_window(
    ada: Any, west: Cluster, browser_of: Any
) -> None:
    protect(west)
    ada.dial_profile.mode = Mode.POPUP
    ada.dial_profile.save()
    browser = browser_of(ada)
    page = browser.get("/dial/", {"number": PROTECTED}).content.decode()
    assert "Key it in on the phone" in page
    assert 'name="fac"' not in page
    sent = form(**BOTH)
    browser.post("/dial/", sent)
    window = browser.get(f"/dial/calls/{sent['click']}/window/").content.decode()
    assert FAC not in window
    assert f'value="{PROTECTED}"' in window


def test_a_code_of_no_client_matter_is_refused_where_matters_are_kept(
    ada: Any, west: Cluster, browser_of: Any, simulator: Simulator
) -> None:
    protect(west, asks_cmc=True)
    ClientMatter.objects.create(code=CMC, name="Weather station")
    ClientMatter.objects.create(code="99", name="Closed", is_active=False)
    browser = browser_of(ada)
    for wrong in ("1234", "99"):
        page = browser.post("/dial/", form(other_cmc=wrong))
        assert "No client matter has this code" in page.content.decode()
    assert simulator.calls == ()
    browser.post("/dial/", form(other_cmc="weather STATION"))
    assert simulator.calls[0].destination == f"{PROTECTED}{CMC}#"
