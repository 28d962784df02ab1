"""The dial page: a GET shows what would be dialled, a POST dials it."""

from typing import Any
from uuid import uuid4

import pytest

from clicktodial.dialing.models import Call
from clicktodial.simulator import Simulator
from tests.dialing import scene

BAR = {"X-Fragment": "callbar"}


def test_opening_the_page_shows_number_and_phone_and_dials_nothing(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    page = browser_of(ada).get("/dial/", {"number": "+41 44 123 45 67"})
    shown = page.content.decode()
    assert "+41 44 123 45 67" in shown
    assert f"Desk phone, …{scene.ADA_DESK[-4:]}" in shown
    assert simulator.calls == ()
    assert not Call.objects.exists()


def test_sending_the_page_dials_and_leads_to_the_call(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    click = uuid4()
    page = browser_of(ada).post("/dial/", {"number": "4567", "click": click}, follow=True)
    assert page.redirect_chain == [(f"/dial/calls/{click}/", 302)]
    assert "Your phone should be dialling" in page.content.decode()
    assert simulator.calls[0].destination == "4567"


def test_sending_it_again_shows_the_same_call(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    browser, form = browser_of(ada), {"number": "4567", "click": uuid4()}
    pages = [browser.post("/dial/", form, follow=True) for _ in range(2)]
    assert pages[0].redirect_chain == pages[1].redirect_chain
    assert len(simulator.calls) == 1


def test_a_script_gets_the_call_bar_alone(ada: Any, browser_of: Any, simulator: Simulator) -> None:
    answer = browser_of(ada).post("/dial/", {"number": "4567", "click": uuid4()}, headers=BAR)
    assert answer.content.decode().lstrip().startswith("<section")
    assert "Hang up" in answer.content.decode()


def test_the_call_bar_follows_to_other_pages_until_it_is_closed(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    browser, click = browser_of(ada), uuid4()
    browser.post("/dial/", {"number": "4567", "click": click})
    assert "callbar-says" in browser.get("/dial/profile/").content.decode().split("<template")[0]
    browser.post(f"/dial/calls/{click}/put-away/")
    assert (
        "callbar-says" not in browser.get("/dial/profile/").content.decode().split("<template")[0]
    )


def test_without_a_session_nothing_is_dialled(client: Any, simulator: Simulator) -> None:
    answer = client.post("/dial/", {"number": "4567", "click": uuid4()})
    assert answer.status_code == 302
    assert "/sign-in/" in answer.url
    assert simulator.calls == ()


def test_a_cluster_that_is_out_is_told_on_the_page(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    simulator.stop_node("west-1")
    simulator.stop_node("west-2")
    page = browser_of(ada).post("/dial/", {"number": "4567", "click": uuid4()}, follow=True)
    assert "The phone system could not be reached. No call was placed." in page.content.decode()


@pytest.mark.parametrize(
    ("written", "offers"),
    [
        ("1-800-FLOWERS", ["%2B1%20800-356-9377"]),
        ("044 123 45 67 / 079 123 45 67", ["044%20123%2045%2067", "079%20123%2045%2067"]),
    ],
)
def test_what_may_have_been_meant_is_offered(
    ada: Any, browser_of: Any, simulator: Simulator, written: str, offers: list[str]
) -> None:
    page = browser_of(ada).get("/dial/", {"number": written})
    assert page.status_code == 400
    shown = page.content.decode()
    for offer in offers:
        assert f'href="/dial/?number={offer}"' in shown
    assert simulator.calls == ()
