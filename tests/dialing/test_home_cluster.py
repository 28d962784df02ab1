"""A person's home cluster is found by asking all at once, and remembered."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from clicktodial.dialing import homes
from clicktodial.dialing.models import Cluster, DialProfile
from clicktodial.simulator import Simulator
from tests.dialing import scene


def _asked(simulator: Simulator) -> int:
    return sum(request.operation == "isClusterUserSoap" for request in simulator.requests)


@pytest.mark.parametrize(("user_id", "home"), [("ada", "west"), ("bruno", "east")])
def test_the_cluster_that_says_yes_is_home(
    user_id: str, home: str, clusters: dict[str, Cluster]
) -> None:
    assert homes.find_home(user_id) == clusters[home]


def test_the_home_is_remembered(newcomer: Any, simulator: Simulator, monkeypatch: Any) -> None:
    monkeypatch.setattr(homes, "GRACE", 100.0)  # until all have answered: none asks late
    homes.home_of(DialProfile.objects.of(newcomer))
    before = _asked(simulator)
    homes.home_of(DialProfile.objects.of(newcomer))
    assert _asked(simulator) == before


def test_a_user_id_that_nobody_knows_is_told_as_such(clusters: dict[str, Cluster]) -> None:
    with pytest.raises(homes.NoHome):
        homes.find_home("nobody")


@pytest.fixture
def two_that_know_ada(clusters: dict[str, Cluster], simulator: Simulator) -> None:
    """Both clusters of the site are one and the same Unified CM, and take equally long."""
    clusters["east"].nodes.all().delete()
    clusters["west"].nodes.filter(order=1).update(cluster=clusters["east"])
    for node in ("west-1", "west-2"):
        simulator.fault(node, "slow", operation="isClusterUserSoap", seconds=0.7)


@pytest.mark.usefixtures("two_that_know_ada")
def test_a_user_id_that_two_clusters_know_is_told_with_their_names(monkeypatch: Any) -> None:
    monkeypatch.setattr(homes, "GRACE", 1.0)  # however busy the machine is
    with pytest.raises(homes.SeveralHomes) as told:
        homes.find_home("ada")
    assert {cluster.name for cluster in told.value.claimants} == {"west", "east"}


@pytest.mark.usefixtures("two_that_know_ada")
def test_the_choice_then_lists_the_phones_of_both_and_the_chosen_one_is_home(
    newcomer: Any, browser_of: Any, clusters: dict[str, Cluster]
) -> None:
    browser = browser_of(newcomer)
    page = browser.get("/dial/device/")
    assert "More than one part of the phone system knows your user id" in page.content.decode()
    phone = f"{clusters['east'].pk}|{scene.ADA_DESK}|1001 ; Internal"
    browser.post("/dial/device/", {"phone": phone})
    assert DialProfile.objects.get(user=newcomer).home_cluster == clusters["east"]


@pytest.mark.usefixtures("two_that_know_ada")
def test_a_click_that_meets_several_leads_to_that_choice(
    newcomer: Any, browser_of: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(homes, "GRACE", 1.0)
    answer = browser_of(newcomer).post("/dial/", {"number": "4567", "click": uuid4()})
    assert answer.status_code == 302
    assert answer.url.startswith("/dial/device/")


def test_a_dead_cluster_does_not_hide_a_yes(
    clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    for node in ("east-1", "east-2"):
        simulator.fault(node, "hangs")
    assert homes.find_home("ada") == clusters["west"]


def test_a_hanging_cluster_does_not_keep_up_those_who_live_elsewhere(
    clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    homes.find_home("ada")  # so that every node's generation is known
    for node in ("east-1", "east-2"):
        simulator.fault(node, "hangs")
    with ThreadPoolExecutor(4) as people:
        found = list(people.map(_home_of_ada, range(60)))
    assert set(found) == {clusters["west"]}
    # All hanging questions have gone unanswered, and none of them was waited for.
    assert sum(request.fault == "hangs" for request in simulator.requests) < 60


def _home_of_ada(_: int) -> Cluster:
    try:
        return homes.find_home("ada")
    finally:
        connection.close()


def test_a_cluster_that_hangs_for_too_long_counts_as_silent(
    clusters: dict[str, Cluster], simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homes, "LONGEST", 0.3)
    for node in ("west-1", "west-2"):
        simulator.fault(node, "hangs")
    with pytest.raises(homes.HomeUnknown) as told:
        homes.find_home("ada")
    assert told.value.silent == (clusters["west"],)


def test_silence_is_not_taken_for_a_no(clusters: dict[str, Cluster], simulator: Simulator) -> None:
    simulator.stop_node("west-1")
    simulator.stop_node("west-2")
    with pytest.raises(homes.HomeUnknown) as told:
        homes.find_home("ada")
    assert told.value.silent == (clusters["west"],)


def test_a_dead_node_has_the_other_one_asked(
    clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    simulator.stop_node("west-1")
    assert homes.find_home("ada") == clusters["west"]
    assert clusters["west"].nodes.get(order=0).rests()
