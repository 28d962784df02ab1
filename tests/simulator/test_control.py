"""Another process asks over HTTP what happened, and makes things happen."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from clicktodial.simulator import Simulator

from .conftest import Wire, scene


class Control:
    def __init__(self, sim: Simulator) -> None:
        self.place = urlsplit(sim.control_url)

    def send(
        self, method: str, path: str, body: str = "", kind: str = "application/json"
    ) -> tuple[int, Any]:
        connection = http.client.HTTPConnection(self.place.netloc, timeout=5)
        try:
            connection.request(method, path, body, {"Content-Type": kind})
            response = connection.getresponse()
            text = response.read().decode()
            return response.status, json.loads(text) if text.startswith(("{", "[")) else text
        finally:
            connection.close()

    def get(self, path: str) -> Any:
        status, data = self.send("GET", path)
        assert status == 200
        return data

    def do(self, path: str, **members: Any) -> tuple[int, Any]:
        return self.send("POST", path, json.dumps(members))


@pytest.fixture
def control(sim: Simulator) -> Control:
    return Control(sim)


def test_calls_come_as_json_and_since_the_last_one(control: Control, old: Wire) -> None:
    old.call("7123")
    old.call("4711")
    first, second = control.get("/control/calls")
    assert (first["code"], first["rang"]) == (7, False)
    assert (second["code"], second["rang"], second["destination"]) == (0, True, "4711")
    assert second["user"] == "eva"
    assert control.get(f"/control/calls?since={first['id']}") == [second]
    old.end()
    assert [end["hung_up"] for end in control.get("/control/ends")] == [True]
    operations = [request["operation"] for request in control.get("/control/requests")]
    assert operations == ["makeCallSoap", "makeCallSoap", "endCallSoap"]


def test_no_password_is_on_record(control: Control, old: Wire) -> None:
    old.call()
    for path in ("calls", "requests", "state", "phones"):
        assert "proxy's word" not in json.dumps(control.get(f"/control/{path}"))


def test_the_state_tells_nodes_and_counts(sim: Simulator, control: Control, old: Wire) -> None:
    old.call()
    state = control.get("/control/state")
    assert state["counts"] == {"calls": 1, "rung": 1, "ends": 0, "requests": 1}
    assert state["nodes"][0]["url"] == sim.node("old").url
    assert [node["generation"] for node in state["nodes"]] == ["axis", "axis", "literal", "both"]


def test_faults_are_set_and_mended(control: Control, old: Wire) -> None:
    assert control.do("/control/fault", node="old", name="http_503", times=1)[0] == 200
    assert control.get("/control/state")["nodes"][0]["faults"][0]["name"] == "http_503"
    assert old.ask("isClusterUserSoap", "eva").status == 503
    control.do("/control/fault", node="old", name="http_404")
    control.do("/control/mend", node="old")
    assert old.ask("isClusterUserSoap", "eva").status == 200


def test_nodes_stop_start_and_are_upgraded(control: Control, old: Wire) -> None:
    control.do("/control/node", node="old", action="stop")
    with pytest.raises(ConnectionRefusedError):
        old.call()
    control.do("/control/node", node="old", action="start")
    control.do("/control/generation", node="old", generation="literal")
    assert old.ask("isClusterUserSoap", "eva").status == 404
    control.do("/control/reset")
    assert old.call().code == 0


def test_phones_are_handled_from_outside(sim: Simulator, control: Control, old: Wire) -> None:
    old.call()
    assert control.do("/control/phone", device="SEP01", action="answer") == (200, {"done": True})
    assert sim.phone("SEP01").state == "connected"
    control.do("/control/phone", device="SEP01", action="hang_up")
    assert control.do("/control/phone", device="SEP01", action="hang_up")[1] == {"done": False}
    for action, state in (("busy", "in use"), ("unregister", "unregistered"), ("register", "idle")):
        control.do("/control/phone", device="SEP01", action=action)
        assert control.get("/control/phones")[0]["state"] == state


def test_accounts_are_unlocked_and_passwords_changed(control: Control, old: Wire) -> None:
    for _ in range(3):
        old.call(who="<userID>proxy</userID><password>no</password>")
    control.do("/control/account", user="proxy", action="unlock")
    assert old.call().code == 0
    control.do("/control/account", user="proxy", action="password", password="new")
    assert old.end().code == 2


@pytest.mark.parametrize(
    ("path", "members"),
    [
        ("/control/fault", {"node": "nowhere", "name": "drops"}),
        ("/control/fault", {"node": "old", "name": "explodes"}),
        ("/control/fault", {"node": "old"}),
        ("/control/fault", {"node": "old", "name": "drops", "times": "many"}),
        ("/control/generation", {"node": "old", "generation": "steam"}),
        ("/control/node", {"node": "old", "action": "dance"}),
        ("/control/phone", {"device": "SEP99", "action": "answer"}),
        ("/control/phone", {"device": "SEP01", "action": "dance"}),
        ("/control/account", {"user": "ghost", "action": "password", "password": "x"}),
    ],
)
def test_a_mistake_is_answered_by_a_sentence(
    control: Control, path: str, members: dict[str, Any]
) -> None:
    status, answer = control.do(path, **members)
    assert status == 400
    assert len(answer["error"]) > 10


def test_what_is_no_json_is_refused(control: Control) -> None:
    assert control.send("POST", "/control/reset", "{")[0] == 400
    assert control.send("POST", "/control/reset", "[]")[0] == 400
    assert control.send("POST", "/control/reset", "{}", kind="text/plain")[0] == 415
    assert control.send("GET", "/control/reset")[0] == 405
    assert control.send("GET", "/control/nothing")[0] == 404
    assert control.send("GET", "/control/calls?since=x")[0] == 400


def test_every_fault_is_listed_with_its_effect(control: Control) -> None:
    kinds = control.get("/control/faults")
    assert kinds["drops"]["places_the_call"] is True
    assert kinds["drops_before"]["places_the_call"] is False


def test_the_control_port_is_on_loopback_whatever_the_nodes_are_on() -> None:
    with Simulator(scene(), host="0.0.0.0") as sim:  # noqa: S104 - the point of the test
        assert sim.control_url.startswith("http://127.0.0.1:")
        assert Wire(sim.node("old")).call().code == 0
