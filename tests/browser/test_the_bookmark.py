"""The bookmark takes what is selected on any site to the page of the number."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from clicktodial.simulator import Simulator
from directory.models import Person
from tests.browser.console import Console
from tests.browser.elsewhere import Elsewhere, call_from


def test_the_bookmark_takes_the_selection(
    page_of: Callable[..., Page],
    ada: Any,
    nora: Person,
    elsewhere: Elsewhere,
    simulator: Simulator,
) -> None:
    page = page_of(ada)
    page.goto("/dial/anywhere/selection/")
    bookmark = page.get_by_label("Address of the bookmark").input_value()
    assert page.get_by_role("link", name="Dial the selection").get_attribute("href") == bookmark

    page.goto(elsewhere.write("<p>044 668 18 00</p>"))
    page.get_by_text("044 668 18 00").select_text()
    with page.context.expect_page() as opened:
        _press(page, bookmark)
    call_from(opened.value, simulator)


def test_a_number_among_selected_words_is_offered_and_not_guessed(
    page_of: Callable[..., Page],
    ada: Any,
    nora: Person,
    elsewhere: Elsewhere,
    console: Console,
    simulator: Simulator,
) -> None:
    page = page_of(ada)
    page.goto("/dial/anywhere/selection/")
    bookmark = page.get_by_label("Address of the bookmark").input_value()
    page.goto(elsewhere.write("<p>Nora (Treasury), 044 668 18 00, ask before noon</p>"))
    page.get_by_text("Nora").select_text()
    console.expect("400")
    with page.context.expect_page() as opened:
        _press(page, bookmark)
    expect(opened.value.get_by_role("button", name="Call", exact=True)).to_have_count(0)
    opened.value.get_by_role("link", name="044 668 18 00").click()
    call_from(opened.value, simulator)


def test_the_bookmark_takes_what_is_selected_in_a_field_but_no_password(
    page_of: Callable[..., Page], ada: Any, nora: Person, elsewhere: Elsewhere
) -> None:
    page = page_of(ada)
    page.goto("/dial/anywhere/selection/")
    bookmark = page.get_by_label("Address of the bookmark").input_value()
    page.goto(elsewhere.write('<input id="f" value="tel 4567"><input type="password" id="p">'))
    page.evaluate("() => { f.focus(); f.setSelectionRange(4, 8) }")
    with page.context.expect_page() as opened:
        _press(page, bookmark)
    expect(opened.value).to_have_url(re.compile("number=4567$"))

    page.evaluate("() => { p.value = '12345678'; p.focus(); p.select() }")
    with page.expect_event("dialog") as asked:
        _press(page, bookmark)
    assert asked.value.message == "Which number?"
    asked.value.dismiss()
    assert len(page.context.pages) == 2


def _press(page: Page, bookmark: str) -> None:
    """As the bookmarks bar does it: the page keeps its selection and its focus."""
    page.evaluate(
        """address => { const link = document.createElement("a");
        link.href = address; document.body.append(link); link.click(); link.remove(); }""",
        bookmark,
    )
