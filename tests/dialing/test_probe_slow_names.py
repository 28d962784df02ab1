"""A resolver that keeps silent holds a node's test no longer than a connection may take."""

import socket
import time
from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest

from clicktodial.dialing import probe
from clicktodial.dialing.models import Cluster, Node
from clicktodial.dialing.reach import Level
from clicktodial.webdialer import Address, shown


@pytest.fixture
def silent_resolver(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Says nothing of names; addresses in numbers ask nobody."""
    released, real = Event(), socket.getaddrinfo

    def silent(*place: Any, flags: int = 0, **how: Any) -> Any:
        if flags & socket.AI_NUMERICHOST:
            return real(*place, flags=flags, **how)
        released.wait(30)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    yield
    released.set()


@pytest.fixture
def node(clusters: dict[str, Cluster]) -> Node:
    cluster = clusters["west"]
    cluster.connect_seconds = 0.3
    cluster.save()
    node: Node = cluster.nodes.select_related("cluster").first()
    node.host = "cucm.example.com"
    return node


def test_the_doctor_says_so_and_tries_nothing_else(node: Node, silent_resolver: None) -> None:
    began = time.monotonic()
    found = probe.test(node)
    assert time.monotonic() - began < 3
    (name,) = (step for step in found.steps if step.level is Level.TROUBLE)
    assert (name.subject, name.says) == ("Name", "The name was not looked up in time.")
    assert "DNS" in name.advice
    assert "Connection" not in {step.subject for step in found.steps}


def test_certificates_are_not_waited_for_either(silent_resolver: None) -> None:
    began = time.monotonic()
    assert shown(Address("cucm.example.com"), seconds=0.3) == ()
    assert time.monotonic() - began < 3
