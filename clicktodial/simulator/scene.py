"""What a simulated Unified CM knows: clusters, nodes, people, phones and destinations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any


class SceneError(ValueError):
    """The scene cannot be played; the text names the place and what is wrong there."""


class Generation(StrEnum):
    """Which SOAP interface a node offers: before 15SU5, since 15SU5, or both at once."""

    AXIS = "axis"
    LITERAL = "literal"
    BOTH = "both"


class Shape(StrEnum):
    """How an Axis node writes its replies: as the guide prints them, or as stock Axis 1.4 does."""

    GUIDE = "guide"
    STOCK = "stock"


class Certificate(StrEnum):
    """What is wrong with the certificate that a secure node shows."""

    GOOD = "good"
    EXPIRED = "expired"
    WRONG_NAME = "wrong name"
    UNTRUSTED = "untrusted"


class Registration(StrEnum):
    """How a desk phone stands when the scene opens."""

    REGISTERED = "registered"
    UNREGISTERED = "unregistered"
    BUSY = "busy"


class Behaviour(StrEnum):
    """What becomes of a call to a destination."""

    ANSWERS = "answers"
    RINGS = "rings"
    BUSY = "busy"
    FAILS = "fails"
    NO_ROUTE = "no route"


@dataclass(frozen=True)
class Line:
    """A directory number in a partition, as one button of a phone shows it."""

    dn: str
    partition: str = ""

    @property
    def text(self) -> str:
        """The line as WebDialer lists it: `1001 ; Internal`."""
        return f"{self.dn} ; {self.partition or 'no partition'}"


@dataclass(frozen=True)
class Device:
    """A desk phone or softphone; `protocol` decides what happens to letters in a number."""

    name: str
    lines: tuple[Line, ...] = ()
    model: str = "Cisco 8841"
    description: str = ""
    state: Registration = Registration.REGISTERED
    protocol: str = "SIP"


@dataclass(frozen=True)
class Token:
    """A single sign-on token of a user; an expired one is refused with code 2."""

    text: str = field(repr=False)
    expired: bool = False


@dataclass(frozen=True)
class User:
    """An end user and the devices that are associated with him or her."""

    id: str
    password: str = field(default="", repr=False)
    name: str = ""
    devices: tuple[str, ...] = ()
    primary_line: str = ""
    tokens: tuple[Token, ...] = ()


@dataclass(frozen=True)
class ApplicationUser:
    """An application user; `proxy` is the role Standard EM Authentication Proxy Rights."""

    id: str
    password: str = field(default="", repr=False)
    proxy: bool = True


@dataclass(frozen=True)
class Destination:
    """Numbers that match a route pattern, and what becomes of a call to them."""

    pattern: str
    behaviour: Behaviour = Behaviour.ANSWERS
    after: float | None = None
    fac: tuple[str, ...] = field(default=(), repr=False)
    cmc: tuple[str, ...] = ()


@dataclass(frozen=True)
class DialRule:
    """An application dial rule; `digits` of 0 means any length."""

    begins_with: str = ""
    digits: int = 0
    remove: int = 0
    prefix: str = ""


@dataclass(frozen=True)
class Settings:
    """Service parameters of a cluster and the pace of its phones; times are in seconds."""

    calls_a_second: int = 3
    limit_code: int = 9
    end_call_seconds: int = 15
    session_hours: int = 0
    lockout_after: int = 3
    lockout_seconds: float = 1800.0
    make_call_proxy_methods: str = "Insecure"
    apply_dial_rules: bool = True
    apply_dial_rules_to_soap: bool = False
    end_call_on_any_node: bool = False
    lenient_lines: bool = False
    cti: str = "up"
    directory: str = "up"
    otherwise: Behaviour = Behaviour.ANSWERS
    dial_seconds: float = 0.0
    answer_seconds: float = 4.0
    ring_seconds: float = 180.0
    talk_seconds: float = 3600.0
    tone_seconds: float = 10.0
    ended_seconds: float = 5.0


@dataclass(frozen=True)
class Node:
    """A server of a cluster that runs the WebDialer service; port 0 takes a free one."""

    name: str
    port: int = 0
    secure: bool = False
    generation: Generation = Generation.AXIS
    shape: Shape = Shape.GUIDE
    certificate: Certificate = Certificate.GOOD
    certificate_file: str = ""
    key_file: str = ""


@dataclass(frozen=True)
class Cluster:
    """One Unified CM cluster."""

    name: str
    nodes: tuple[Node, ...]
    users: tuple[User, ...] = ()
    application_users: tuple[ApplicationUser, ...] = ()
    devices: tuple[Device, ...] = ()
    destinations: tuple[Destination, ...] = ()
    dial_rules: tuple[DialRule, ...] = ()
    settings: Settings = Settings()


@dataclass(frozen=True)
class Scene:
    """Everything that the simulator plays."""

    clusters: tuple[Cluster, ...]
    redirector: tuple[str, ...] = ()

    @classmethod
    def of(cls, source: Scene | Mapping[str, Any] | str | Path) -> Scene:
        """The scene of a mapping or of a JSON file's path; SceneError says what is wrong."""
        from clicktodial.simulator import scene_reader

        if isinstance(source, Scene):
            return scene_reader.check(source)
        if isinstance(source, Mapping):
            return scene_reader.read(source)
        return scene_reader.read(_load(Path(source)), folder=Path(source).parent)


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SceneError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise SceneError(f"{path}: is not UTF-8 text.") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise SceneError(f"{path}: is not JSON at {place} ({error.msg}).") from error
    except RecursionError as error:
        raise SceneError(f"{path}: is nested too deeply.") from error
