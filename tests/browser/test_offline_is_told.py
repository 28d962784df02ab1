"""Who is offline reads so in words, in the page and in the installed app, and never dials by it."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from directory.models import Person
from tests.browser.console import Console


def test_the_page_says_that_the_computer_is_offline_until_it_is_not(
    page_of: Callable[..., Page], ada: Any, nora: Person
) -> None:
    page = page_of(ada)
    page.goto("/")
    notice = page.locator("#toasts .notice")
    page.context.set_offline(True)
    expect(notice).to_contain_text("You are offline. Nothing can be looked up or dialled")
    expect(page.locator("#announcer")).to_contain_text("You are offline.")
    page.context.set_offline(False)
    expect(notice).to_have_count(0)
    expect(page.locator("#announcer")).to_have_text("The connection is back.")


def test_a_search_without_an_answer_says_what_is_still_shown(
    page_of: Callable[..., Page], ada: Any, nora: Person, console: Console
) -> None:
    console.expect("net::ERR_FAILED")
    page = page_of(ada)
    page.goto("/?q=nora")
    page.route("**/?q=nor", lambda route: route.abort())
    page.get_by_role("searchbox").fill("nor")
    notice = page.locator("#toasts .notice")
    expect(notice).to_contain_text("The site cannot be reached. What you see is its last answer.")
    page.get_by_role("searchbox").fill("no")
    expect(notice).to_have_count(0)


def test_the_installed_app_shows_a_page_that_says_so(
    page_of: Callable[..., Page], ada: Any, nora: Person
) -> None:
    page = page_of(ada)
    page.goto("/?q=nora")
    page.evaluate("() => navigator.serviceWorker.register('/worker.js')")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    kept = page.evaluate(
        """async () => {
            const cache = await caches.open((await caches.keys())[0]);
            return (await cache.keys()).map((request) => new URL(request.url).pathname);
        }"""
    )
    assert len(kept) == 3
    assert kept[0] == "/offline/"

    page.context.set_offline(True)
    page.goto(f"/people/{nora.pk}/")
    expect(page.get_by_role("heading", name="No connection to the directory")).to_be_visible()
    assert "Keller" not in page.content()
    style = "() => getComputedStyle(document.querySelector('.button')).borderRadius"
    assert page.evaluate(style) != "0px"  # the stylesheet is there, too

    page.context.set_offline(False)
    page.goto(f"/people/{nora.pk}/")
    expect(page.get_by_role("heading", name="Nora Keller")).to_be_visible()
