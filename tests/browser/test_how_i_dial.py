"""How I dial: the way, a phone for one call, names for phones, what is said where it is out."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from clicktodial.dialing.models import Call, Cluster, DialProfile, Mode
from clicktodial.simulator import Simulator
from tests.browser.test_accessibility import _grave
from tests.browser.test_narrow_screens import _check
from tests.dialing.scene import ADA_DESK, ADA_SOFT

SCRIPT = pytest.mark.parametrize("script", [True, False])


def _dial(page: Page) -> None:
    page.goto("/dial/?number=4567")
    page.get_by_role("button", name="Call", exact=True).click()


@SCRIPT
def test_every_way_that_is_allowed_can_be_chosen_and_no_other(
    script: bool, page_of: Callable[..., Page], ada: Any, simulator: Simulator
) -> None:
    Cluster.objects.update(offers_tel=True, offers_webextel=True)
    page = page_of(ada, java_script_enabled=script)
    page.goto("/dial/profile/")
    offered = page.get_by_role("radio")
    assert offered.evaluate_all("them => them.map(it => it.value)") == [
        "desk",
        "popup",
        "tel",
        "webextel",
    ]
    for way in ("tel", "webextel"):
        page.goto("/dial/profile/")
        page.locator(f"input[value={way}]").check()
        page.get_by_role("button", name="Save").click()
        _dial(page)
        link = page.get_by_role("link", name="Open my softphone")
        expect(link.first).to_have_attribute("href", f"{way}:4567")
    assert simulator.calls == ()


@SCRIPT
def test_a_phone_with_a_name_of_ones_own_dials_this_call_only(
    script: bool, page_of: Callable[..., Page], ada: Any, simulator: Simulator
) -> None:
    page = page_of(ada, java_script_enabled=script, viewport={"width": 320, "height": 640})
    page.goto("/dial/phones/")
    page.locator(f"input[name*='{ADA_SOFT}']").fill("Headset")
    page.get_by_role("button", name="Save the names").click()
    expect(page.get_by_role("status").first).to_contain_text("The names are saved.")
    page.goto("/dial/?number=4567")
    page.get_by_role("link", name="Another phone for this call").click()
    expect(page.get_by_role("checkbox", name="For this call only")).to_be_checked()
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("checkbox", name="For this call only")).to_be_checked()
    page.get_by_role("radio", name=re.compile("^Headset · Line 1 0 0 1.*A softphone")).check()
    if script:
        assert not _grave(page)
        _check(page)
    page.get_by_role("button", name="Call ext. 4567 from this phone").click()
    expect(page.get_by_role("region", name="Call")).to_contain_text("Headset, line 1001")
    assert [call.device for call in simulator.rung] == [ADA_SOFT]
    assert DialProfile.objects.get(user=ada).device == ADA_DESK


@SCRIPT
def test_who_wants_to_be_asked_every_time_is_asked(
    script: bool, page_of: Callable[..., Page], ada: Any, simulator: Simulator
) -> None:
    page = page_of(ada, java_script_enabled=script)
    page.goto("/dial/profile/")
    page.get_by_role("checkbox", name="Ask me every time").check()
    page.get_by_role("button", name="Save").click()
    for device in (ADA_SOFT, ADA_DESK):
        _dial(page)
        page.get_by_role("radio", name=re.compile(f"Line 1 0 0 1.*{device}")).check()
        page.get_by_role("button", name="Call ext. 4567 from this phone").click()
        expect(page.get_by_role("main")).to_contain_text("should be dialling.")
        page.get_by_role("button", name="Hang up").click()
        expect(page.get_by_role("region", name="Call")).to_contain_text("told to hang up")
    assert [call.device for call in simulator.rung] == [ADA_SOFT, ADA_DESK]


@SCRIPT
@pytest.mark.parametrize("code", ["code:6", "code:9"])
def test_where_no_calls_are_taken_the_next_way_is_offered_and_not_taken(
    code: str, script: bool, page_of: Callable[..., Page], ada: Any, simulator: Simulator
) -> None:
    Cluster.objects.update(offers_tel=True)
    for node in ("west-1", "west-2"):
        simulator.fault(node, code, operation="makeCallSoap")
    page = page_of(ada, java_script_enabled=script)
    _dial(page)
    bar = page.get_by_role("region", name="Call")
    expect(bar).to_contain_text("No call was placed.")
    expect(bar.get_by_role("link", name=re.compile("^Dial with: "))).to_have_count(2)
    assert list(Call.objects.values_list("mode", flat=True)) == [Mode.DESK_PHONE]
    bar.get_by_role("link", name=re.compile("^Dial with: .*tel:")).click()
    if not script:
        page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_role("link", name="Open my softphone").first).to_be_visible()
    assert simulator.rung == ()
    assert DialProfile.objects.get(user=ada).mode == Mode.DESK_PHONE


@SCRIPT
def test_a_phone_signed_in_on_meanwhile_is_told_apart_when_looked_for_again(
    script: bool, page_of: Callable[..., Page], ada: Any, simulator: Simulator
) -> None:
    page = page_of(ada, java_script_enabled=script)
    DialProfile.objects.filter(user=ada).update(seen_devices={ADA_SOFT: ""})  # as listed before
    page.goto("/dial/phones/")
    page.get_by_role("link", name="Look again").click()
    new = page.locator(".field", has_text=ADA_DESK).first
    expect(new).to_contain_text("New here")
    expect(new).to_contain_text("If you signed in there by Extension Mobility")
    expect(page.locator(".field", has_text=ADA_SOFT)).not_to_contain_text("New here")
    page.goto("/dial/device/")
    page.get_by_role("radio", name=re.compile(f"Line 1 0 0 1.*{ADA_DESK}.*New here")).check()
    page.get_by_role("button", name="Use this phone").click()
    assert DialProfile.objects.get(user=ada).device == ADA_DESK
