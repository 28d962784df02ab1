"""A node's test says of each step that it is fine, or what to do, and never places a call."""

import pytest

from clicktodial.dialing import probe
from clicktodial.dialing.models import Cluster, Node
from clicktodial.dialing.reach import Finding, Level
from clicktodial.simulator import Simulator


def step(found: probe.Findings, subject: str) -> Finding:
    return next(step for step in found.steps if step.subject == subject)


def test_a_sound_node_is_fine_and_takes_a_moment(clusters: dict[str, Cluster]) -> None:
    found = probe.test(clusters["west"].nodes.first())
    assert step(found, "Connection").level is Level.FINE
    assert step(found, "WebDialer").says.startswith("answers as before 15SU5")
    assert found.level is not Level.TROUBLE
    assert 0 < found.seconds < 10


def test_the_generation_that_was_found_is_remembered(clusters: dict[str, Cluster]) -> None:
    node = clusters["east"].nodes.first()
    probe.test(node)
    assert Node.objects.get(pk=node.pk).generation == "literal"


def test_an_upgraded_node_is_seen_in_its_new_generation(
    clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    node = clusters["west"].nodes.first()
    probe.test(node)
    simulator.set_generation("west-1", "literal")
    found = probe.test(node)
    assert step(found, "WebDialer").says.startswith("answers as since 15SU5")


def test_a_resting_node_that_answers_rests_no_longer(clusters: dict[str, Cluster]) -> None:
    node = clusters["west"].nodes.first()
    node.rest("refused")
    probe.test(node)
    assert not Node.objects.get(pk=node.pk).rests()


def test_an_unknown_name_is_told_and_nothing_else_is_tried(clusters: dict[str, Cluster]) -> None:
    node = clusters["west"].nodes.first()
    node.host = "nobody.invalid"
    found = probe.test(node)
    assert [step.subject for step in found.steps if step.level is Level.TROUBLE] == ["Name"]
    assert "DNS" in step(found, "Name").advice
    assert "Connection" not in {step.subject for step in found.steps}


def test_an_ip_address_is_worth_a_notice(clusters: dict[str, Cluster]) -> None:
    found = probe.test(clusters["west"].nodes.first())
    assert step(found, "Name").level is Level.NOTICE


def test_a_name_is_shown_with_its_addresses(clusters: dict[str, Cluster]) -> None:
    node = clusters["west"].nodes.first()
    node.host = "localhost"
    found = probe.test(node)
    assert step(found, "Name").level is Level.FINE
    assert "127.0.0.1" in step(found, "Name").says


def test_a_host_that_is_no_name_is_told(clusters: dict[str, Cluster]) -> None:
    node = clusters["west"].nodes.first()
    node.host = "[::1]"
    found = probe.test(node)
    assert found.level is Level.TROUBLE


def test_a_refused_connection_is_told_with_the_usual_ports(
    clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    simulator.fault("west-1", "refuses")
    found = probe.test(clusters["west"].nodes.first())
    assert step(found, "Connection").level is Level.TROUBLE
    assert "8443" in step(found, "Connection").advice


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("http_404", "not as WebDialer"),
        ("html_error", "not as WebDialer"),
        ("garbage", "not as WebDialer"),
        ("drops_before", "did not answer"),
        ("hangs", "did not answer"),
    ],
)
def test_a_node_that_does_not_speak_webdialer_is_told(
    clusters: dict[str, Cluster], simulator: Simulator, fault: str, says: str
) -> None:
    cluster = clusters["west"]
    cluster.answer_seconds = 0.3
    cluster.save()
    simulator.fault("west-1", fault)
    found = probe.test(cluster.nodes.select_related("cluster").first())
    assert step(found, "WebDialer").level is Level.TROUBLE
    assert says in step(found, "WebDialer").says
    assert step(found, "WebDialer").advice


def test_an_unencrypted_node_is_worth_a_notice(clusters: dict[str, Cluster]) -> None:
    found = probe.test(clusters["west"].nodes.first())
    assert step(found, "Certificate").level is Level.NOTICE


def test_an_unpatched_release_is_worth_a_notice(clusters: dict[str, Cluster]) -> None:
    node = clusters["west"].nodes.first()
    node.release = "15SU4a"
    found = probe.test(node)
    assert step(found, "Release").level is Level.NOTICE
    assert "15SU5" in step(found, "Release").advice


def test_several_nodes_are_looked_at_together(
    clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    for address in simulator.nodes:
        simulator.fault(address.name, "slow", operation="isClusterUserSoap", seconds=0.7)
    found = probe.test_all(Node.objects.select_related("cluster"))
    assert len(found) == 4
    first: dict[str, float] = {}
    for request in simulator.requests:
        first.setdefault(request.node, request.at)
    # One after the other, the last node would be asked three answers later than the first.
    assert max(first.values()) - min(first.values()) < 3 * 0.7


def test_no_test_places_a_call(clusters: dict[str, Cluster], simulator: Simulator) -> None:
    probe.test_all(Node.objects.select_related("cluster"), user_id="ada")
    assert simulator.requests
    assert not simulator.calls
    assert not simulator.ends
