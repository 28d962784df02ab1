"""A person's home cluster is found by asking all at once, and remembered."""

from typing import Any

import pytest

from clicktodial.dialing import homes
from clicktodial.dialing.models import Cluster, DialProfile
from clicktodial.simulator import Simulator


def _asked(simulator: Simulator) -> int:
    return sum(request.operation == "isClusterUserSoap" for request in simulator.requests)


@pytest.mark.parametrize(("user_id", "home"), [("ada", "west"), ("bruno", "east")])
def test_the_cluster_that_says_yes_is_home(
    user_id: str, home: str, clusters: dict[str, Cluster]
) -> None:
    assert homes.find_home(user_id) == clusters[home]


def test_the_home_is_remembered(newcomer: Any, simulator: Simulator) -> None:
    homes.home_of(DialProfile.objects.of(newcomer))
    before = _asked(simulator)
    homes.home_of(DialProfile.objects.of(newcomer))
    assert _asked(simulator) == before


def test_a_user_id_that_nobody_knows_is_told_as_such(clusters: dict[str, Cluster]) -> None:
    with pytest.raises(homes.NoHome):
        homes.find_home("nobody")


def test_a_user_id_that_two_clusters_know_is_told_with_their_names(
    clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    # Both clusters of this site are one and the same Unified CM, so both know Ada.
    clusters["east"].nodes.all().delete()
    clusters["west"].nodes.filter(order=1).update(cluster=clusters["east"])
    # The slower yes is waited for only a little, so one try may miss it.
    told = [_claimants("ada") for _ in range(10)]
    assert {"west", "east"} in told


def _claimants(user_id: str) -> set[str]:
    try:
        return {homes.find_home(user_id).name}
    except homes.SeveralHomes as several:
        return {cluster.name for cluster in several.claimants}


def test_a_dead_cluster_does_not_hide_a_yes(
    clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    for node in ("east-1", "east-2"):
        simulator.fault(node, "hangs")
    assert homes.find_home("ada") == clusters["west"]


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
