"""With Tab and Enter alone, and always to be seen where one stands."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from clicktodial.simulator import Simulator
from directory.models import Person
from tests.dialing.scene import ADA_DESK

FARTHEST = 40
"""Presses of Tab within which anything on these small pages is reached."""


def _tab_to(page: Page, target: Locator) -> None:
    expect(target).to_be_visible()
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => {
                const here = document.activeElement;
                const ring = here.closest(".choice") ?? here;
                const { outlineStyle, outlineWidth } = getComputedStyle(ring);
                return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
            }"""
        )
        assert shown, page.evaluate("() => document.activeElement.outerHTML")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {target}")


def test_from_the_search_to_hanging_up(
    page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator
) -> None:
    page = page_of(ada)
    page.goto("/")
    _tab_to(page, page.get_by_role("searchbox", name="Search people and numbers"))
    page.keyboard.type("nora")
    number = page.get_by_role("link", name=re.compile(r"^Call Nora Keller.* 1 8, 0 0\b"))
    _tab_to(page, number)
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Call")).to_contain_text(
        "The phone system took the call."
    )
    assert simulator.phone(ADA_DESK).state == "ringing"
    expect(number).to_be_focused()

    _tab_to(page, page.get_by_role("button", name="Hang up"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Call")).to_contain_text("told to hang up")
    assert simulator.phone(ADA_DESK).state == "ended"
    assert len(simulator.calls) == 1


def test_a_phone_is_chosen_with_the_arrow_keys(
    page_of: Callable[..., Page], newcomer: Any, simulator: Simulator
) -> None:
    page = page_of(newcomer)
    page.goto("/dial/?number=4567")
    _tab_to(page, page.get_by_role("button", name="Call", exact=True))
    page.keyboard.press("Enter")
    _tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    _tab_to(page, page.get_by_role("button", name="Call ext. 4567 from this phone"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("The phone system took the call.")
    assert simulator.phone(ADA_DESK).line == "1002 ; no partition"


def test_the_first_stop_skips_to_the_content(page_of: Callable[..., Page], ada: Any) -> None:
    page = page_of(ada)
    page.goto("/dial/profile/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_the_account_menu_opens_and_signs_out(page_of: Callable[..., Page], ada: Any) -> None:
    page = page_of(ada)
    page.goto("/")
    _tab_to(page, page.locator("summary", has_text="account menu"))
    page.keyboard.press("Enter")
    _tab_to(page, page.get_by_role("button", name="Sign out"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
