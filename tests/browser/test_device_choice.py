"""The first click of somebody who has chosen no phone yet goes on by itself."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from clicktodial.dialing.models import DialProfile
from clicktodial.simulator import Simulator
from directory.models import Person
from tests.dialing.scene import ADA_DESK, ADA_SOFT

EXTENSION = re.compile(r"^Call Nora Keller.* 4 5 6 7\b")


def test_the_first_click_asks_for_the_phone_and_then_rings_it(
    page_of: Callable[..., Page], newcomer: Any, nora: Person, simulator: Simulator
) -> None:
    page = page_of(newcomer)
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name=EXTENSION).click()

    expect(page.get_by_role("heading", name="Which phone should dial?")).to_be_visible()
    assert simulator.calls == ()
    page.get_by_role("radio", name=re.compile(f"Line 1 0 0 2.*{ADA_DESK}")).check()
    page.get_by_role("button", name="Call ext. 4567 from this phone").click()

    bar = page.get_by_role("region", name="Call")
    expect(bar).to_contain_text("The phone system took the call.")
    phone = simulator.phone(ADA_DESK)
    assert (phone.state, phone.digits, phone.line) == ("ringing", "4567", "1002 ; no partition")
    profile = DialProfile.objects.of(newcomer)
    assert (profile.device, profile.line_number) == (ADA_DESK, "1002")

    page.goto(f"/people/{nora.pk}/")
    bar.get_by_role("button", name="Hang up").click()
    expect(bar).to_contain_text("The phone system was told to hang up.")
    page.get_by_role("link", name=EXTENSION).click()
    expect(bar).to_contain_text("The phone system took the call.")
    assert [call.device for call in simulator.rung] == [ADA_DESK, ADA_DESK]


def test_going_back_to_the_choice_and_pressing_again_makes_no_second_call(
    page_of: Callable[..., Page], newcomer: Any, nora: Person, simulator: Simulator
) -> None:
    page = page_of(newcomer)
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name=EXTENSION).click()
    for _ in range(2):
        page.get_by_role("radio", name=re.compile(f"Line 1 0 0 2.*{ADA_DESK}")).check()
        page.get_by_role("button", name="Call ext. 4567 from this phone").click()
        expect(page.get_by_role("heading", name="Nora Keller")).to_be_visible()
        page.go_back()
    assert len(simulator.calls) == 1


def test_another_phone_can_be_chosen_at_any_time(
    page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator
) -> None:
    page = page_of(ada)
    page.goto("/dial/profile/")
    page.get_by_role("link", name="Choose another phone").click()
    expect(page.get_by_role("radio", checked=True)).to_have_attribute("value", re.compile(ADA_DESK))
    page.get_by_role("radio", name=re.compile(ADA_SOFT)).check()
    page.get_by_role("button", name="Use this phone").click()
    expect(page.get_by_role("status").first).to_contain_text(f"From now on {ADA_SOFT} dials")

    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name=EXTENSION).click()
    expect(page.get_by_role("region", name="Call")).to_contain_text(f"{ADA_SOFT}, line 1001")
    assert simulator.phone(ADA_SOFT).state == "ringing"
