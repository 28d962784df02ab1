"""A node fails by name, and the records tell whether the call was placed by then."""

import gzip
import http.client
import socket
import threading
import time

import pytest

from clicktodial.simulator import Simulator, UnknownFaultError
from clicktodial.simulator.faults import KINDS

from .conftest import Wire, known, profile, scene

SILENT = ("drops", "drops_before", "resets", "truncated")
WAITING = ("hangs", "hangs_after", "refuses")


@pytest.mark.parametrize("name", sorted(set(KINDS) - set(WAITING) - {"code:N", "gzip_bomb"}))
@pytest.mark.parametrize("node", ["old", "new"])
def test_a_fault_places_the_call_exactly_when_it_says_so(
    sim: Simulator, node: str, name: str
) -> None:
    wire = Wire(sim.node(node), generation="literal" if node == "new" else "axis")
    sim.fault(node, name, operation="makeCallSoap", times=1, seconds=0.0)
    if name in SILENT:
        with pytest.raises((ConnectionError, http.client.HTTPException)):
            wire.call()
    else:
        headers = {"SOAPAction": '"makeCallSoap"'}
        inside = (known("proxy"), "4711", profile("eva", "SEP01", "1001 ; Internal"))
        raw(wire, wire.envelope("makeCallSoap", *inside), headers)
    (call,) = sim.calls
    assert call.rang is KINDS[name].acts
    assert call.fault == name
    assert (sim.phone("SEP01").state == "ringing") is KINDS[name].acts
    assert wire.call("4712").code == (1 if KINDS[name].acts else 0)


def raw(wire: Wire, body: str, headers: dict[str, str]) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(wire.node.host, wire.node.port, timeout=20)
    try:
        connection.request("POST", wire.path, body, headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("http_401", 401),
        ("http_404", 404),
        ("http_500", 500),
        ("http_503", 503),
        ("html_error", 200),
        ("accepted", 202),
        ("redirect", 302),
        ("redirect_307", 307),
        ("soap_fault", 500),
        ("empty", 200),
    ],
)
def test_the_status_is_the_fault_s(sim: Simulator, old: Wire, name: str, status: int) -> None:
    sim.fault("old", name)
    assert old.ask("isClusterUserSoap", "eva").status == status


@pytest.mark.parametrize(("name", "code"), [("overloaded", 9), ("unavailable", 6), ("code:8", 8)])
def test_codes_can_be_asked_for(sim: Simulator, any_node: Wire, name: str, code: int) -> None:
    sim.fault(any_node.node.name, name)
    assert any_node.call().code == code
    assert any_node.ask("getProfileSoap", known("proxy"), "eva").code == code
    assert ">true<" in any_node.ask("isClusterUserSoap", "eva").text
    assert [(call.code, call.rang) for call in sim.calls] == [(code, False)]


def test_a_code_may_be_missing_or_no_number(sim: Simulator, any_node: Wire) -> None:
    sim.fault(any_node.node.name, "no_code", times=1)
    sim.fault(any_node.node.name, "bad_code", times=1)
    assert "responseCode" not in any_node.call().text
    assert ">abc<" in any_node.call().text


def test_a_hanging_node_answers_nothing_until_it_is_stopped(sim: Simulator, old: Wire) -> None:
    sim.fault("old", "hangs")
    with socket.create_connection((old.node.host, old.node.port), timeout=5) as client:
        body = old.envelope("isClusterUserSoap", "eva").encode()
        client.sendall(
            b"POST %s HTTP/1.1\r\nHost: a\r\nSOAPAction: x\r\nContent-Length: %d\r\n\r\n%s"
            % (old.path.encode(), len(body), body)
        )
        client.settimeout(0.3)
        with pytest.raises(TimeoutError):
            client.recv(1)
        sim.stop_node("old")
        client.settimeout(5)
        assert client.recv(1) == b""


def test_a_late_answer_follows_a_call_that_already_rings(sim: Simulator, old: Wire) -> None:
    sim.fault("old", "late", seconds=1.0)
    answers: list[int] = []
    client = threading.Thread(target=lambda: answers.append(old.call().code))
    client.start()
    deadline = time.monotonic() + 5
    while not sim.rung and time.monotonic() < deadline:
        time.sleep(0.01)
    assert sim.phone("SEP01").state == "ringing"
    assert not answers
    client.join()
    assert answers == [0]


def test_compression_is_real(sim: Simulator, old: Wire) -> None:
    sim.fault("old", "gzip")
    body = old.envelope("isClusterUserSoap", "eva")
    status, data = raw(old, body, {"SOAPAction": ""})
    assert status == 200
    assert b">true<" in gzip.decompress(data)


def test_a_fault_is_used_up_and_keeps_to_its_operation(sim: Simulator, old: Wire) -> None:
    sim.fault("old", "http_503", operation="getPrimaryLine", times=2)
    assert old.ask("isClusterUserSoap", "eva").status == 200
    statuses = [old.ask("getPrimaryLine", known("eva")).status for _ in range(3)]
    assert statuses == [503, 503, 200]
    assert [request.fault for request in sim.requests] == ["", "http_503", "http_503", ""]


def test_mending_ends_every_fault(sim: Simulator, old: Wire) -> None:
    sim.fault("old", "http_503")
    sim.fault("old", "drops")
    assert [fault["name"] for fault in sim.faults("old")] == ["http_503", "drops"]
    sim.mend("old")
    assert old.call().code == 0


def test_a_fault_on_one_node_leaves_the_others(sim: Simulator) -> None:
    sim.fault("old", "http_503")
    assert Wire(sim.node("stock")).call().code == 0


@pytest.mark.parametrize(
    "options",
    [
        {"name": "explodes"},
        {"name": "code:x"},
        {"name": "drops", "operation": "makeCall"},
        {"name": "drops", "times": 0},
        {"name": "late", "seconds": -1.0},
        {"name": "refuses", "times": 1},
    ],
)
def test_a_fault_that_does_not_exist_is_refused_in_words(
    sim: Simulator, options: dict[str, object]
) -> None:
    with pytest.raises(UnknownFaultError, match=r"\w+ \w+"):
        sim.fault("old", **options)  # type: ignore[arg-type]


def test_an_end_that_was_dropped_is_on_record(sim: Simulator, old: Wire) -> None:
    old.call()
    sim.fault("old", "drops_before", operation="endCallSoap", times=1)
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        old.end()
    assert [(end.code, end.hung_up) for end in sim.ends] == [(None, False)]
    assert sim.phone("SEP01").state == "ringing"


def test_slow_nodes_wait_before_they_act() -> None:
    with Simulator(scene()) as sim:
        sim.fault("old", "slow", seconds=0.2)
        start = time.monotonic()
        assert Wire(sim.node("old")).call().code == 0
        assert time.monotonic() - start >= 0.2
