"""A page whose token is not good any more gets our words, and no call."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from clicktodial.simulator import Simulator
from directory.models import Person
from tests.browser.console import Console

SPOIL = "() => document.getElementsByName('csrfmiddlewaretoken').forEach(it => it.value = 'stale')"
EXTENSION = re.compile(r"^Call Nora Keller.* 4 5 6 7\b")


def test_a_form_with_a_wrong_token_shows_our_page(
    page_of: Callable[..., Page], ada: Any, simulator: Simulator, console: Console
) -> None:
    console.expect("403 (Forbidden)")
    page = page_of(ada)
    page.goto("/dial/?number=4567")
    page.evaluate(SPOIL)
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_role("heading", name="This page had gone stale")).to_be_visible()
    expect(page.get_by_text("Nothing was dialled")).to_be_visible()
    assert simulator.calls == ()


def test_a_click_with_a_wrong_token_leads_to_the_page_of_the_number(
    page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator, console: Console
) -> None:
    console.expect("403 (Forbidden)")
    page = page_of(ada)
    page.goto(f"/people/{nora.pk}/")
    page.evaluate(SPOIL)
    page.get_by_role("link", name=EXTENSION).click()
    expect(page.get_by_role("heading", name="Call Nora Keller?")).to_be_visible()
    assert simulator.calls == ()
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("The phone system took the call.")
    assert len(simulator.calls) == 1


def test_a_click_after_signing_out_elsewhere_leads_to_signing_in_and_on_to_the_number(
    page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator
) -> None:
    page = page_of(ada)
    page.goto(f"/people/{nora.pk}/")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("link", name=EXTENSION).click()
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill("ada-pass")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Call Nora Keller?")).to_be_visible()
    assert simulator.calls == ()
