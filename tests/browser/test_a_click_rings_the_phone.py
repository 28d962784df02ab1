"""From signing in to hanging up, as an employee does it."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from clicktodial.simulator import Simulator
from directory.models import Person
from tests.dialing.scene import ADA_DESK

NORA = "+41446681800"
EXTENSION = re.compile(r"^Call Nora Keller.* 4 5 6 7\b")
TOOK = "The phone system took the call. Your phone should be dialling."


def test_from_signing_in_to_hanging_up(
    open_browser: Callable[..., BrowserContext], ada: Any, nora: Person, simulator: Simulator
) -> None:
    page = open_browser().new_page()
    page.goto("/")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill("ada-pass")
    page.get_by_role("button", name="Sign in").click()

    page.get_by_role("searchbox", name="Search people and numbers").press_sequentially("nora kel")
    result = page.get_by_role("main").get_by_role("listitem").filter(has_text="Nora Keller")
    result.get_by_role(
        "link", name=re.compile(r"^Call Nora Keller.* plus 4 1, 4 4, 6 6 8, 1 8, 0 0\b")
    ).click()

    bar = page.get_by_role("region", name="Call")
    expect(bar).to_contain_text(TOOK)
    expect(bar).to_contain_text("Nora Keller")
    phone = simulator.phone(ADA_DESK)
    assert (phone.state, phone.digits, phone.line) == ("ringing", NORA, "1001 ; Internal")

    phones = page.context.new_page()
    phones.goto(simulator.phones_url)
    desk = phones.get_by_role("article", name=re.compile(ADA_DESK))
    expect(desk).to_contain_text("Ringing")
    expect(desk).to_contain_text(NORA)

    bar.get_by_role("button", name="Hang up").click()
    expect(bar).to_contain_text("The phone system was told to hang up.")
    assert simulator.phone(ADA_DESK).state == "ended"
    expect(desk).to_contain_text("Call ended")
    assert [(call.destination, call.rang) for call in simulator.calls] == [(NORA, True)]
    assert [end.hung_up for end in simulator.ends] == [True]


def test_a_number_on_a_persons_page_dials_too(
    page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator
) -> None:
    page = page_of(ada)
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name=EXTENSION).click()
    expect(page.get_by_role("region", name="Call")).to_contain_text(TOOK)
    assert simulator.phone(ADA_DESK).digits == "4567"


def test_a_fax_number_does_not_dial(page_of: Callable[..., Page], ada: Any, nora: Person) -> None:
    page = page_of(ada)
    page.goto(f"/people/{nora.pk}/")
    expect(page.get_by_text("+41 44 668 18 99")).to_be_visible()
    expect(page.get_by_role("link", name="18 99")).to_have_count(0)


def test_a_click_that_asks_for_a_new_tab_opens_the_page_of_the_number(
    page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator
) -> None:
    page = page_of(ada)
    page.goto(f"/people/{nora.pk}/")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=EXTENSION).click(modifiers=["Control"])
    expect(opened.value.get_by_role("heading", name="Call Nora Keller?")).to_be_visible()
    assert simulator.calls == ()
