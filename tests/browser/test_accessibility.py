"""axe finds nothing serious on any main page, in the light and in the dark."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from clicktodial.dialing.models import Cluster
from clicktodial.simulator import Simulator
from directory.models import Person

GRAVE = {"serious", "critical"}


def _grave(page: Page, *, but: str = "") -> str:
    """What axe finds serious or critical, a paragraph each, leaving out the selector `but`."""
    looked_at = {"exclude": [[but]]} if but else None
    options = {"resultTypes": ["violations"], "preload": False}
    violations = Axe().run(page, context=looked_at, options=options).response["violations"]
    return "\n".join(
        f"{page.url}: {found['id']}: {node['html']} {node.get('failureSummary', '')}"
        for found in violations
        if found["impact"] in GRAVE
        for node in found["nodes"]
    )


def _check(page: Page, *, but: str = "") -> None:
    found = _grave(page, but=but)
    assert not found, found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_on_the_main_pages(
    scheme: str, page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator
) -> None:
    Cluster.objects.update(offers_proxy_page=True)
    page = page_of(ada, color_scheme=scheme, reduced_motion="reduce")
    found = ""
    for address in (
        "/",
        "/?q=nobody-of-this-name-at-all",
        f"/people/{nora.pk}/",
        "/departments/",
        f"/departments/{nora.department_id}/",
        f"/locations/{nora.location_id}/",
        "/favourites/",
        "/dial/?number=%2B41446681800",
        "/dial/",
        "/dial/device/",
        "/dial/profile/",
        "/dial/calls/",
        "/dial/speed/",
        "/dial/contacts/",
        "/dial/contacts/add/",
        "/dial/contacts/file/",
        "/dial/phones/",
        "/dial/delegations/",
        "/dial/delegations/add/?name=nora",
        "/dial/calls/erase/",
        "/dial/proxy/",
    ):
        page.goto(address)
        found += _grave(page)

    page.goto("/?q=no")
    page.get_by_role("link", name=re.compile(r"^Call Nora Keller.* 1 8, 0 0\b")).click()
    bar = page.get_by_role("region", name="Call")
    expect(bar).to_contain_text("The phone system took the call.")
    bar.get_by_text("Phone did not ring?").click()
    page.locator("summary", has_text="account menu").click()
    found += _grave(page)

    for node in ("west-1", "west-2"):
        simulator.fault(node, "code:7", operation="makeCallSoap")
    bar.get_by_role("link", name="Redial").click()
    expect(bar).to_contain_text("found no way")
    found += _grave(page)
    assert not found, found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_before_signing_in(
    scheme: str, open_browser: Callable[..., BrowserContext], simulator: Simulator
) -> None:
    page = open_browser(color_scheme=scheme).new_page()
    page.goto("/sign-in/")
    _check(page)
    page.goto(simulator.phones_url)
    _check(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_in_the_window(
    scheme: str, page_of: Callable[..., Page], bruno: Any, nora: Person
) -> None:
    """Our own page in it, which stays only where there is no JavaScript to go on by itself."""
    page = page_of(bruno, color_scheme=scheme)
    page.context.route(
        "**/window.*.js", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    page.goto(f"/people/{nora.pk}/")
    with page.expect_popup() as opened:
        page.get_by_role("link", name=re.compile(r"^Call Nora Keller.* 4 5 6 7\b")).click()
    expect(opened.value.get_by_role("button", name="Go on to “Cisco WebDialer”")).to_be_visible()
    _check(opened.value)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_in_the_administration_of_a_cluster(
    scheme: str, page_of: Callable[..., Page], admin_user: Any, clusters: dict[str, Cluster]
) -> None:
    address = f"/admin/dialing/cluster/{clusters['west'].pk}/change/"
    page_of(admin_user).goto(address)  # as it is served; axe below needs styles of its own
    page = page_of(admin_user, color_scheme=scheme, bypass_csp=True)
    page.goto(address)
    expect(page.get_by_role("status")).to_have_text("Examined.")  # by the doctor beside it
    # Django's own table of inline rows names its fields by the heads of the columns alone.
    _check(page, but=".tabular")
