"""Pop-up mode hands the number, and nothing else, to Unified CM's own page."""

from typing import Any
from uuid import uuid4

import pytest

from clicktodial.dialing.models import Call, Cluster, DialProfile, Mode, Outcome
from clicktodial.simulator import Simulator


@pytest.fixture
def by_popup(ada: Any) -> Any:
    DialProfile.objects.filter(user=ada).update(mode=Mode.POPUP)
    return ada


def _window(browser: Any, number: str) -> str:
    click = uuid4()
    browser.post("/dial/", {"number": number, "click": click})
    return str(browser.get(f"/dial/calls/{click}/window/").content.decode())


def test_the_window_posts_the_number_alone_to_the_node(
    by_popup: Any, browser_of: Any, simulator: Simulator
) -> None:
    shown = _window(browser_of(by_popup), "+41 44 123 45 67")
    action = f'action="{simulator.node("west-1").url}/webdialer/Webdialer" method="post"'
    assert action in shown
    assert shown.count("<input") == 1
    assert '<input type="hidden" name="destination" value="+41441234567">' in shown


def test_the_administrator_may_choose_redirector_and_get(
    by_popup: Any, browser_of: Any, clusters: dict[str, Cluster]
) -> None:
    Cluster.objects.update(popup_address="redirector", popup_method="get")
    shown = _window(browser_of(by_popup), "4567")
    assert '/webdialer/WebdialerRedirector" method="get"' in shown


def test_the_site_itself_sends_nothing(
    by_popup: Any, browser_of: Any, simulator: Simulator
) -> None:
    _window(browser_of(by_popup), "4567")
    assert simulator.calls == ()
    assert Call.objects.get().outcome == Outcome.HANDED_OVER


def test_the_windows_form_may_go_to_unified_cm_and_other_pages_forms_may_not(
    by_popup: Any, browser_of: Any, simulator: Simulator
) -> None:
    browser, click = browser_of(by_popup), uuid4()
    browser.post("/dial/", {"number": "4567", "click": click})
    window = browser.get(f"/dial/calls/{click}/window/").headers
    other = browser.get("/dial/profile/").headers
    assert simulator.node("west-1").url in window["Content-Security-Policy"]
    assert window["Cross-Origin-Opener-Policy"] == "unsafe-none"
    assert "form-action 'self';" in other["Content-Security-Policy"]
    assert other["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"


def test_a_way_that_is_offered_no_more_is_told(
    by_popup: Any, browser_of: Any, clusters: dict[str, Cluster]
) -> None:
    Cluster.objects.update(offers_popup=False)
    answer = browser_of(by_popup).post("/dial/", {"number": "4567", "click": uuid4()})
    assert answer.status_code == 409
    assert "not offered any more" in answer.content.decode()
    assert not Call.objects.exists()
