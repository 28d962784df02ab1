"""A person in a real browser watches a phone ring and uses the pop-up."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from clicktodial.simulator import Simulator
from tests.browser import chromium as chromiums

from .conftest import Wire

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real browser, which is gone with the last of these tests: see `chromiums.running`."""
    with chromiums.running() as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser) -> Page:
    context = chromium.new_context(viewport={"width": 420, "height": 300})
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.on("console", lambda text: pytest.fail(text.text) if text.type == "error" else None)
    return page


@pytest.fixture(autouse=True)
def close_pages(page: Page) -> Iterator[None]:
    yield
    page.context.close()


def test_a_phone_rings_is_answered_and_hangs_up_before_one_s_eyes(
    sim: Simulator, old: Wire, page: Page
) -> None:
    page.goto(f"{sim.phones_url}?device=SEP01")
    phone = page.get_by_role("article")
    expect(phone).to_contain_text("Idle")
    old.call("0441234567")
    expect(phone).to_contain_text("Ringing")
    expect(phone).to_contain_text("0441234567")
    expect(page.get_by_role("status")).to_have_text("Eva Ito, SEP01, Ringing, 0441234567")
    sim.answer("SEP01")
    expect(phone).to_contain_text("In a call")
    old.end()
    expect(phone).to_contain_text("Call ended")


def test_idle_phones_are_found_while_typing(sim: Simulator, page: Page) -> None:
    page.goto(sim.phones_url)
    expect(page.get_by_role("article")).to_have_count(3)
    page.get_by_role("searchbox", name="Find a phone").fill("noah")
    expect(page.get_by_role("article")).to_have_count(1)


def test_the_pop_up_dials_and_counts_down_in_its_small_window(sim: Simulator, page: Page) -> None:
    page.goto(f"{sim.node('old').url}/webdialer/Webdialer?destination=4711")
    page.get_by_label("User ID").fill("eva")
    page.get_by_label("Password").fill("eva's word")
    page.get_by_role("button", name="Login").click()
    page.get_by_label("Calling device").select_option("CSFeva")
    expect(page.get_by_label("Calling line")).to_have_value("1001 ; no partition")
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="Dial").click()
    hangup = page.get_by_role("button", name="Hangup")
    expect(hangup).to_be_in_viewport()
    expect(page.locator("output")).to_have_text("14")
    assert sim.phone("CSFeva").digits == "4711"
    hangup.click()
    expect(page.get_by_role("heading", name="Call ended")).to_be_visible()
    assert sim.phone("CSFeva").state == "ended"
