"""Softphones, another way where one is out, and the form that goes past this site."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from clicktodial.dialing.models import Call, Cluster, DialProfile, Mode
from clicktodial.simulator import Simulator
from directory.models import Person
from tests.browser import popup_window as window
from tests.dialing.scene import ADA_DESK, PASSWORD

EXTENSION = re.compile(r"^Call Nora Keller.* 4 5 6 7\b")


def test_a_softphones_link_is_opened_and_the_page_stays(
    page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator
) -> None:
    Cluster.objects.update(offers_tel=True)
    DialProfile.objects.update(mode=Mode.TEL)
    page = page_of(ada)
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name=EXTENSION).click()
    bar = page.get_by_role("region", name="Call")
    expect(bar).to_contain_text("Handed to the softphone on your computer")
    expect(bar.get_by_role("link", name="Open my softphone")).to_have_attribute("href", "tel:4567")
    expect(page).to_have_url(re.compile(f"/people/{nora.pk}/$"))
    assert simulator.calls == ()


def test_the_bar_of_a_softphones_call_folds_and_leaves_its_button(
    page_of: Callable[..., Page], ada: Any, nora: Person
) -> None:
    """On a phone it would cover half of each page for as long as the call is fresh."""
    Cluster.objects.update(offers_tel=True)
    DialProfile.objects.update(mode=Mode.TEL, hang_up_seconds=60)
    page = page_of(ada, viewport={"width": 360, "height": 760})
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name=EXTENSION).click()
    bar = page.get_by_role("region", name="Call")
    says = bar.get_by_text("Handed to the softphone on your computer")
    expect(says).to_be_visible()
    page.clock.install()
    page.goto("/favourites/")
    page.clock.run_for(70_000)
    expect(says).to_be_hidden()
    expect(bar.get_by_role("link", name="Open my softphone")).to_be_visible()
    bar.get_by_role("button", name="Show all of the call bar").click()
    expect(says).to_be_visible()


def test_where_the_cluster_is_out_a_button_opens_the_window_instead(
    page_of: Callable[..., Page], ada: Any, nora: Person, simulator: Simulator
) -> None:
    for node in ("west-1", "west-2"):
        simulator.fault(node, "refuses")
    page = page_of(ada)
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name=EXTENSION).click()
    bar = page.get_by_role("region", name="Call")
    expect(bar).to_contain_text("No call was placed")
    assert len(page.context.pages) == 1
    simulator.mend()
    with page.expect_popup() as opened:
        bar.get_by_role("link", name="Dial with: The window “Cisco WebDialer”").click()
    expect(opened.value.get_by_label("User ID")).to_be_visible()
    assert sorted(Call.objects.values_list("mode", flat=True)) == ["desk", "popup"]


def test_the_window_has_the_size_that_the_administrators_say(
    page_of: Callable[..., Page], bruno: Any, nora: Person
) -> None:
    Cluster.objects.update(popup_width=640, popup_height=480)
    page = page_of(bruno)
    page.goto(f"/people/{nora.pk}/")
    with page.expect_popup() as opened:
        page.get_by_role("link", name=EXTENSION).click()
    expect(opened.value.get_by_label("User ID")).to_be_visible()
    assert opened.value.evaluate("[innerWidth, innerHeight]") == [640, 480]


@pytest.mark.parametrize("script", [True, False])
def test_a_proxy_password_goes_to_unified_cm_and_not_to_this_site(
    script: bool, page_of: Callable[..., Page], ada: Any, simulator: Simulator
) -> None:
    Cluster.objects.update(offers_proxy_page=True)
    page = page_of(ada, java_script_enabled=script)
    sent: list[Request] = []
    page.context.on("request", lambda request: sent.append(request))
    page.goto("/dial/proxy/?number=4567")
    page.get_by_label("Whose phone dials").fill("ada")
    page.get_by_label("User with proxy rights").fill("clicktodial")
    page.get_by_label("Password of that user").fill(PASSWORD)
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Go on in the window “Cisco WebDialer”").click()
    popup = opened.value
    window.choose_phone(popup, ADA_DESK, line="1001 ; Internal")
    window.press_dial(popup, "4567")
    assert simulator.phone(ADA_DESK).digits == "4567"
    if not script:  # which empties it; without one it is gone when the page is opened again
        page.reload()
    expect(page.get_by_label("Password of that user")).to_have_value("")
    posts = [request for request in sent if "pwd=" in (request.post_data or "")]
    assert [request.url for request in posts] == [
        f"{simulator.node('west-1').url}/webdialer/Webdialer"
    ]
    assert not [request for request in sent if "pwd=" in request.url]
    assert not Call.objects.exists()
