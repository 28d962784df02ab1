"""axe finds nothing on any page in any state, light or dark; none scrolls sideways when narrow."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from clicktodial.demo.styleguide import ERRORS
from clicktodial.dialing.models import Cluster
from clicktodial.simulator import Simulator
from directory.models import Person
from tests.browser.console import Console
from tests.browser.test_narrow_screens import TOO_WIDE
from tests.browser.walk import every_page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LEAST = 70
"""Kinds of pages; fewer means that the walk lost its way."""


# Django's box to search a list in is named by its picture's alternative text, which is a label.
ALLOWED = {"label-title-only": {"enabled": False}}


def found_by_axe(page: Page, *rules: str) -> list[str]:
    """Whatever axe, which is in the page already, objects to, of whatever weight; a line each."""
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": RULES}
    options: dict[str, Any] = {"runOnly": only, "resultTypes": ["violations"], "preload": False}
    if not rules:
        options["rules"] = ALLOWED
    return [
        f"{page.url}: {found['id']}: {node['html'][:300]} {node.get('failureSummary', '')}"
        for found in page.evaluate("(options) => axe.run(options)", options)["violations"]
        for node in found["nodes"]
        # The style guide has one call bar beside the other, and a page has one.
        if found["id"] != "landmark-unique" or "/styleguide/" not in page.url
    ]


def _states(page: Page) -> Iterator[str]:
    """What no address alone shows, and the error pages; says what is open."""
    for code in ERRORS:
        page.goto(f"/styleguide/errors/{code}/")
        yield f"error {code}"
    page.goto("/?q=nobody-of-this-name-at-all")
    page.locator("summary", has_text="account menu").click()
    yield "nobody found, and the menu open"
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("dialog").wait_for()
    yield "the keys"
    page.goto("/?q=nora")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Department").wait_for()
    page.get_by_role("navigation", name="Narrow the results").wait_for()
    yield "filters open"
    for address in ("/dial/", "/dial/contacts/add/"):
        page.goto(address)
        for box in page.get_by_role("main").get_by_role("textbox").all():
            box.fill("letters")
        page.get_by_role("main").get_by_role("button").last.click()
        page.locator("[aria-invalid=true]").first.wait_for()
        yield f"{address} with an error"


def test_axe_finds_nothing_on_any_page_in_any_theme_and_width(
    page_of: Callable[..., Page],
    ada: Any,
    nora: Person,
    simulator: Simulator,
    site: str,
    settings: Any,
    console: Console,
) -> None:
    """Once with everything on a wide screen in the light, once with what differs elsewhere."""
    settings.ROOT_URLCONF = "clicktodial.demo.urls"  # with the style guide
    console.expect("status of 400")  # a number that is none,
    console.expect("status of 422")  # and one that cannot be kept
    ada.is_staff = ada.is_superuser = True
    ada.save()
    Cluster.objects.update(offers_proxy_page=True)
    page = page_of(ada, reduced_motion="reduce", bypass_csp=True)
    page.add_init_script(Axe().axe_script)
    found: list[str] = []
    routes = []
    for route in chain(every_page(page, site=site), _states(page)):
        routes.append(route)
        found += found_by_axe(page)
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 320, "height": 640})
        found += [f"dark, narrow: {it}" for it in found_by_axe(page, "color-contrast")]
        if wide := page.evaluate(TOO_WIDE):
            found.append(f"sideways: {wide[0]} {wide[1]} {wide[-1][:300]}")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 800})
    assert not found, "\n".join(found)
    assert len(routes) >= LEAST, routes
