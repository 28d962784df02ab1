"""A scene out of JSON: every member is checked, and a mistake is named by its place."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from clicktodial.simulator.numbers import PatternError, compile_pattern
from clicktodial.simulator.scene import (
    ApplicationUser,
    Behaviour,
    Certificate,
    Cluster,
    Destination,
    Device,
    DialRule,
    Generation,
    Line,
    Node,
    Registration,
    Scene,
    SceneError,
    Settings,
    Shape,
    Token,
    User,
)

T = TypeVar("T")
Reader = Callable[[Any, str], Any]


def read(data: Any, *, folder: Path | None = None) -> Scene:
    """The checked scene of parsed JSON; certificate files are looked for beside the scene."""
    members = _members(data, "the scene", Scene)
    clusters = _several(_cluster)(members.get("clusters"), "clusters")
    scene = Scene(clusters, _several(_text)(members.get("redirector", []), "redirector"))
    if folder is not None:
        scene = Scene(tuple(_beside(folder, cluster) for cluster in clusters), scene.redirector)
    return check(scene)


def check(scene: Scene) -> Scene:
    """The scene itself, once its names are unique and lead somewhere."""
    if not scene.clusters:
        raise SceneError("clusters: there must be at least one.")
    _unique("clusters: the cluster", (cluster.name for cluster in scene.clusters))
    _unique("nodes: the node", (n.name for c in scene.clusters for n in c.nodes))
    _unique("devices: the device", (d.name for c in scene.clusters for d in c.devices))
    known = {cluster.name for cluster in scene.clusters}
    for name in scene.redirector:
        if name not in known:
            raise SceneError(f"redirector: there is no cluster {name!r}.")
    for cluster in scene.clusters:
        _check_cluster(cluster, f"cluster {cluster.name!r}")
    return scene


def _check_cluster(cluster: Cluster, place: str) -> None:
    if not cluster.nodes:
        raise SceneError(f"{place}: nodes: there must be at least one.")
    accounts = [user.id for user in cluster.users] + [app.id for app in cluster.application_users]
    _unique(f"{place}: users: the user id", accounts)
    devices = {device.name for device in cluster.devices}
    for user in cluster.users:
        for name in user.devices:
            if name not in devices:
                raise SceneError(f"{place}: user {user.id!r}: there is no device {name!r}.")
    for node in cluster.nodes:
        if bool(node.certificate_file) != bool(node.key_file):
            raise SceneError(
                f"{place}: node {node.name!r}: certificate_file and key_file go together."
            )
    for destination in cluster.destinations:
        try:
            compile_pattern(destination.pattern)
        except PatternError as error:
            raise SceneError(f"{place}: destinations: {error}") from error


def _beside(folder: Path, cluster: Cluster) -> Cluster:
    from dataclasses import replace

    def found(node: Node) -> Node:
        if not node.certificate_file:
            return node
        files = (str(folder / node.certificate_file), str(folder / node.key_file))
        return replace(node, certificate_file=files[0], key_file=files[1])

    return replace(cluster, nodes=tuple(found(node) for node in cluster.nodes))


def _unique(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise SceneError(f"{what} {name!r} appears twice.")
        seen.add(name)


def _members(value: Any, place: str, kind: type) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise SceneError(f"{place}: must be an object, not {_kind(value)}.")
    known = [item.name for item in fields(kind)]
    for name in value:
        if name not in known:
            near = difflib.get_close_matches(str(name), known, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else f" Known are {', '.join(known)}."
            raise SceneError(f"{place}: {name!r} is not known here.{hint}")
    return value


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false"}
    names |= {int: "a number", float: "a number", type(None): "null"}
    return names.get(type(value), type(value).__name__)


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise SceneError(f"{place}: must be text, not {_kind(value)}.")
    return value


def _name(value: Any, place: str) -> str:
    if not _text(value, place).strip():
        raise SceneError(f"{place}: must not be empty.")
    return str(value)


def _flag(value: Any, place: str) -> bool:
    if not isinstance(value, bool):
        raise SceneError(f"{place}: must be true or false, not {_kind(value)}.")
    return value


def _seconds(value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1e7:
        raise SceneError(f"{place}: must be a number of seconds, 0 or more.")
    return float(value)


def _whole(low: int, high: int) -> Reader:
    def reader(value: Any, place: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise SceneError(f"{place}: must be a whole number from {low} to {high}.")
        return value

    return reader


def _one_of(*choices: str) -> Reader:
    def reader(value: Any, place: str) -> str:
        if value not in choices:
            raise SceneError(f"{place}: must be one of {', '.join(map(repr, choices))}.")
        return str(value)

    return reader


def _member_of(kind: type[StrEnum]) -> Reader:
    choose = _one_of(*(item.value for item in kind))
    return lambda value, place: kind(choose(value, place))


def _several(reader: Callable[[Any, str], T]) -> Callable[[Any, str], tuple[T, ...]]:
    def several(value: Any, place: str) -> tuple[T, ...]:
        if not isinstance(value, list | tuple):
            raise SceneError(f"{place}: must be a list, not {_kind(value)}.")
        return tuple(reader(item, f"{place}[{number}]") for number, item in enumerate(value))

    return several


def _record(kind: type[T], readers: Mapping[str, Reader]) -> Callable[[Any, str], T]:
    """A reader of objects of one dataclass; members without a default are required."""

    def record(value: Any, place: str) -> T:
        members = _members(value, place, kind)
        for item in fields(kind):  # type: ignore[arg-type]
            if item.name not in members and _required(item):
                raise SceneError(f"{place}: {item.name!r} is missing.")
        return kind(**{name: readers[name](members[name], f"{place}.{name}") for name in members})

    return record


def _required(item: Field[Any]) -> bool:
    return item.default is MISSING and item.default_factory is MISSING


_line_record = _record(Line, {"dn": _name, "partition": _text})
_token_record = _record(Token, {"text": _name, "expired": _flag})


def _line(value: Any, place: str) -> Line:
    if isinstance(value, str):
        dn, _, partition = value.partition(";")
        return Line(_name(dn.strip(), place), partition.strip())
    return _line_record(value, place)


def _token(value: Any, place: str) -> Token:
    return Token(_name(value, place)) if isinstance(value, str) else _token_record(value, place)


_node = _record(
    Node,
    {
        "name": _name,
        "port": _whole(0, 65535),
        "secure": _flag,
        "generation": _member_of(Generation),
        "shape": _member_of(Shape),
        "certificate": _member_of(Certificate),
        "certificate_file": _text,
        "key_file": _text,
    },
)
_user = _record(
    User,
    {
        "id": _name,
        "password": _text,
        "name": _text,
        "devices": _several(_name),
        "primary_line": _text,
        "tokens": _several(_token),
    },
)
_application_user = _record(ApplicationUser, {"id": _name, "password": _text, "proxy": _flag})
_device = _record(
    Device,
    {
        "name": _name,
        "lines": _several(_line),
        "model": _text,
        "description": _text,
        "state": _member_of(Registration),
        "protocol": _one_of("SIP", "SCCP"),
    },
)
_destination = _record(
    Destination,
    {
        "pattern": _name,
        "behaviour": _member_of(Behaviour),
        "after": _seconds,
        "fac": _several(_name),
        "cmc": _several(_name),
    },
)
_dial_rule = _record(
    DialRule,
    {"begins_with": _text, "digits": _whole(0, 100), "remove": _whole(0, 100), "prefix": _text},
)
_times = ("lockout", "dial", "answer", "ring", "talk", "tone", "ended")
_settings = _record(
    Settings,
    {
        "calls_a_second": _whole(0, 100_000),
        "limit_code": lambda value, place: int(_one_of("6", "9")(str(value), place)),
        "end_call_seconds": _whole(1, 600),
        "session_hours": _whole(0, 168),
        "lockout_after": _whole(0, 1000),
        "make_call_proxy_methods": _one_of("Insecure", "Secure"),
        "apply_dial_rules": _flag,
        "apply_dial_rules_to_soap": _flag,
        "end_call_on_any_node": _flag,
        "lenient_lines": _flag,
        "cti": _one_of("up", "down"),
        "directory": _one_of("up", "down"),
        "otherwise": _member_of(Behaviour),
        **{f"{name}_seconds": _seconds for name in _times},
    },
)
_cluster = _record(
    Cluster,
    {
        "name": _name,
        "nodes": _several(_node),
        "users": _several(_user),
        "application_users": _several(_application_user),
        "devices": _several(_device),
        "destinations": _several(_destination),
        "dial_rules": _several(_dial_rule),
        "settings": _settings,
    },
)
