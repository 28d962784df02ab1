"""A grant for one phone is for that phone at its cluster, wherever its owner is at home."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from clicktodial.dialing.models import Cluster, Delegation, DialProfile, Phone
from clicktodial.simulator import Simulator
from directory.models import Person
from tests.dialing import planning, scene
from tests.dialing.lending import grant

BAR = {"X-Fragment": "callbar"}
AWAY = "SEP0000000000A9"
LINE = "1001 ; Internal"


@pytest.fixture(scope="module")
def running_simulator() -> Iterator[Simulator]:
    """Ada is at home on west and has a phone on east, too."""
    both = deepcopy(scene.SCENE)
    east = both["clusters"][1]
    east["users"].append({"id": "ada", "password": "x", "devices": [AWAY]})
    east["devices"].append({"name": AWAY, "lines": [{"dn": "1001", "partition": "Internal"}]})
    with Simulator(both) as simulator:
        yield simulator


def _at_east(ada: Any, bruno: Any) -> Delegation:
    east = Cluster.objects.get(name="east")
    return grant(ada, bruno, cluster=east, device=AWAY, line=LINE)


def test_it_is_dialled_there_although_its_owner_is_at_home_elsewhere(
    ada: Any, bruno: Any, browser_of: Any, simulator: Simulator
) -> None:
    delegation = _at_east(ada, bruno)
    form = {"number": "4567", "click": uuid4(), "behalf": delegation.pk}
    answer = browser_of(bruno).post("/dial/", form, headers=BAR).content.decode()
    assert "The phone of ada should be dialling." in answer
    assert [(call.cluster, call.device) for call in simulator.rung] == [("east", AWAY)]
    assert "Hang up" in answer


def test_the_phone_of_the_same_name_at_the_other_cluster_is_not_lent(
    ada: Any, bruno: Any, browser_of: Any, simulator: Simulator
) -> None:
    delegation = _at_east(ada, bruno)
    west, east = (Cluster.objects.get(name=name) for name in ("west", "east"))
    assert delegation.permits(Phone(east, AWAY, LINE))
    assert not delegation.permits(Phone(west, AWAY, LINE))
    browser = browser_of(bruno)
    asked = {"number": "4567", "click": uuid4(), "behalf": delegation.pk}
    page = browser.get("/dial/delegations/phone/", asked).content.decode()
    assert f"{east.pk}|{AWAY}" in page
    assert f"{west.pk}|{AWAY}" not in page
    forged = asked | {"phone": f"{west.pk}|{AWAY}|{LINE}"}
    assert browser.post("/dial/", forged, headers=BAR).status_code == 409
    assert simulator.calls == ()


def test_the_page_shows_the_digits_that_the_rules_there_make(
    ada: Any, bruno: Any, browser_of: Any, simulator: Simulator
) -> None:
    planning.keep(Cluster.objects.get(name="east"), **planning.OUTSIDE)
    delegation = _at_east(ada, bruno)
    browser = browser_of(bruno)
    page = browser.get("/dial/", {"number": "+41446681800", "behalf": delegation.pk})
    assert "0 0041 44 668 18 00" in page.content.decode()
    form = {"number": "+41446681800", "click": uuid4(), "behalf": delegation.pk}
    browser.post("/dial/", form | {"shown": page.context["dialled"].shown})
    assert [call.destination for call in simulator.rung] == ["00041446681800"]


def test_the_page_that_asks_shows_the_digits_of_the_phone_chosen_for_this_call(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    planning.keep(Cluster.objects.get(name="east"), **planning.OUTSIDE)
    east = Cluster.objects.get(name="east")
    form = {
        "number": "+41446681800",
        "click": uuid4(),
        "way": "desk",
        "only": "on",
        "phone": f"{east.pk}|{AWAY}|{LINE}",
    }
    browser = browser_of(ada)
    page = browser.post("/dial/", form | {"shown": "+41446681800"})
    assert page.status_code == 409  # the page before has shown the digits of the home cluster
    shown = page.context["dialled"].shown
    assert shown == "00041446681800"
    browser.post("/dial/", form | {"shown": shown})
    assert [(call.cluster, call.destination) for call in simulator.rung] == [("east", shown)]


@pytest.mark.parametrize("why", ["switched off", "no desk phones", "no application user"])
def test_a_cluster_that_is_not_to_be_used_dials_nothing_and_no_other_instead(
    why: str, ada: Any, bruno: Any, browser_of: Any, simulator: Simulator
) -> None:
    delegation = _at_east(ada, bruno)
    changes = {
        "switched off": {"enabled": False},
        "no desk phones": {"offers_desk_phone": False},
        "no application user": {"offers_proxy": False},
    }
    Cluster.objects.filter(name="east").update(**changes[why])
    form = {"number": "4567", "click": uuid4(), "behalf": delegation.pk}
    answer = browser_of(bruno).post("/dial/", form, headers=BAR)
    assert answer.status_code == 409
    assert "phone of ada" in answer.content.decode()
    assert simulator.calls == ()


def test_the_owner_and_administrators_name_the_cluster_with_the_phone(
    ada: Any, bruno: Any, browser_of: Any, admin_client: Any, simulator: Simulator
) -> None:
    Person.objects.create(given_name="Bruno", family_name="Tavares", account=bruno)
    east, today = Cluster.objects.get(name="east"), timezone.localdate()
    key = f"{east.pk}|{AWAY}|{LINE}"
    form = {"name": "tavares", "delegate": bruno.pk, "begins": today, "ends": today, "phone": key}
    browser_of(ada).post("/dial/delegations/add/", form)
    assert Delegation.objects.get().cluster == east
    form = {
        "owner": ada.pk,
        "delegate": bruno.pk,
        "device": AWAY,
        "line": LINE,
        "begins_at_0": today,
        "begins_at_1": "00:00",
        "ends_at_0": today + timedelta(days=3),
        "ends_at_1": "00:00",
    }
    add = reverse("admin:dialing_delegation_add")
    assert "Enter the cluster, the device" in admin_client.post(add, form).content.decode()
    admin_client.post(add, form | {"cluster": east.pk})
    assert [each.cluster for each in Delegation.objects.all()] == [east, east]


def test_grants_of_old_are_for_the_phone_at_their_owners_home(
    ada: Any, bruno: Any, browser_of: Any, simulator: Simulator
) -> None:
    named = grant(ada, bruno, device=scene.ADA_DESK, line=LINE)
    form = {"number": "4567", "click": uuid4(), "behalf": named.pk}
    browser_of(bruno).post("/dial/", form)
    assert [call.cluster for call in simulator.rung] == ["west"]
    of_any = grant(ada, bruno)
    migration = import_module("clicktodial.dialing.migrations.0015_where_a_delegated_phone_is")
    migration.fill(apps, None)
    named.refresh_from_db()
    of_any.refresh_from_db()
    assert named.cluster == DialProfile.objects.of(ada).home_cluster
    assert of_any.cluster is None
