"""Whatever is pressed, pressed again, reloaded or opened twice: one click makes one call."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from clicktodial.dialing.models import Call
from clicktodial.simulator import Simulator
from directory.models import Person
from tests.browser.console import Console
from tests.dialing.scene import ADA_DESK

WORK = re.compile(r"^Call Nora Keller.* 4 4, 6 6 8, 1 8, 0 0\b")
EXTENSION = re.compile(r"^Call Nora Keller.* 4 5 6 7\b")
TOOK = "The phone system took the call."


def _slow(simulator: Simulator) -> None:
    for node in ("west-1", "west-2"):
        simulator.fault(node, "slow", operation="makeCallSoap", seconds=0.7)


def test_a_double_click_makes_one_call(
    page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator
) -> None:
    page = page_of(ada)
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name=WORK).dblclick()
    expect(page.get_by_role("region", name="Call")).to_contain_text(TOOK)
    page.wait_for_load_state("networkidle")
    assert len(simulator.calls) == 1
    assert Call.objects.count() == 1


def test_pressing_on_while_the_answer_is_awaited_makes_one_call(
    page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator
) -> None:
    _slow(simulator)
    page = page_of(ada)
    page.goto(f"/people/{nora.pk}/")
    for _ in range(4):
        page.get_by_role("link", name=WORK).click()
    page.get_by_role("link", name=WORK).press("Enter")
    expect(page.get_by_role("region", name="Call")).to_contain_text(TOOK)
    page.wait_for_load_state("networkidle")
    assert len(simulator.calls) == 1
    assert Call.objects.count() == 1


def test_another_number_waits_until_the_first_call_is_settled(
    page_of: Callable[..., Page],
    ada: Any,
    nora: Person,
    simulator: Simulator,
    console: Console,
) -> None:
    _slow(simulator)
    console.expect("409 (Conflict)")
    page = page_of(ada)
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name=WORK).click()
    while not Call.objects.exists():  # two requests at once arrive in any order
        page.wait_for_timeout(10)
    page.get_by_role("link", name=EXTENSION).click()
    bar = page.get_by_role("region", name="Call")
    expect(bar).to_contain_text("Your previous call is still being placed.")
    expect(bar).to_contain_text(TOOK)
    assert [call.destination for call in simulator.calls] == ["+41446681800"]


def test_going_back_and_pressing_call_again_makes_no_second_call(
    page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator
) -> None:
    page = page_of(ada, java_script_enabled=False)
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name=EXTENSION).click()
    for _ in range(3):
        page.get_by_role("button", name="Call", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text(TOOK)
        page.go_back()
    assert len(simulator.calls) == 1


def test_reloading_the_page_of_a_call_calls_nobody(
    page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator
) -> None:
    page = page_of(ada)
    page.goto("/dial/?number=4567")
    page.get_by_role("button", name="Call", exact=True).click()
    for _ in range(3):
        expect(page.get_by_role("main")).to_contain_text(TOOK)
        page.reload()
    assert len(simulator.calls) == 1


def test_the_same_page_in_two_tabs_makes_one_call(
    page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator
) -> None:
    page = page_of(ada)
    page.goto("/dial/?number=4567")
    with page.context.expect_page() as opened:
        # What “Duplicate tab” does: the same page again, token included.
        page.get_by_role("main").locator("form").evaluate("form => form.target = '_blank'")
        page.get_by_role("button", name="Call", exact=True).click()
    second = opened.value
    expect(second.get_by_role("main")).to_contain_text(TOOK)
    page.get_by_role("main").locator("form").evaluate("form => form.target = ''")
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text(TOOK)
    assert page.url == second.url
    assert len(simulator.calls) == 1


def test_a_new_click_on_the_same_number_is_a_new_call(
    page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator
) -> None:
    page = page_of(ada)
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name=EXTENSION).click()
    bar = page.get_by_role("region", name="Call")
    bar.get_by_role("button", name="Hang up").click()
    expect(bar).to_contain_text("told to hang up")
    bar.get_by_role("link", name="Redial").click()
    expect(bar).to_contain_text(TOOK)
    assert len(simulator.rung) == 2


def test_going_back_and_typing_another_number_is_a_new_click(
    page_of: Callable[..., Page], ada: Any, simulator: Simulator
) -> None:
    page = page_of(ada, java_script_enabled=False)
    page.goto("/dial/")
    for number in ("4567", "4568"):
        page.get_by_role("textbox", name="Number").fill(number)
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("button", name="Call", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text(TOOK)
        page.get_by_role("button", name="Hang up").click()
        expect(page.get_by_role("main")).to_contain_text("told to hang up")
        for _ in range(3):
            page.go_back()
    assert [call.destination for call in simulator.rung] == ["4567", "4568"]


@pytest.mark.parametrize("script", [True, False])
def test_a_double_click_that_lands_on_the_page_that_asks_dials_nothing(
    script: bool, page_of: Callable[..., Page], ada: Any, simulator: Simulator
) -> None:
    """The page's first half second lasts as long as the test likes."""
    page = page_of(ada, java_script_enabled=script)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Animation.enable")
    devtools.send("Animation.setPlaybackRate", {"playbackRate": 0})
    page.goto("/dial/?number=4567")
    button = page.get_by_role("button", name="Call", exact=True)
    place = button.bounding_box()
    assert place
    for _ in range(2):
        page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.wait_for_load_state("networkidle")
    assert simulator.calls == ()
    button.press("Enter")  # keys are never in doubt
    expect(page.get_by_role("main")).to_contain_text(TOOK)
    simulator.hang_up(ADA_DESK)

    devtools.send("Animation.setPlaybackRate", {"playbackRate": 1})
    page.goto("/dial/?number=4568")
    button.click()
    expect(page.get_by_role("main")).to_contain_text(TOOK)
    assert len(simulator.rung) == 2
