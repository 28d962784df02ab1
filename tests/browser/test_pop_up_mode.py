"""Unified CM's own window, from the click to hanging up in it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from clicktodial.dialing.models import Cluster, DialProfile
from clicktodial.simulator import Simulator
from directory.models import Person
from tests.browser import popup_window as window
from tests.dialing.scene import BRUNO_DESK

WORK = re.compile(r"^Call Nora Keller.* 4 4, 6 6 8, 1 8, 0 0\b")
EXTENSION = re.compile(r"^Call Nora Keller.* 4 5 6 7\b")
DIGITS = "+41446681800"
LINE = "2001 ; Global E164"


def _click(page: Page, name: re.Pattern[str]) -> Page:
    with page.expect_popup() as opened:
        page.get_by_role("link", name=name).click()
    return opened.value


@pytest.mark.parametrize("method", ["post", "get"])
def test_from_the_click_to_hanging_up_in_the_window(
    method: str, page_of: Callable[..., Page], bruno: Any, nora: Person, simulator: Simulator
) -> None:
    Cluster.objects.update(popup_method=method)
    page = page_of(bruno)
    page.goto(f"/people/{nora.pk}/")
    popup = _click(page, WORK)
    expect(page.get_by_role("region", name="Call")).to_contain_text(
        "Go on in the window “Cisco WebDialer”: sign in there if it asks, and press Dial."
    )
    assert simulator.calls == ()

    window.sign_in(popup, "bruno", "bruno-own")
    window.choose_phone(popup, BRUNO_DESK, line=LINE)
    window.press_dial(popup, DIGITS)
    phone = simulator.phone(BRUNO_DESK)
    assert (phone.state, phone.digits, phone.line) == ("ringing", DIGITS, LINE)
    window.hang_up(popup)
    assert simulator.phone(BRUNO_DESK).state == "ended"
    assert [(call.via, call.by, call.rang) for call in simulator.calls] == [("html", "bruno", True)]


def test_the_redirector_finds_the_home_cluster(
    page_of: Callable[..., Page], bruno: Any, nora: Person, simulator: Simulator
) -> None:
    """The address is west's Redirector; bruno lives on east, which nobody told the site."""
    Cluster.objects.filter(name="west").update(popup_address="redirector")
    DialProfile.objects.update(home_cluster=None)
    page = page_of(bruno)
    page.goto(f"/people/{nora.pk}/")
    popup = _click(page, WORK)

    popup.get_by_label("User ID").fill("bruno")
    popup.get_by_role("button", name="Continue").click()
    expect(popup.get_by_label("User ID")).to_have_value("bruno")
    assert popup.url.startswith(simulator.node("east-1").url)
    window.sign_in(popup, "bruno", "bruno-own")
    window.choose_phone(popup, BRUNO_DESK, line=LINE)
    window.press_dial(popup, DIGITS)
    assert simulator.phone(BRUNO_DESK).digits == DIGITS
    window.hang_up(popup)
    assert simulator.phone(BRUNO_DESK).state == "ended"


def test_a_second_click_takes_the_same_window(
    page_of: Callable[..., Page], bruno: Any, nora: Person, simulator: Simulator
) -> None:
    page = page_of(bruno)
    page.goto(f"/people/{nora.pk}/")
    popup = _click(page, WORK)
    window.sign_in(popup, "bruno", "bruno-own")
    window.choose_phone(popup, BRUNO_DESK, line=LINE)
    window.press_dial(popup, DIGITS)

    page.get_by_role("link", name=EXTENSION).click()
    expect(page.get_by_role("region", name="Call")).to_contain_text("4567")
    expect(popup.get_by_label("Destination")).to_have_value("4567")
    assert page.context.pages == [page, popup]


def test_the_window_opens_within_the_click(
    page_of: Callable[..., Page], bruno: Any, nora: Person
) -> None:
    """While the site has not answered yet: later, the browser would block it."""
    page = page_of(bruno)
    held: list[Route] = []
    page.route("**/dial/", lambda route: held.append(route))
    page.goto(f"/people/{nora.pk}/")
    popup = _click(page, WORK)
    expect(page.get_by_role("region", name="Call")).to_contain_text("Asking the phone system")
    assert popup.url == "about:blank"
    held[0].continue_()
    expect(popup.get_by_label("User ID")).to_be_visible()


def test_a_blocked_window_leaves_a_link_that_works(
    page_of: Callable[..., Page], bruno: Any, nora: Person, simulator: Simulator
) -> None:
    page = page_of(bruno)
    page.add_init_script("window.open = () => null")
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name=WORK).click()
    bar = page.get_by_role("region", name="Call")
    with page.expect_popup() as opened:
        bar.get_by_role("link", name="Open the window “Cisco WebDialer”").click()
    window.sign_in(opened.value, "bruno", "bruno-own")
    window.choose_phone(opened.value, BRUNO_DESK, line=LINE)
    window.press_dial(opened.value, DIGITS)
    assert simulator.phone(BRUNO_DESK).digits == DIGITS


def test_without_javascript_a_link_opens_the_window(
    page_of: Callable[..., Page], bruno: Any, nora: Person, simulator: Simulator
) -> None:
    page = page_of(bruno, java_script_enabled=False)
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name=WORK).click()
    page.get_by_role("button", name="Call", exact=True).click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Open the window “Cisco WebDialer”").click()
    popup = opened.value
    popup.get_by_role("button", name="Go on to “Cisco WebDialer”").click()
    window.sign_in(popup, "bruno", "bruno-own")
    popup.get_by_label("Calling line").select_option(LINE)
    popup.get_by_role("button", name="Submit").click()
    window.press_dial(popup, DIGITS)
    assert simulator.phone(BRUNO_DESK).digits == DIGITS
    window.hang_up(popup)
    assert simulator.phone(BRUNO_DESK).state == "ended"


@pytest.mark.parametrize(("method", "is_known"), [("post", False), ("get", True)])
def test_unified_cm_on_another_site_knows_people_again_after_a_get_alone(
    method: str,
    is_known: bool,
    page_of: Callable[..., Page],
    bruno: Any,
    nora: Person,
    simulator: Simulator,
) -> None:
    """What administrators are told of a cookie that names no SameSite; two minutes are spared."""
    Cluster.objects.update(popup_method=method)
    page = page_of(bruno)
    page.goto(f"/people/{nora.pk}/")
    popup = _click(page, WORK)
    window.sign_in(popup, "bruno", "bruno-own")
    window.choose_phone(popup, BRUNO_DESK, line=LINE)
    expect(popup.get_by_role("heading", name="Make Call")).to_be_visible()
    kept = page.context.cookies(popup.url)
    assert kept
    # Chromium sends a young one with a POST from another site, too, and then no more.
    page.context.add_cookies([{**cookie, "sameSite": "Lax"} for cookie in kept])

    page.get_by_role("link", name=EXTENSION).click()
    if is_known:
        expect(popup.get_by_label("Destination")).to_have_value("4567")
    else:
        expect(popup.get_by_label("User ID")).to_be_visible()
