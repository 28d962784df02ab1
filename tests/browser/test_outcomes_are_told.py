"""What became of a click stands in the call bar, and is said to those who listen."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from clicktodial.simulator import Simulator
from directory.models import Person
from tests.browser.console import Console
from tests.dialing.scene import ADA_DESK

LOST_SITE = "This site did not answer. Your phone may be dialling; look at it"


@pytest.fixture
def page(page_of: Callable[..., Page], ada: Any, nora: Person) -> Page:
    """Ada before Nora's numbers."""
    page = page_of(ada)
    page.goto(f"/people/{nora.pk}/")
    return page


def _click(page: Page) -> Locator:
    page.get_by_role("link", name=re.compile(r"^Call Nora Keller.* 4 5 6 7\b")).click()
    return page.get_by_role("region", name="Call")


def _everywhere(simulator: Simulator, fault: str) -> None:
    for node in ("west-1", "west-2"):
        simulator.fault(node, fault, operation=None if fault == "refuses" else "makeCallSoap")


def test_an_unreachable_cluster(page: Page, simulator: Simulator) -> None:
    _everywhere(simulator, "refuses")
    bar = _click(page)
    expect(bar).to_contain_text("The phone system could not be reached. No call was placed.")
    expect(bar.get_by_role("button", name="Hang up")).to_have_count(0)
    assert simulator.calls == ()


def test_a_number_without_a_route(page: Page, simulator: Simulator) -> None:
    _everywhere(simulator, "code:7")
    bar = _click(page)
    expect(bar).to_contain_text("The phone system found no way to this number. Check the number")
    assert simulator.rung == ()


def test_a_lost_reply(page: Page, simulator: Simulator) -> None:
    _everywhere(simulator, "drops")
    bar = _click(page)
    expect(bar).to_contain_text("We could not confirm this call. Did your phone ring?")
    assert len(simulator.calls) == 1
    simulator.mend()
    bar.get_by_role("button", name="Hang up").click()
    expect(bar).to_contain_text("The phone system was told to hang up.")
    assert simulator.phone(ADA_DESK).state == "ended"


def test_a_phone_that_is_gone_leads_to_the_choice(page: Page, simulator: Simulator) -> None:
    _everywhere(simulator, "code:5")
    bar = _click(page)
    expect(bar).to_contain_text("no longer yours. No call was placed.")
    bar.get_by_role("link", name="Choose a phone").click()
    expect(page.get_by_role("heading", name="Which phone should dial?")).to_be_visible()


def test_a_site_lost_in_mid_click(page: Page, simulator: Simulator, console: Console) -> None:
    console.expect("net::ERR_FAILED")
    page.route("**/dial/**", lambda route: route.abort())
    expect(_click(page)).to_contain_text(LOST_SITE)
    assert simulator.calls == ()


def test_a_lost_answer_of_the_site_is_asked_for_again_without_a_second_call(
    page: Page, simulator: Simulator, console: Console
) -> None:
    """The request arrives, its answer does not; the same click asks what became of it."""
    console.expect("net::ERR_FAILED")
    posted = []

    def lose_the_first(route: Any) -> None:
        posted.append(route.request.post_data)
        answer = route.fetch()
        if len(posted) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route(re.compile("/dial/$"), lose_the_first)
    expect(_click(page)).to_contain_text("The phone system took the call.")
    assert len(posted) == 2
    assert posted[0] == posted[1]
    assert len(simulator.calls) == 1


def test_the_words_are_said_to_screen_readers(page: Page, simulator: Simulator) -> None:
    announcer = page.locator("#announcer")
    expect(announcer).to_have_role("status")
    bar = _click(page)
    expect(announcer).to_have_text(
        re.compile(
            r"Nora Keller extension 4 5 6 7\. The phone system took the call\. Your phone should"
        )
    )
    bar.get_by_role("button", name="Hang up").click()
    expect(announcer).to_have_text(re.compile(r"The phone system was told to hang up\."))


def test_a_refusal_is_said_to_screen_readers(page: Page, simulator: Simulator) -> None:
    _everywhere(simulator, "code:7")
    _click(page)
    expect(page.locator("#announcer")).to_have_text(re.compile("found no way to this number"))
