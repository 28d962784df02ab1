"""The filters narrow what was typed, say how many they leave, and take the list along."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Permission
from playwright.sync_api import Page, expect

from directory.models import Department, Person


def test_open_filters_offer_what_narrows_and_a_list(
    page_of: Callable[..., Page], ada: Any, nora: Person
) -> None:
    sales = Department.objects.create(name="Sales")
    Person.objects.create(given_name="Nora", family_name="Other", department=sales)
    ada.user_permissions.add(Permission.objects.get(codename="export_people"))
    page = page_of(ada)
    page.goto("/")
    page.get_by_role("searchbox").press_sequentially("nora")
    expect(page.locator("#found .person")).to_have_count(2)
    assert page.locator("#facets a").count() == 0

    page.get_by_text("Filters", exact=True).click()
    chips = page.get_by_role("navigation", name="Narrow the results")
    expect(chips.get_by_role("link", name="Sales 1")).to_be_visible()
    page.get_by_role("searchbox").fill("nora oth")
    expect(chips.get_by_role("link")).to_have_count(1)

    chips.get_by_role("link", name="Sales 1").click()
    expect(page).to_have_url(f"**/?q=nora+oth&department={sales.pk}".replace("**", page_base(page)))
    expect(chips.get_by_role("link", name="Sales (take off)")).to_be_visible()
    page.get_by_role("button", name="To print").click()
    expect(page.get_by_role("heading", name="Phone list")).to_be_visible()
    expect(page.get_by_role("row", name="Nora Other")).to_be_visible()


def page_base(page: Page) -> str:
    return page.url.partition("/?")[0]
