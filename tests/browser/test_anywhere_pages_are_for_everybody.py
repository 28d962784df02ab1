"""The pages that show how to dial from elsewhere: accessible, narrow, and true."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from clicktodial.simulator import Simulator
from tests.browser.test_accessibility import _grave
from tests.browser.test_narrow_screens import _check
from tests.dialing.scene import ADA_DESK

PAGES = [
    "/dial/anywhere/",
    "/dial/anywhere/links/",
    "/dial/anywhere/selection/",
    "/dial/anywhere/extensions/",
    "/dial/anywhere/address-bar/",
    "/dial/anywhere/other-sites/",
    "/dial/tokens/",
]


def _make_token(page: Page) -> str:
    page.goto("/dial/tokens/")
    page.get_by_label("What it is for").fill("My CRM, which has quite a long name, as CRMs do")
    page.get_by_role("checkbox", name="Search people").check()
    page.get_by_role("checkbox", name="Dial from my phone").check()
    page.get_by_role("button", name="Make the token").click()
    return page.get_by_label("Token", exact=True).input_value()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_and_nothing_sideways(
    scheme: str, page_of: Callable[..., Page], ada: Any
) -> None:
    page = page_of(ada, color_scheme=scheme, viewport={"width": 320, "height": 640})
    found = ""
    for address in PAGES:
        page.goto(address)
        found += _grave(page)
        _check(page)
    _make_token(page)
    _check(page)
    found += _grave(page)
    assert not found, found


def test_a_token_made_on_the_page_dials_once_and_not_after_it_is_revoked(
    page_of: Callable[..., Page],
    open_browser: Callable[..., BrowserContext],
    ada: Any,
    simulator: Simulator,
) -> None:
    page = page_of(ada)
    token = _make_token(page)
    program = open_browser().request  # without her session
    asked = {
        "headers": {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())},
        "data": {"number": "4567"},
    }
    answers = [program.post("/api/v1/calls", **asked) for _ in range(2)]
    assert [answer.status for answer in answers] == [201, 201]
    assert [(call.device, call.destination) for call in simulator.calls] == [(ADA_DESK, "4567")]

    page.goto("/dial/tokens/")
    assert token not in page.content()
    expect(page.get_by_role("row").nth(1)).not_to_contain_text("never")
    page.get_by_role("button", name="Revoke My CRM").click()
    expect(page.get_by_role("main")).to_contain_text("is revoked.")
    assert program.post("/api/v1/calls", **asked).status == 401
