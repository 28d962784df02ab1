import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import trustme

from tests.webdialer.misbehaving import Answer, Node


@dataclass(frozen=True)
class Authority:
    """A certificate authority of the test's own."""

    ca: trustme.CA

    @property
    def pem(self) -> str:
        return self.ca.cert_pem.bytes().decode()

    def server(self, *names: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ca.issue_cert(*names).configure_cert(context)
        return context


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority(trustme.CA())


@pytest.fixture
def node() -> Iterator[Callable[..., Node]]:
    """Makes nodes that live as long as the test."""
    nodes: list[Node] = []

    def made(*answers: Answer, tls: ssl.SSLContext | None = None) -> Node:
        nodes.append(Node(*answers, tls=tls))
        return nodes[-1]

    yield made
    for each in nodes:
        each.close()
