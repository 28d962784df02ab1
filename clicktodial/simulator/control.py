"""The control interface: what happened, as JSON, and what is to happen, for tests elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from clicktodial.simulator import phones_page, templates
from clicktodial.simulator.faults import KINDS
from clicktodial.simulator.node import not_found
from clicktodial.simulator.records import Call, End
from clicktodial.simulator.records import Request as RequestRecord
from clicktodial.simulator.wire import Request, Response, as_json

if TYPE_CHECKING:
    from clicktodial.simulator.simulator import Simulator

Members = Mapping[str, Any]


class Control:
    """Answers on the control port of a simulator."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._shown: dict[str, Callable[[Request], Response]] = {
            "/": self._phones_page,
            "/phones": self._phones_page,
            "/phones/cards": lambda request: phones_page.refresh(request, simulator.phones),
            "/phones.css": lambda _: templates.static("phones.css"),
            "/phones.js": lambda _: templates.static("phones.js"),
            "/control/state": lambda _: as_json(self._state()),
            "/control/phones": lambda _: as_json([asdict(phone) for phone in simulator.phones]),
            "/control/calls": lambda request: _since(request, simulator.calls),
            "/control/ends": lambda request: _since(request, simulator.ends),
            "/control/requests": lambda request: _since(request, simulator.requests),
            "/control/faults": lambda _: as_json({k.name: _kind(k.name) for k in KINDS.values()}),
        }
        self._done: dict[str, Callable[[Members], object]] = {
            "/control/fault": self._fault,
            "/control/mend": lambda members: simulator.mend(_text(members, "node", "") or None),
            "/control/reset": lambda _: simulator.reset(),
            "/control/generation": lambda members: simulator.set_generation(
                _text(members, "node"), _text(members, "generation")
            ),
            "/control/node": self._node,
            "/control/phone": self._phone,
            "/control/account": self._account,
        }

    def answer(self, request: Request) -> Response:
        """The response to a request; a mistake is answered by 400 and a sentence."""
        if request.method in ("GET", "HEAD") and request.path in self._shown:
            return self._shown[request.path](request)
        if request.method != "POST" or request.path not in self._done:
            known = request.path in self._shown or request.path in self._done
            return _error(405, "not by this method") if known else not_found(request)
        # A page of another site cannot send this type without being asked for leave first.
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            return _error(415, "send application/json")
        try:
            members = json.loads(request.body or b"{}")
            if not isinstance(members, dict):
                raise TypeError("send an object")
            done = self._done[request.path](members)
        except KeyError as error:
            return _error(400, str(error.args[0]))
        except (ValueError, TypeError) as error:
            return _error(400, str(error))
        return as_json({"done": done is not False})

    def _phones_page(self, request: Request) -> Response:
        return phones_page.show(request, self._simulator.phones)

    def _state(self) -> dict[str, object]:
        simulator = self._simulator
        nodes = [
            {
                "name": node.name,
                "cluster": node.cluster,
                "host": node.host,
                "port": node.port,
                "secure": node.secure,
                "url": node.url,
                "generation": node.generation.value,
                "listening": simulator.is_listening(node.name),
                "faults": simulator.faults(node.name),
                "ca_pem": node.ca_pem,
            }
            for node in simulator.nodes
        ]
        counts = {
            "calls": len(simulator.calls),
            "rung": len(simulator.rung),
            "ends": len(simulator.ends),
            "requests": len(simulator.requests),
        }
        return {"nodes": nodes, "counts": counts, "phones_url": simulator.phones_url}

    def _fault(self, members: Members) -> None:
        self._simulator.fault(
            _text(members, "node"),
            _text(members, "name"),
            operation=_text(members, "operation", "") or None,
            times=_number(members, "times", int),
            seconds=_number(members, "seconds", float),
        )

    def _node(self, members: Members) -> None:
        name, action = _text(members, "node"), _text(members, "action")
        if action == "stop":
            self._simulator.stop_node(name)
        elif action == "start":
            self._simulator.start_node(name)
        else:
            raise ValueError("action must be stop or start")

    def _phone(self, members: Members) -> bool:
        device, action = _text(members, "device"), _text(members, "action")
        if action == "answer":
            return self._simulator.answer(device)
        if action == "hang_up":
            return self._simulator.hang_up(device)
        standing = {"busy": "busy", "unregister": "unregistered", "register": "registered"}
        if action not in standing:
            actions = ", ".join(("answer", "hang_up", *standing))
            raise ValueError(f"action must be one of {actions}")
        self._simulator.stand(device, standing[action])
        return True

    def _account(self, members: Members) -> None:
        user, action = _text(members, "user", ""), _text(members, "action")
        if action == "unlock":
            self._simulator.unlock(user)
        elif action == "password":
            cluster = _text(members, "cluster", "") or None
            self._simulator.set_password(user, _text(members, "password"), cluster=cluster)
        else:
            raise ValueError("action must be unlock or password")


def _since(request: Request, records: Iterable[Call | End | RequestRecord]) -> Response:
    text = request.query.get("since", "0") or "0"
    if not (text.isascii() and text.isdigit()):
        return _error(400, "since must be the id of a record")
    return as_json([asdict(record) for record in records if record.id > int(text)])


def _kind(name: str) -> dict[str, object]:
    kind = KINDS[name]
    return {"places_the_call": kind.acts, "tells": kind.tells, "seconds": kind.seconds}


def _text(members: Members, name: str, default: str | None = None) -> str:
    value = members.get(name, default)
    if value is None and default is not None:
        value = default
    if not isinstance(value, str):
        raise TypeError(f"{name} must be text")
    return value


def _number(members: Members, name: str, kind: type) -> Any:
    value = members.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{name} must be a number")
    return kind(value)


def _error(status: int, text: str) -> Response:
    return as_json({"error": text}, status=status)
