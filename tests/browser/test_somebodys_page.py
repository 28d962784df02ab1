"""Numbers are copied, the org chart opens by the keyboard, a stranger becomes a contact."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from clicktodial.dialing.models import Contact
from directory.models import Person


def test_a_number_and_the_link_are_copied(
    page_of: Callable[..., Page], site: str, ada: Any, nora: Person
) -> None:
    page = page_of(ada, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"/people/{nora.pk}/")
    for button, copied in (
        ("Copy plus 4 1, 4 4, 6 6 8, 1 8, 0 0", "+41446681800"),
        ("Copy 4 5 6 7", "4567"),
        ("Copy the link", f"{site}/people/{nora.pk}/"),
    ):
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("status").last).to_contain_text(re.compile("copied", re.IGNORECASE))
        assert page.evaluate("navigator.clipboard.readText()") == copied


def test_the_org_chart_opens_level_by_level_with_the_keyboard(
    page_of: Callable[..., Page], ada: Any, nora: Person
) -> None:
    norbert = Person.objects.get(given_name="Norbert")
    Person.objects.create(given_name="Lea", family_name="Below", manager=norbert)
    page = page_of(ada)
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name="Org chart").click()
    here = page.get_by_role("main").locator("[aria-current]")
    expect(here).to_contain_text("Nora Keller")
    below = page.get_by_role("link", name="Lea Below")
    expect(below).to_be_hidden()
    page.locator("summary", has_text="1 report").focus()
    page.keyboard.press("Enter")
    expect(below).to_be_visible()
    page.get_by_role("link", name="All levels below, for printing").click()
    expect(below).to_be_visible()


def test_a_stranger_who_is_searched_for_is_told_of_and_kept(
    page_of: Callable[..., Page], ada: Any, nora: Person
) -> None:
    page = page_of(ada)
    page.goto("/")
    page.get_by_role("searchbox").press_sequentially("+44 161 496 0000")
    found = page.get_by_role("main")
    expect(found).to_contain_text("It looks like Manchester by its area code.")
    expect(found.get_by_role("link", name=re.compile("^Call "))).to_be_visible()
    found.get_by_role("link", name="Save as my contact").click()
    page.get_by_label("Name").fill("The garage")
    page.get_by_role("button", name="Save").click()
    expect(found).to_contain_text("The garage is saved.")
    assert [each.name for each in Contact.objects.filter(user=ada)] == ["The garage"]
    page.goto("/?q=0044+161+496+0000")
    expect(found).to_contain_text("The garage")
