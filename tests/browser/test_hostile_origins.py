"""Whatever another site tries, nothing rings that nobody pressed."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, expect

from clicktodial.simulator import Simulator
from directory.models import Person
from tests.browser.console import Console
from tests.browser.elsewhere import Elsewhere


def test_a_page_that_frames_ours_shows_nothing_of_it(
    site: str,
    page_of: Callable[..., Page],
    ada: Any,
    nora: Person,
    elsewhere: Elsewhere,
    console: Console,
    simulator: Simulator,
) -> None:
    console.expect("frame-ancestors 'none'")
    page = page_of(ada)
    page.goto(elsewhere.write(f'<iframe src="{site}/dial/?number=4567" title="x"></iframe>'))
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("button", name="Call")).to_have_count(0)
    assert not page.frames[1].url.startswith(site)
    assert simulator.calls == ()


def test_a_form_of_another_site_dials_nothing(
    site: str,
    page_of: Callable[..., Page],
    ada: Any,
    elsewhere: Elsewhere,
    console: Console,
    simulator: Simulator,
) -> None:
    console.expect("403")
    page = page_of(ada)
    click = f'<input name="click" value="{uuid4()}">'
    fields = f'<input name="number" value="4567">{click}'
    page.goto(
        elsewhere.write(
            f'<form method="post" action="{site}/dial/">{fields}<button>Win</button></form>'
        )
    )
    page.get_by_role("button", name="Win").click()
    expect(page.get_by_role("main")).to_be_visible()
    assert page.url == f"{site}/dial/"
    assert simulator.calls == ()


def test_a_prefetch_an_image_and_a_script_that_get_the_address_dial_nothing(
    site: str, page_of: Callable[..., Page], ada: Any, elsewhere: Elsewhere, simulator: Simulator
) -> None:
    page = page_of(ada)
    address = f"{site}/dial/?number=4567"
    page.goto(
        elsewhere.write(
            f'<link rel="prefetch" href="{address}"><img src="{address}" alt="a number">'
        )
    )
    page.evaluate("address => fetch(address, {mode: 'no-cors', credentials: 'include'})", address)
    page.wait_for_load_state("networkidle")
    assert simulator.calls == ()
