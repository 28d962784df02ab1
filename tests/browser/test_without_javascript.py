"""Everything works without JavaScript, a page at a time."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from clicktodial.simulator import Simulator
from directory.models import Person
from tests.dialing.scene import ADA_DESK


def test_from_the_search_by_the_device_choice_to_hanging_up(
    page_of: Callable[..., Page], newcomer: Any, nora: Person, simulator: Simulator
) -> None:
    page = page_of(newcomer, java_script_enabled=False)
    page.goto("/")
    page.get_by_role("searchbox", name="Search people and numbers").fill("keller")
    page.get_by_role("searchbox", name="Search people and numbers").press("Enter")
    page.get_by_role("link", name="Nora Keller", exact=True).click()
    page.get_by_role("link", name=re.compile(r"^Call Nora Keller.* 1 8, 0 0\b")).click()

    expect(page.get_by_role("heading", name="Call Nora Keller?")).to_be_visible()
    assert simulator.calls == ()
    page.get_by_role("button", name="Call", exact=True).click()
    page.get_by_role("radio", name=re.compile(f"Line 1 0 0 1.*{ADA_DESK}")).check()
    page.get_by_role("button", name="Call +41 44 668 18 00 from this phone").click()

    main = page.get_by_role("main")
    expect(main).to_contain_text("The phone system took the call. Your phone should be dialling.")
    expect(main).to_contain_text("Desk phone, …00A1, line 1001")
    assert simulator.phone(ADA_DESK).digits == "+41446681800"
    page.get_by_role("button", name="Hang up").click()
    expect(main).to_contain_text("The phone system was told to hang up.")
    assert simulator.phone(ADA_DESK).state == "ended"
    assert len(simulator.calls) == 1


def test_a_number_can_be_typed_in(
    page_of: Callable[..., Page], ada: Any, simulator: Simulator
) -> None:
    page = page_of(ada, java_script_enabled=False)
    page.goto("/dial/")
    page.get_by_role("textbox", name="Number").fill("044 668 18 00")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Call plus 4 1, 4 4, 6 6 8, 1 8, 0 0?")).to_be_visible()
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("The phone system took the call.")
    assert simulator.phone(ADA_DESK).digits == "+41446681800"
    page.get_by_role("button", name="Close the call bar").click()
    expect(page.get_by_role("region", name="Call")).to_have_count(0)
