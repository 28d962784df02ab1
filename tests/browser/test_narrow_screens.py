"""On a telephone's screen nothing has to be scrolled sideways, whatever stands there."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from clicktodial.dialing.models import Cluster
from clicktodial.simulator import Simulator
from directory.models import Person

TOO_WIDE = """() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const far = [...document.body.querySelectorAll("*")]
        .filter((it) => it.getBoundingClientRect().right > clientWidth);
    return [location.href, `${scrollWidth} > ${clientWidth}`, ...far.map((it) => it.outerHTML)];
}"""


def _check(page: Page) -> None:
    found = page.evaluate(TOO_WIDE)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [320, 360])
def test_nothing_scrolls_sideways(
    width: int, page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator
) -> None:
    Cluster.objects.update(offers_proxy_page=True)
    page = page_of(ada, viewport={"width": width, "height": 640}, has_touch=True)
    addresses = [
        "/",
        "/?q=no",
        "/?q=nobody-of-this-name-at-all",
        f"/people/{nora.pk}/",
        f"/departments/{nora.department_id}/",
        "/favourites/",
        "/locations/",
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
    ]
    for address in addresses:
        page.goto(address)
        _check(page)

    page.goto("/?q=nora")
    page.get_by_role("link", name=re.compile(r"^Call Nora Keller.* 1 8, 0 0\b")).tap()
    bar = page.get_by_role("region", name="Call")
    expect(bar).to_contain_text("The phone system took the call.")
    bar.get_by_text("Phone did not ring?").tap()
    _check(page)
    page.locator("summary", has_text="account menu").tap()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    _check(page)


def test_the_call_bar_covers_no_last_line(
    page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator
) -> None:
    page = page_of(ada, viewport={"width": 320, "height": 480})
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name=re.compile(r"^Call Nora Keller.* 1 8, 0 0\b")).click()
    expect(page.get_by_role("region", name="Call")).to_contain_text(
        "The phone system took the call."
    )
    page.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")
    bar = page.get_by_role("region", name="Call").bounding_box()
    last = page.get_by_text("One click makes at most one call.").bounding_box()
    assert bar
    assert last
    assert last["y"] + last["height"] <= bar["y"]
