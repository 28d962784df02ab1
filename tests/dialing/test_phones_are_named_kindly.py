"""A phone is shown by its model and last signs rather than by the name that Unified CM gave it."""

from typing import Any

import pytest

from clicktodial.dialing import kinds
from clicktodial.dialing.models import DialProfile
from clicktodial.webdialer import Device, Line
from tests.dialing.scene import ADA_DESK


@pytest.mark.parametrize(
    ("device", "model", "shown"),
    [
        ("SEP001122334F2A", "Cisco 8845", "Cisco 8845, …4F2A"),
        ("SEP001122334F2A", "", "Desk phone, …4F2A"),
        ("sep001122334f2a", "", "Desk phone, …4F2A"),
        ("CSFada", "Cisco Unified Client Services Framework", "CSFada"),
        ("Profile of Ada", "", "Profile of Ada"),
        ("", "", ""),
    ],
)
def test_a_phone_is_its_model_and_its_last_signs(device: str, model: str, shown: str) -> None:
    assert kinds.called(device, model) == shown


def test_the_model_is_remembered_with_the_choice(ada: Any, browser_of: Any) -> None:
    profile = DialProfile.objects.of(ada)
    line = Line("1001 ; Internal")
    assert profile.home_cluster is not None
    profile.choose(profile.home_cluster, Device(ADA_DESK, (line,), model="Cisco 8861"), line)
    page = browser_of(ada).get("/dial/", {"number": "4567"}).content.decode()
    assert "From Cisco 8861, …00A1, line 1001." in page
    profile.forget_device()
    assert DialProfile.objects.of(ada).device_called == ""
