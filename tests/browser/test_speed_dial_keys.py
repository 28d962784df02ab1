"""The keys 1 to 9 dial on the speed-dial page, and nowhere else."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from clicktodial.dialing.models import SpeedDial
from clicktodial.dialplan.number import read
from clicktodial.simulator import Simulator


def _keep(user: Any) -> None:
    SpeedDial.objects.add(user, "Nora", read("4567"))
    SpeedDial.objects.add(user, "Bo", read("4568"))


def test_a_digit_dials_the_number_of_its_key(
    page_of: Callable[..., Page], ada: Any, simulator: Simulator
) -> None:
    _keep(ada)
    page = page_of(ada)
    page.goto("/dial/speed/")
    page.keyboard.press("2")
    expect(page.get_by_role("region", name="Call")).to_contain_text(
        "The phone system took the call."
    )
    assert [call.destination for call in simulator.calls] == ["4568"]


def test_a_digit_is_a_digit_where_somebody_types_and_on_every_other_page(
    page_of: Callable[..., Page], ada: Any, simulator: Simulator
) -> None:
    _keep(ada)
    page = page_of(ada)
    page.goto("/dial/speed/")
    page.get_by_role("textbox", name="Number").press("1")
    page.keyboard.press("Control+1")
    page.goto("/dial/calls/")
    page.keyboard.press("1")
    page.goto("/dial/speed/")
    expect(page.get_by_role("region", name="Call")).to_have_count(0)
    assert simulator.calls == ()


def test_without_javascript_a_row_leads_to_the_page_that_dials(
    page_of: Callable[..., Page], ada: Any, simulator: Simulator
) -> None:
    _keep(ada)
    page = page_of(ada, java_script_enabled=False)
    page.goto("/dial/speed/")
    page.get_by_role("button", name="Move Nora down").click()
    page.get_by_role("link", name="Nora", exact=True).click()
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("The phone system took the call.")
    page.goto("/dial/calls/")
    page.get_by_role("link", name="Erase extension 4 5 6 7").click()
    page.get_by_role("button", name="Erase").click()
    expect(page.get_by_role("main")).to_contain_text("No calls yet")
    assert len(simulator.calls) == 1
