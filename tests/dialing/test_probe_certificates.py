"""A secure node's test tells whose certificate it shows, how long it lasts and what is wrong."""

from collections.abc import Iterator
from typing import Any

import pytest

from clicktodial.dialing import probe
from clicktodial.dialing.models import Cluster, Node
from clicktodial.dialing.reach import Finding, Level
from clicktodial.simulator import Simulator
from tests.dialing.scene import enter

KINDS = ("good", "expired", "wrong name", "untrusted")


@pytest.fixture(scope="module")
def secure_simulator() -> Iterator[Simulator]:
    nodes = [{"name": kind, "secure": True, "certificate": kind} for kind in KINDS]
    with Simulator({"clusters": [{"name": "secure", "nodes": nodes}]}) as simulator:
        yield simulator


@pytest.fixture
def nodes(db: None, secure_simulator: Simulator) -> dict[str, Node]:
    enter(secure_simulator)
    names = {address.port: address.name for address in secure_simulator.nodes}
    return {names[node.port]: node for node in Node.objects.select_related("cluster")}


def certificate(node: Node) -> Finding:
    found = probe.test(node)
    return next(step for step in found.steps if step.subject == "Certificate")


def test_a_trusted_certificate_is_shown_with_its_days(nodes: dict[str, Node]) -> None:
    step = certificate(nodes["good"])
    assert step.level is Level.FINE
    assert "29 days left" in step.says


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("expired", "expired"),
        ("wrong name", "elsewhere.invalid"),
        ("untrusted", "clicktodial simulator CA"),
    ],
)
def test_a_wrong_certificate_is_told_with_what_to_do(
    nodes: dict[str, Node], kind: str, words: str
) -> None:
    step = certificate(nodes[kind])
    assert step.level is Level.TROUBLE
    assert words in step.says
    assert step.advice


def test_without_its_ca_a_node_is_not_trusted(nodes: dict[str, Node]) -> None:
    nodes["good"].cluster.ca = ""
    step = certificate(nodes["good"])
    assert step.level is Level.TROUBLE
    assert "Paste the certificate of the CA" in step.advice


def test_a_ca_that_cannot_be_read_is_told(nodes: dict[str, Node]) -> None:
    nodes["good"].cluster.ca = "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----"
    step = certificate(nodes["good"])
    assert step.level is Level.TROUBLE
    assert "PEM" in step.advice


def test_https_on_a_port_that_speaks_http_is_told(
    clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    node: Any = clusters["west"].nodes.first()
    node.secure = True
    step = certificate(node)
    assert step.level is Level.TROUBLE
    assert "8443" in step.advice


def test_a_wrong_certificate_ends_the_test_before_any_password_is_sent(
    nodes: dict[str, Node], secure_simulator: Simulator
) -> None:
    secure_simulator.reset()
    probe.test(nodes["untrusted"], user_id="ada")
    assert not secure_simulator.requests
