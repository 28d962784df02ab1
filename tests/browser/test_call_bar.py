"""The call bar goes along from page to page until it is closed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from clicktodial.dialing.models import DialProfile
from clicktodial.simulator import Simulator
from directory.models import Person
from tests.dialing.scene import ADA_DESK

TOOK = "The phone system took the call."
COVERED = """() => [...document.querySelectorAll("a, button, input, summary")].filter((it) => {
    it.focus();
    if (document.activeElement !== it || it.closest(".dock, .site-header, .skip")) return false;
    const { left, top, width, height } = it.getBoundingClientRect();
    const shows = (x, y) => it.contains(document.elementFromPoint(left + x, top + y));
    return ![2, height / 2, height - 2].some((y) => shows(width / 2, y) || shows(4, y));
}).map((it) => it.outerHTML)"""


@pytest.fixture
def page(page_of: Callable[..., Page], ada: Any, nora: Person) -> Page:
    """Ada, who has just called Nora."""
    page = page_of(ada)
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name=re.compile(r"^Call Nora Keller.* 4 5 6 7\b")).click()
    expect(_bar(page)).to_contain_text(TOOK)
    return page


def _bar(page: Page) -> Locator:
    return page.get_by_role("region", name="Call")


def test_it_survives_navigation_and_still_hangs_up(page: Page, simulator: Simulator) -> None:
    page.get_by_role("link", name="Favourites").click()
    expect(page).to_have_url(re.compile("/favourites/$"))
    expect(_bar(page)).to_contain_text(TOOK)
    expect(_bar(page)).to_contain_text("Nora Keller")
    _bar(page).get_by_role("button", name="Hang up").click()
    expect(_bar(page)).to_contain_text("The phone system was told to hang up.")
    assert simulator.phone(ADA_DESK).state == "ended"


def test_closed_it_stays_closed_and_the_call_goes_on(page: Page, simulator: Simulator) -> None:
    _bar(page).get_by_role("button", name="Close the call bar").click()
    expect(_bar(page)).to_have_count(0)
    page.get_by_role("link", name="Favourites").click()
    expect(page).to_have_url(re.compile("/favourites/$"))
    expect(_bar(page)).to_have_count(0)
    assert simulator.phone(ADA_DESK).state == "ringing"
    assert simulator.ends == ()


def test_a_phone_that_did_not_ring_gets_advice(page: Page) -> None:
    _bar(page).get_by_text("Phone did not ring?").click()
    expect(_bar(page).get_by_text(f"The call is dialled on {ADA_DESK}")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(320, 480), (1280, 640)])
def test_what_has_the_focus_is_never_under_it(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    for address in (page.url, "/dial/profile/", "/dial/delegations/add/?name=nora"):
        page.goto(address)
        expect(_bar(page)).to_contain_text(TOOK)
        assert page.evaluate(COVERED) == []


def test_another_tab_may_hang_up(page: Page, simulator: Simulator) -> None:
    second = page.context.new_page()
    second.goto("/")
    _bar(second).get_by_role("button", name="Hang up").click()
    expect(_bar(second)).to_contain_text("The phone system was told to hang up.")
    assert simulator.phone(ADA_DESK).state == "ended"


def test_it_folds_after_the_persons_seconds_says_so_and_opens_again(
    page: Page, ada: Any, simulator: Simulator
) -> None:
    """The clock goes on by hand, so that nothing here depends on how busy the machine is."""
    expect(_bar(page).get_by_role("button", name="Hang up")).to_have_class("button danger")
    DialProfile.objects.filter(user=ada).update(hang_up_seconds=600)
    page.clock.install()
    page.goto("/favourites/")
    bar, about = _bar(page), _bar(page).get_by_text("Desk phone, …00A1, line 1001")
    page.clock.run_for(500_000)
    expect(about).to_be_visible()
    bar.get_by_role("button", name="Hang up").focus()
    page.clock.run_for(120_000)
    expect(about).to_be_visible()  # not under somebody's hands
    page.get_by_role("searchbox").focus()
    page.clock.run_for(10_000)
    expect(about).to_be_hidden()
    expect(page.locator("#announcer")).to_contain_text("Hang up is still there")
    expect(bar.get_by_role("button", name="Hang up")).to_have_class("button quiet")
    bar.get_by_role("button", name="Show all of the call bar").press("Enter")
    expect(about).to_be_visible()
    page.clock.run_for(1_200_000)
    expect(about).to_be_visible()
    bar.get_by_role("button", name="Hang up").click()
    expect(bar).to_contain_text("The phone system was told to hang up.")
    assert simulator.phone(ADA_DESK).state == "ended"


def test_who_keeps_it_open_keeps_it_open(page: Page, ada: Any) -> None:
    DialProfile.objects.filter(user=ada).update(hang_up_seconds=10, keeps_bar=True)
    page.clock.install()
    page.goto("/favourites/")
    page.clock.run_for(3_600_000)
    expect(_bar(page).get_by_text("Desk phone, …00A1, line 1001")).to_be_visible()
    expect(_bar(page).get_by_role("button", name="Hang up")).to_have_class("button danger")
