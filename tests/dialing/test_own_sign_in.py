"""A person may dial by their own Unified CM password or single sign-on, kept for the session."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session

from clicktodial.dialing.models import Call, Cluster, DialProfile, Outcome
from clicktodial.simulator import Simulator
from tests.dialing import scene

PAGE = "/dial/identity/"


@pytest.fixture
def own_only(clusters: dict[str, Cluster]) -> None:
    """The administrators offer no application user, only people's own sign-in."""
    Cluster.objects.update(
        offers_proxy=False, offers_password=True, offers_token=True, sso_client_id="C0ffee"
    )


@pytest.fixture
def browser(ada: Any, own_only: None, browser_of: Any) -> Any:
    return browser_of(ada)


def _dial(browser: Any) -> Any:
    return browser.post("/dial/", {"number": "4567", "click": uuid4()}, follow=True)


def _bring_token(browser: Any, token: str) -> Any:
    state = browser.get("/dial/identity/sign-on/").url.split("state=")[1]
    return browser.post("/dial/token/", {"token": token, "state": state}, follow=True)


def test_a_click_leads_to_the_sign_in_first(browser: Any, simulator: Simulator) -> None:
    page = _dial(browser)
    assert page.redirect_chain[0][0].startswith(PAGE)
    assert simulator.calls == ()


def test_the_own_password_dials(browser: Any, simulator: Simulator) -> None:
    browser.post(PAGE, {"password": scene.OWN_PASSWORD})
    _dial(browser)
    assert [call.by for call in simulator.rung] == ["ada"]
    assert Call.objects.get().known_by == "password"


def test_it_hangs_up_too(browser: Any, simulator: Simulator) -> None:
    browser.post(PAGE, {"password": scene.OWN_PASSWORD})
    _dial(browser)
    browser.post(f"/dial/calls/{Call.objects.get().click}/end/")
    assert [end.by for end in simulator.ends] == ["ada"]


def test_it_shows_models_and_preselects_the_primary_line(browser: Any) -> None:
    DialProfile.objects.update(device="", line="")
    browser.post(PAGE, {"password": scene.OWN_PASSWORD})
    shown = browser.get("/dial/device/").content.decode()
    assert "Cisco 8861" in shown
    assert "Ada at the window" in shown
    assert f'|{scene.ADA_DESK}|1002 ; no partition" required checked' in shown


def test_a_wrong_password_is_tried_once_and_not_kept(browser: Any, simulator: Simulator) -> None:
    page = browser.post(PAGE, {"password": "wrong"})
    assert page.status_code == 422
    assert "locks your account" in page.content.decode()
    details = [each for each in simulator.requests if each.operation == "getProfileDetailSoap"]
    assert len(details) == 1
    assert _dial(browser).redirect_chain[0][0].startswith(PAGE)


def test_a_refused_person_does_not_stop_the_application_user(
    browser: Any, clusters: dict[str, Cluster]
) -> None:
    browser.post(PAGE, {"password": "wrong"})
    assert Cluster.objects.get(pk=clusters["west"].pk).stopped_at is None


def test_a_password_changed_meanwhile_is_asked_for_again(
    browser: Any, simulator: Simulator
) -> None:
    browser.post(PAGE, {"password": scene.OWN_PASSWORD})
    simulator.set_password("ada", "another one", cluster="west")
    page = _dial(browser)
    simulator.set_password("ada", scene.OWN_PASSWORD, cluster="west")
    assert "did not accept your own sign-in any more" in page.content.decode()
    assert Call.objects.get().outcome == Outcome.REFUSED
    assert _dial(browser).redirect_chain[0][0].startswith(PAGE)


def test_single_sign_on_dials(browser: Any, simulator: Simulator) -> None:
    _bring_token(browser, scene.TOKEN)
    _dial(browser)
    assert len(simulator.rung) == 1
    assert Call.objects.get().known_by == "token"


def test_single_sign_on_asks_unified_cm_for_a_token_for_this_site(
    browser: Any, simulator: Simulator
) -> None:
    away = browser.get("/dial/identity/sign-on/").url
    assert away.startswith(f"{simulator.node('west-1').url}/ssosp/oauth/authorize?")
    assert "client_id=C0ffee" in away
    assert "redirect_uri=http%3A%2F%2Ftestserver%2Fdial%2Ftoken%2F" in away


def test_an_expired_token_is_refused(browser: Any) -> None:
    page = _bring_token(browser, scene.OLD_TOKEN)
    assert "The phone system refused this sign-in" in page.content.decode()


def test_a_sign_on_that_brings_nothing_back_says_what_to_do(browser: Any) -> None:
    assert "Go back and begin again." in browser.get("/dial/token/").content.decode()


@pytest.mark.parametrize("state", ["", "forged"])
def test_a_token_that_nobody_asked_for_is_not_taken(
    state: str, browser: Any, simulator: Simulator
) -> None:
    page = browser.post("/dial/token/", {"token": scene.TOKEN, "state": state}, follow=True)
    assert "was not asked for here" in page.content.decode()
    assert simulator.requests == ()


def test_the_session_holds_it_sealed_and_signing_out_drops_it(browser: Any) -> None:
    browser.post(PAGE, {"password": scene.OWN_PASSWORD})
    kept = str(Session.objects.get().get_decoded())
    assert "unified_cm" in kept
    assert scene.OWN_PASSWORD not in kept
    browser.post("/sign-out/")
    assert not Session.objects.filter(session_data__contains="unified_cm").exists()
    assert Session.objects.count() == 0


def test_a_way_that_is_offered_no_more_is_not_used(browser: Any, simulator: Simulator) -> None:
    browser.post(PAGE, {"password": scene.OWN_PASSWORD})
    Cluster.objects.update(offers_password=False, offers_proxy=True)
    _dial(browser)
    assert [call.by for call in simulator.rung] == ["clicktodial"]


def test_forgetting_it_is_one_press(browser: Any) -> None:
    browser.post(PAGE, {"password": scene.OWN_PASSWORD})
    browser.post("/dial/identity/forget/")
    assert _dial(browser).redirect_chain[0][0].startswith(PAGE)
