"""The simulator as a whole: clusters and nodes that run, and a door for whoever tests with them."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from clicktodial.simulator.address import NodeAddress
from clicktodial.simulator.certificates import Authority
from clicktodial.simulator.control import Control
from clicktodial.simulator.exchange import Exchange
from clicktodial.simulator.html import Popup
from clicktodial.simulator.node import NodeServer
from clicktodial.simulator.phones import Phone, PhoneSnapshot
from clicktodial.simulator.records import Call, End, Ledger, Request
from clicktodial.simulator.scene import Generation, Registration, Scene
from clicktodial.simulator.server import Server


class Simulator:
    """A Unified CM, or several, that ring no phone.

    `scene` is a Scene, a mapping or the path of a JSON file; SceneError says what is wrong with it.
    Starts on entering a `with` block or by `start`; OSError where a port cannot be had.
    """

    def __init__(
        self,
        scene: Scene | Mapping[str, Any] | str | Path,
        *,
        host: str = "127.0.0.1",
        control_port: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.scene = Scene.of(scene)
        self._host = host
        self._control_port = control_port
        self._ledger = Ledger(clock)
        self._authority: Authority | None = None
        self._exchanges = {
            cluster.name: Exchange(cluster, ledger=self._ledger, clock=clock)
            for cluster in self.scene.clusters
        }
        self._nodes: dict[str, NodeServer] = {}
        self._popups: dict[str, Popup] = {}
        self._servers: dict[str, Server] = {}
        self._control: Server | None = None
        self._prepare(clock)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Take the ports and answer; nothing stays open where one of them cannot be had."""
        if self._servers:
            return
        try:
            for name, node in self._nodes.items():
                self._servers[name] = server = Server(
                    node.answer,
                    host=self._host,
                    port=node.node.port,
                    tls=self._tls(node),
                    name=name,
                )
                node.address = self.node(name).url
                server.start()
            control = Control(self)
            self._control = Server(
                control.answer, host="127.0.0.1", port=self._control_port, name="control"
            )
            self._control.start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Close every connection and give the ports back."""
        for node in self._nodes.values():
            node.closing.set()
        for server in self._servers.values():
            server.close()
        if self._control is not None:
            self._control.close()
        self._servers, self._control = {}, None
        for node in self._nodes.values():
            node.closing.clear()

    @property
    def nodes(self) -> tuple[NodeAddress, ...]:
        """The running nodes in the order of the scene."""
        return tuple(self.node(name) for name in self._nodes)

    def node(self, name: str) -> NodeAddress:
        """Where the node is found."""
        node, server = self._node(name), self._servers[name]
        secure = node.node.secure
        return NodeAddress(
            name=name,
            cluster=node.exchange.cluster.name,
            host=_reachable(server.host),
            port=server.port,
            secure=secure,
            generation=node.generation,
            ca_pem=self.ca_pem if secure else "",
        )

    @property
    def ca_pem(self) -> str:
        """The certificate of the authority behind the secure nodes without files of their own."""
        return self._issuer().pem

    @property
    def control_url(self) -> str:
        """The address of the control interface and of the phones page."""
        if self._control is None:
            raise RuntimeError("the simulator is not running")
        return f"http://{self._control.host}:{self._control.port}"

    @property
    def phones_url(self) -> str:
        """The page that shows the desk phones."""
        return f"{self.control_url}/phones"

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every makeCall that reached a node, also where the reply was lost."""
        return self._ledger.calls

    @property
    def rung(self) -> tuple[Call, ...]:
        """The calls that a desk phone really dialled."""
        return tuple(call for call in self._ledger.calls if call.rang)

    @property
    def ends(self) -> tuple[End, ...]:
        """Every endCall that reached a node."""
        return self._ledger.ends

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every HTTP request that reached a node."""
        return self._ledger.requests

    def phone(self, device: str) -> PhoneSnapshot:
        """The desk phone as it stands now."""
        return self._phone(device)[0].snapshot()

    @property
    def phones(self) -> tuple[PhoneSnapshot, ...]:
        """All desk phones as they stand now."""
        return tuple(
            phone.snapshot()
            for exchange in self._exchanges.values()
            for phone in exchange.phones.values()
        )

    def fault(
        self,
        node: str,
        name: str,
        *,
        operation: str | None = None,
        times: int | None = None,
        seconds: float | None = None,
    ) -> None:
        """Set a fault on a node; UnknownFaultError lists the names."""
        self._node(node).faults.add(name, operation=operation, times=times, seconds=seconds)
        if name == "refuses":
            self.stop_node(node)

    def faults(self, node: str) -> list[dict[str, object]]:
        """The faults that are set on a node."""
        return self._node(node).faults.as_json()

    def mend(self, node: str | None = None) -> None:
        """Take all faults from a node, or from all, and start what was stopped."""
        for name in [node] if node else list(self._nodes):
            self._node(name).faults.clear()
            self.start_node(name)

    def reset(self) -> None:
        """Mend all, forget all records, free all phones, unlock all accounts."""
        self.mend()
        for exchange in self._exchanges.values():
            exchange.reset()
        for node in self._nodes.values():
            node.generation = node.node.generation
        for popup in self._popups.values():
            popup.sessions.clear()
        self._ledger.clear()

    def set_generation(self, node: str, generation: Generation | str) -> None:
        """Upgrade a node, or take it back."""
        self._node(node).generation = Generation(generation)

    def stop_node(self, node: str) -> None:
        """Kill a node: connections are cut and refused, sessions lost; the port stays ours."""
        self._node(node).closing.set()
        self._servers[node].stop()
        self._popups[node].sessions.clear()

    def start_node(self, node: str) -> None:
        """Bring a killed node back at the same address."""
        self._node(node).closing.clear()
        self._servers[node].start()

    def is_listening(self, node: str) -> bool:
        """Whether the node takes connections."""
        return self._servers[node].listening

    def answer(self, device: str) -> bool:
        """Let the far end pick up; False where the phone does not ring out."""
        phone, exchange = self._phone(device)
        return phone.answer(settings=exchange.settings)

    def hang_up(self, device: str) -> bool:
        """Put the handset down; False where there is no call."""
        phone, exchange = self._phone(device)
        return phone.hang_up(ended_seconds=exchange.settings.ended_seconds)

    def stand(self, device: str, registration: Registration | str) -> None:
        """Make a phone registered, unregistered or busy."""
        self._phone(device)[0].stand(Registration(registration))

    def unlock(self, user_id: str = "") -> None:
        """Unlock an account in every cluster, or all accounts."""
        for exchange in self._exchanges.values():
            exchange.accounts.unlock(user_id)

    def set_password(self, user_id: str, password: str, *, cluster: str | None = None) -> None:
        """Change a password as the cluster's administrator would; KeyError where unknown."""
        found = False
        for name, exchange in self._exchanges.items():
            if cluster in (None, name) and exchange.accounts.knows(user_id):
                exchange.accounts.set_password(user_id, password)
                found = True
        if not found:
            raise KeyError(f"there is no user {user_id!r}")

    def _prepare(self, clock: Callable[[], float]) -> None:
        for cluster in self.scene.clusters:
            for node in cluster.nodes:
                exchange = self._exchanges[cluster.name]
                self._nodes[node.name] = server = NodeServer(node, exchange, ledger=self._ledger)
                popup = Popup(server, homes=self._homes, clock=clock)
                server.pages, self._popups[node.name] = popup.answer, popup

    def _homes(self, user_id: str) -> list[str]:
        """The addresses that the Redirector has for a user, one for each home cluster."""
        listed = self.scene.redirector or tuple(self._exchanges)
        addresses = []
        for name in listed:
            if self._exchanges[name].accounts.user(user_id) is None:
                continue
            nodes = [node.name for node in self._exchanges[name].cluster.nodes]
            awake = [node for node in nodes if self.is_listening(node)]
            addresses.append(self.node((awake or nodes)[0]).url)
        return addresses

    def _issuer(self) -> Authority:
        if self._authority is None:
            self._authority = Authority()
        return self._authority

    def _tls(self, node: NodeServer) -> ssl.SSLContext | None:
        if not node.node.secure:
            return None
        return self._issuer().context(node.node, host=self._host)

    def _node(self, name: str) -> NodeServer:
        if name not in self._nodes:
            raise KeyError(f"there is no node {name!r}; there are {', '.join(self._nodes)}")
        return self._nodes[name]

    def _phone(self, device: str) -> tuple[Phone, Exchange]:
        for exchange in self._exchanges.values():
            if device in exchange.phones:
                return exchange.phones[device], exchange
        raise KeyError(f"there is no device {device!r}")


def _reachable(host: str) -> str:
    """An address that a client on this machine can use where the nodes listen on all of them."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - only read
