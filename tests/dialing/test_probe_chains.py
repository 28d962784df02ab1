"""A secure node's test tells of every certificate between the node's own and the CA's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clicktodial.dialing import probe
from clicktodial.dialing.models import Cluster, Node
from clicktodial.dialing.reach import Finding, Level
from clicktodial.simulator import Simulator
from tests.dialing.chains import Link, signed, written

pytestmark = pytest.mark.django_db


@contextmanager
def node_with(folder: Path, *links: Link, ca: str) -> Iterator[Node]:
    files = written(folder, *links)
    scene = {"clusters": [{"name": "secure", "nodes": [{"name": "n", "secure": True, **files}]}]}
    with Simulator(scene) as simulator:
        address = simulator.nodes[0]
        cluster = Cluster.objects.create(name="secure", ca=ca, connect_seconds=2)
        yield Node.objects.create(cluster=cluster, host="127.0.0.1", port=address.port)


def certificate(node: Node) -> Finding:
    return next(step for step in probe.test(node).steps if step.subject == "Certificate")


def test_each_is_named_with_its_days(tmp_path: Path) -> None:
    root = signed("Company Root", days=3000)
    issuing = signed("Voice Issuing CA", days=800, by=root)
    own = signed("cucm-pub", days=155, by=issuing, signs=False)

    with node_with(tmp_path, own, issuing, ca=root.pem) as node:
        found = certificate(node)

    assert found.level is Level.FINE
    told = [
        found.says.index(f"“{name}”") for name in ("cucm-pub", "Voice Issuing CA", "Company Root")
    ]
    assert told == sorted(told)
    for days in ("155 days left", "800 days left", "3000 days left"):
        assert days in found.says


@pytest.mark.parametrize("short", ["cucm-pub", "Voice Issuing CA", "Company Root"])
def test_the_one_that_ends_first_is_the_one_to_renew(tmp_path: Path, short: str) -> None:
    days = {"cucm-pub": 155, "Voice Issuing CA": 800, "Company Root": 3000} | {short: 9}
    root = signed("Company Root", days=days["Company Root"])
    issuing = signed("Voice Issuing CA", days=days["Voice Issuing CA"], by=root)
    own = signed("cucm-pub", days=days["cucm-pub"], by=issuing, signs=False)

    with node_with(tmp_path, own, issuing, ca=root.pem) as node:
        found = certificate(node)

    assert found.level is Level.NOTICE
    assert "9 days left" in found.says
    assert f"Have “{short}” renewed" in found.advice


def test_where_it_is_not_trusted_the_one_that_has_ended_is_named(tmp_path: Path) -> None:
    root = signed("Company Root", days=3000)
    issuing = signed("Voice Issuing CA", days=-9, by=root)
    own = signed("cucm-pub", days=155, by=issuing, signs=False)

    with node_with(tmp_path, own, issuing, ca=root.pem) as node:
        found = certificate(node)

    assert found.level is Level.TROUBLE
    assert "“Voice Issuing CA” expired on" in found.says


def test_a_node_that_forgets_who_signed_is_told_whom_it_lacks(tmp_path: Path) -> None:
    root = signed("Company Root", days=3000)
    issuing = signed("Voice Issuing CA", days=800, by=root)
    own = signed("cucm-pub", days=155, by=issuing, signs=False)

    with node_with(tmp_path, own, ca=root.pem) as node:
        found = certificate(node)

    assert found.level is Level.TROUBLE
    assert "signed by “Voice Issuing CA”" in found.says
