"""The application user's rights are tried once, and never while it is stopped."""

import pytest

from clicktodial.dialing import probe
from clicktodial.dialing.models import Cluster, Node
from clicktodial.dialing.reach import Finding, Level
from clicktodial.sealed import Sealed
from clicktodial.simulator import Simulator
from clicktodial.webdialer import Secret


def rights(found: probe.Findings) -> Finding:
    return next(step for step in found.steps if step.subject == "Application user")


def asked_for_profiles(simulator: Simulator) -> int:
    return sum(request.operation == "getProfileSoap" for request in simulator.requests)


@pytest.fixture
def west(clusters: dict[str, Cluster]) -> Cluster:
    return clusters["west"]


def lie(cluster: Cluster) -> None:
    """Give the cluster a wrong password."""
    cluster.proxy_password = Sealed.around(Secret("wrong"))
    cluster.save()


def test_rights_are_not_tried_without_a_user_id(west: Cluster, simulator: Simulator) -> None:
    found = probe.test(west.nodes.first())
    assert rights(found).level is Level.NOT_TRIED
    assert not asked_for_profiles(simulator)


def test_a_user_with_phones_shows_that_the_rights_are_there(west: Cluster) -> None:
    found = probe.test(west.nodes.first(), user_id="ada")
    assert rights(found).level is Level.FINE
    assert "SEP0000000000A1" in rights(found).says


def test_a_wrong_password_is_shown_once_and_stops_the_application_user(
    west: Cluster, simulator: Simulator
) -> None:
    lie(west)
    found = probe.test_all(west.nodes.select_related("cluster"), user_id="ada")
    assert [rights(one).level for one in found] == [Level.TROUBLE, Level.TROUBLE]
    assert asked_for_profiles(simulator) == 1
    west.refresh_from_db()
    assert west.stopped_code == 2


def test_a_wrong_password_is_not_repeated_on_a_broken_connection(
    west: Cluster, simulator: Simulator
) -> None:
    simulator.fault("west-1", "drops", operation="getProfileSoap")
    probe.test(west.nodes.first(), user_id="ada")
    assert asked_for_profiles(simulator) == 1


def test_a_stopped_application_user_is_not_tried(west: Cluster, simulator: Simulator) -> None:
    lie(west)
    probe.test(west.nodes.first(), user_id="ada")
    found = probe.test(west.nodes.last(), user_id="ada")
    assert asked_for_profiles(simulator) == 1
    assert "was not tried" in rights(found).says


def test_missing_proxy_rights_are_told_with_the_group_to_join(west: Cluster) -> None:
    west.application_user = "norights"
    west.save()
    found = probe.test(west.nodes.first(), user_id="ada")
    assert rights(found).level is Level.TROUBLE
    assert "Standard EM Authentication Proxy Rights" in rights(found).advice


def test_an_unknown_user_id_is_told_and_stops_nothing(west: Cluster) -> None:
    found = probe.test(west.nodes.first(), user_id="nobody")
    assert rights(found).level is not Level.FINE
    west.refresh_from_db()
    assert west.stopped_at is None


def test_a_missing_password_is_trouble_where_the_desk_phone_is_offered(west: Cluster) -> None:
    west.proxy_password = ""
    west.save()
    assert rights(probe.test(west.nodes.first())).level is Level.TROUBLE


@pytest.mark.parametrize("way", ["offers_desk_phone", "offers_proxy"])
def test_a_cluster_that_does_not_dial_by_an_application_user_needs_none(
    west: Cluster, way: str
) -> None:
    Cluster.objects.filter(pk=west.pk).update(**{way: False, "proxy_password": ""})
    found = probe.test(west.nodes.first())
    assert "Application user" not in {step.subject for step in found.steps}


def test_a_password_that_no_key_opens_is_trouble(west: Cluster, simulator: Simulator) -> None:
    Cluster.objects.filter(pk=west.pk).update(proxy_password=Sealed("not-a-token"))
    found = probe.test(Node.objects.filter(cluster=west)[0], user_id="ada")
    assert "ENCRYPTION_KEYS" in rights(found).advice
    assert not asked_for_profiles(simulator)
