"""The first click asks for device and line, remembers them, and goes on."""

from typing import Any
from uuid import uuid4

from clicktodial.dialing.models import Cluster, DialProfile
from clicktodial.simulator import Simulator
from tests.dialing import scene


def test_the_first_click_opens_the_choice(
    newcomer: Any, browser_of: Any, simulator: Simulator
) -> None:
    click = uuid4()
    page = browser_of(newcomer).post("/dial/", {"number": "4567", "click": click}, follow=True)
    shown = page.content.decode()
    assert page.redirect_chain[0][0] == f"/dial/device/?number=4567&click={click}"
    assert "1001" in shown
    assert "1002" in shown
    assert scene.ADA_SOFT in shown
    assert simulator.calls == ()


def test_choosing_remembers_the_phone_and_the_call_goes_on(
    newcomer: Any, browser_of: Any, simulator: Simulator, clusters: dict[str, Cluster]
) -> None:
    phone = f"{clusters['west'].pk}|{scene.ADA_DESK}|1002 ; no partition"
    page = browser_of(newcomer).post(
        "/dial/device/", {"phone": phone, "number": "4567", "click": uuid4()}, follow=True
    )
    assert "Your phone should be dialling" in page.content.decode()
    (rung,) = simulator.rung
    assert (rung.device, rung.line) == (scene.ADA_DESK, "1002 ; no partition")
    profile = DialProfile.objects.get(user=newcomer)
    assert (profile.device, profile.line) == (scene.ADA_DESK, "1002 ; no partition")


def test_the_home_cluster_is_found_on_the_way(
    newcomer: Any, browser_of: Any, clusters: dict[str, Cluster]
) -> None:
    browser_of(newcomer).post("/dial/", {"number": "4567", "click": uuid4()})
    assert DialProfile.objects.get(user=newcomer).home_cluster == clusters["west"]


def test_a_person_without_a_phone_is_told_what_to_do(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    for node in ("west-1", "west-2"):
        simulator.fault(node, "code:5", operation="getProfileSoap")
    page = browser_of(ada).get("/dial/device/")
    assert page.status_code == 409
    assert "The phone system has no phone for you." in page.content.decode()


def test_an_unreachable_cluster_is_told_and_can_be_tried_again(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    simulator.stop_node("west-1")
    simulator.stop_node("west-2")
    page = browser_of(ada).get("/dial/device/")
    assert "The phone system could not be reached" in page.content.decode()
    assert "Try again" in page.content.decode()
