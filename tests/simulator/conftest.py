"""A small cluster, and a client that writes and reads the wire by hand."""

import copy
import http.client
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import pytest

from clicktodial.simulator import NodeAddress, Simulator

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
LITERAL = "http://webdialer.ccm.cisco.com"
LINE = "1001 ; Internal"

SCENE: dict[str, Any] = {
    "clusters": [
        {
            "name": "zurich",
            "nodes": [
                {"name": "old"},
                {"name": "stock", "shape": "stock"},
                {"name": "new", "generation": "literal"},
                {"name": "both", "generation": "both"},
            ],
            "users": [
                {
                    "id": "eva",
                    "password": "eva's word",
                    "name": "Eva Ito",
                    "devices": ["SEP01", "CSFeva"],
                    "primary_line": "1001",
                    "tokens": ["token-of-eva", {"text": "stale-token", "expired": True}],
                },
                {"id": "noah", "password": "noah's word", "devices": ["SEP02"]},
                {"id": "nobody", "password": "nobody's word"},
            ],
            "application_users": [
                {"id": "proxy", "password": "proxy's word"},
                {"id": "weak", "password": "weak's word", "proxy": False},
            ],
            "devices": [
                {
                    "name": "SEP01",
                    "model": "Cisco 8861",
                    "description": "Eva's <desk>",
                    "lines": ["1001 ; Internal", "1002 ; Internal", "1002 ; Secret"],
                },
                {"name": "CSFeva", "lines": ["1001"]},
                {"name": "SEP02", "lines": ["2001 ; Internal"], "protocol": "SCCP"},
            ],
            "destinations": [
                {"pattern": "7!", "behaviour": "no route"},
                {"pattern": "5000", "behaviour": "busy"},
                {"pattern": "5555", "fac": ["111"], "cmc": ["222"]},
            ],
            "dial_rules": [{"begins_with": "+41", "digits": 12, "remove": 3, "prefix": "00"}],
            "settings": {"calls_a_second": 0},
        }
    ]
}


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def go(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Reply:
    """What came back: `values` are the texts of all elements by local name."""

    status: int
    text: str
    headers: http.client.HTTPMessage

    @property
    def values(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for element in ElementTree.fromstring(self.text).iter():  # noqa: S314 - our own server's
            found.setdefault(element.tag.rpartition("}")[2], []).append(element.text or "")
        return found

    @property
    def code(self) -> int:
        """The result code, wherever the generation and shape have put it."""
        (text,) = self.values["responseCode"]
        if not text.strip():
            (text,) = re.findall(r'xsi:type="xsd:int">(\d+)</multiRef>', self.text)
        return int(text)


class Wire:
    """A client of one node that shares nothing with the simulator but the protocol."""

    def __init__(self, node: NodeAddress, *, generation: str = "axis") -> None:
        self.node = node
        self.generation = generation

    def send(
        self, method: str, path: str, body: str | bytes = b"", headers: dict[str, str] | None = None
    ) -> Reply:
        connection: http.client.HTTPConnection
        if self.node.secure:
            trust = ssl.create_default_context(cadata=self.node.ca_pem)
            connection = http.client.HTTPSConnection(
                self.node.host, self.node.port, context=trust, timeout=10
            )
        else:
            connection = http.client.HTTPConnection(self.node.host, self.node.port, timeout=10)
        try:
            data = body.encode() if isinstance(body, str) else body
            connection.request(method, path, data, headers or {})
            response = connection.getresponse()
            return Reply(response.status, response.read().decode(), response.headers)
        finally:
            connection.close()

    def ask(self, operation: str, *arguments: str) -> Reply:
        """Send an operation; the arguments are the content of its parameters."""
        return self.send(
            "POST",
            self.path,
            self.envelope(operation, *arguments),
            {"SOAPAction": f'"{operation}"', "Content-Type": "text/xml; charset=utf-8"},
        )

    @property
    def path(self) -> str:
        name = "WebdialerSoapService70" if self.generation == "axis" else "webdialer"
        return f"/webdialer/services/{name}"

    def envelope(self, operation: str, *arguments: str) -> str:
        if self.generation == "axis":
            inner = "".join(f"<in{n}>{text}</in{n}>" for n, text in enumerate(arguments))
            wrapped = f'<w:{operation} xmlns:w="urn:WD70">{inner}</w:{operation}>'
        else:
            inner = "".join(f"<args{n}>{text}</args{n}>" for n, text in enumerate(arguments))
            wrapped = f'<{operation} xmlns="{LITERAL}">{inner}</{operation}>'
        return (
            f'<e:Envelope xmlns:e="{SOAP}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<e:Body>{wrapped}</e:Body></e:Envelope>"
        )

    def call(
        self,
        number: str = "4711",
        *,
        user: str = "eva",
        device: str = "SEP01",
        line: str = LINE,
        who: str = "",
    ) -> Reply:
        """Ask for a call, by the proxy user unless told otherwise."""
        return self.ask("makeCallSoap", who or known("proxy"), number, profile(user, device, line))

    def end(
        self, *, user: str = "eva", device: str = "SEP01", line: str = LINE, who: str = ""
    ) -> Reply:
        return self.ask("endCallSoap", who or known("proxy"), profile(user, device, line))


def known(user: str, password: str | None = None) -> str:
    """The inside of a Credential."""
    word = f"{user}'s word" if password is None else password
    return f"<userID>{user}</userID><password>{word}</password>"


def profile(user: str, device: str, line: str) -> str:
    """The inside of a UserProfile with all seven members."""
    return (
        f"<user>{user}</user><deviceName>{device}</deviceName><lineNumber>{line}</lineNumber>"
        "<supportEM>false</supportEM><locale></locale>"
        "<dontAutoClose>false</dontAutoClose><dontShowCallConf>false</dontShowCallConf>"
    )


def scene(**settings: Any) -> dict[str, Any]:
    """The small cluster with other settings."""
    changed = copy.deepcopy(SCENE)
    changed["clusters"][0]["settings"].update(settings)
    return changed


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sim(clock: Clock) -> Iterator[Simulator]:
    with Simulator(scene(), clock=clock) as running:
        yield running


@pytest.fixture
def old(sim: Simulator) -> Wire:
    return Wire(sim.node("old"))


@pytest.fixture
def new(sim: Simulator) -> Wire:
    return Wire(sim.node("new"), generation="literal")


@pytest.fixture(params=["old", "stock", "new"])
def any_node(sim: Simulator, request: pytest.FixtureRequest) -> Wire:
    generation = "literal" if request.param == "new" else "axis"
    return Wire(sim.node(request.param), generation=generation)
