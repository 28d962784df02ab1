"""A killed node refuses, keeps its port and comes back; nothing is left open."""

import http.client
import socket
import threading

import pytest

from clicktodial.simulator import Simulator

from .conftest import Wire, scene


def test_a_killed_node_refuses_and_comes_back_at_the_same_address(
    sim: Simulator, old: Wire
) -> None:
    port = sim.node("old").port
    sim.stop_node("old")
    with pytest.raises(ConnectionRefusedError):
        old.call()
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", port))
    assert not sim.is_listening("old")
    sim.start_node("old")
    assert sim.node("old").port == port
    assert old.call().code == 0


def test_the_refusing_fault_is_mended_like_any_other(sim: Simulator, old: Wire) -> None:
    sim.fault("old", "refuses")
    with pytest.raises(ConnectionRefusedError):
        old.call()
    sim.mend("old")
    assert old.call().code == 0


def test_killing_cuts_kept_open_connections(sim: Simulator, old: Wire) -> None:
    connection = http.client.HTTPConnection(old.node.host, old.node.port, timeout=5)
    connection.request("GET", "/webdialer/Webdialer")
    connection.getresponse().read()
    sim.stop_node("old")
    assert connection.sock is not None
    assert connection.sock.recv(1) == b""
    connection.close()


def test_stopping_and_starting_twice_is_harmless(sim: Simulator, old: Wire) -> None:
    sim.stop_node("old")
    sim.stop_node("old")
    sim.start_node("old")
    sim.start_node("old")
    assert old.call().code == 0


def test_nothing_is_left_running() -> None:
    before = threading.active_count()
    for _ in range(3):
        with Simulator(scene()) as sim:
            Wire(sim.node("old")).call()
    assert threading.active_count() == before


def test_a_port_that_is_taken_is_an_error_and_leaves_nothing_open() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = scene()
        wanted["clusters"][0]["nodes"][1]["port"] = taken.getsockname()[1]
        before = threading.active_count()
        with pytest.raises(OSError, match="in use"):
            Simulator(wanted).start()
        assert threading.active_count() == before


def test_a_reset_forgets_calls_faults_and_locks(sim: Simulator, old: Wire) -> None:
    for _ in range(3):
        old.call(who="<userID>proxy</userID><password>no</password>")
    sim.fault("old", "http_503")
    sim.stop_node("stock")
    sim.reset()
    assert (sim.calls, sim.requests, sim.faults("old")) == ((), (), [])
    assert Wire(sim.node("stock")).call().code == 0
    assert old.end(device="SEP01").code == 1
