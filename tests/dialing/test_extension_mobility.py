"""Who moves from phone to phone: a profile is told from a phone, and a phone that came lately."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from clicktodial.dialing import clusters as doors
from clicktodial.dialing.kinds import kind_of
from clicktodial.dialing.models import DialProfile
from clicktodial.simulator import Simulator
from tests.dialing import scene

GUEST = "SEP0000000000EE"
PAGES = ("/dial/device/", "/dial/phones/")


@pytest.fixture
def roamer(transactional_db: None) -> Iterator[Any]:
    """Has a desk phone and a profile, and is signed in on a phone in another office."""
    line = {"dn": "1001", "partition": "Internal"}
    devices = [
        {"name": name, "lines": [line]} for name in (scene.ADA_DESK, "Profile of Ada", GUEST)
    ]
    users = [{"id": "ada", "devices": [device["name"] for device in devices]}]
    west = scene._cluster("west", generation="axis", users=users, devices=devices)
    with Simulator({"clusters": [west]}) as simulator:
        clusters = scene.enter(simulator)
        user = get_user_model().objects.create_user("ada")
        scene.choose(user, device=scene.ADA_DESK, line="1001 ; Internal", home=clusters["west"])
        yield user
        doors.close_all()


@pytest.mark.parametrize(
    ("device", "kind"),
    [
        ("SEP001122334455", "phone"),
        ("ATA001122334455", "phone"),
        ("IPCMRAEU5UCM5X7", "phone"),
        ("CSFada", "softphone"),
        ("TCTADA", "softphone"),
        ("ada-em-profile", "profile"),
        ("SEPTEMBER", "profile"),
        ("UDP_1001", "profile"),
    ],
)
def test_the_name_tells_what_a_device_is(device: str, kind: str) -> None:
    assert kind_of(device) == kind


def test_a_profile_is_told_from_a_phone_and_nothing_is_new_at_first(
    roamer: Any, browser_of: Any
) -> None:
    for page in PAGES:
        shown = browser_of(roamer).get(page).content.decode()
        assert shown.count("A profile: it dials on the phone where you are signed in") == 1
        assert "New here" not in shown
        assert "Look again" in shown


def test_a_phone_that_was_not_listed_before_says_so_for_a_day(roamer: Any, browser_of: Any) -> None:
    browser = browser_of(roamer)
    for page in PAGES:
        browser.get(page)
    DialProfile.objects.update(
        seen_devices={scene.ADA_DESK: "", "Profile of Ada": "", "SEPGONE": ""}
    )
    for page in PAGES:
        shown = browser.get(page).content.decode()
        assert shown.count("New here") == 1
        assert "If you signed in there by Extension Mobility" in shown
    seen = DialProfile.objects.get().seen_devices
    assert set(seen) == {scene.ADA_DESK, "Profile of Ada", GUEST}
    DialProfile.objects.update(
        seen_devices=seen | {GUEST: (timezone.now() - timedelta(days=2)).isoformat()}
    )
    assert "New here" not in browser.get("/dial/device/").content.decode()


def test_a_call_by_a_profile_says_why_no_phone_may_ring(roamer: Any, browser_of: Any) -> None:
    DialProfile.objects.update(device="Profile of Ada")
    form = {"number": "4567", "click": "5d1bb1c6-63a1-4d62-9d0c-4a1f4f3b8f0e"}
    answer = browser_of(roamer).post("/dial/", form, headers={"X-Fragment": "callbar"})
    assert "Profile of Ada is a profile for Extension Mobility" in answer.content.decode()
