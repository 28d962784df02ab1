"""What reached the nodes: every request, every makeCall, every endCall, in order."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

KEPT = 200_000


@dataclass(frozen=True)
class Call:
    """A makeCall that reached a node; `code` is None where a fault struck before it was acted on.

    `rang` tells whether the desk phone took the call and dialled. `destination` is what came over
    the wire, `dialed` what the phone dialled after dial rules. `at` is monotonic, `when` Unix time.
    """

    id: int
    at: float
    when: float
    node: str
    cluster: str
    user: str
    by: str
    device: str
    line: str
    destination: str
    via: str
    code: int | None = None
    rang: bool = False
    dialed: str = ""
    fault: str = ""


@dataclass(frozen=True)
class End:
    """An endCall that reached a node; `hung_up` tells whether a call really ended by it."""

    id: int
    at: float
    when: float
    node: str
    cluster: str
    user: str
    by: str
    device: str
    line: str
    via: str
    code: int | None = None
    hung_up: bool = False
    fault: str = ""


@dataclass(frozen=True)
class Request:
    """Any HTTP request that a node took; `operation` is empty for pages and files."""

    id: int
    at: float
    when: float
    node: str
    cluster: str
    operation: str
    via: str
    method: str
    path: str
    by: str = ""
    fault: str = ""


class Ledger:
    """The records of all nodes; safe to write and read from any thread."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._last = 0
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._ends: deque[End] = deque(maxlen=KEPT)
        self._requests: deque[Request] = deque(maxlen=KEPT)

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every makeCall so far, oldest first."""
        with self._lock:
            return tuple(self._calls)

    @property
    def ends(self) -> tuple[End, ...]:
        """Every endCall so far, oldest first."""
        with self._lock:
            return tuple(self._ends)

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request so far, oldest first."""
        with self._lock:
            return tuple(self._requests)

    def add_call(self, **facts: Any) -> Call:
        """Write down a makeCall."""
        with self._lock:
            self._calls.append(record := Call(**self._stamp(), **facts))
        return record

    def add_end(self, **facts: Any) -> End:
        """Write down an endCall."""
        with self._lock:
            self._ends.append(record := End(**self._stamp(), **facts))
        return record

    def add_request(self, **facts: Any) -> Request:
        """Write down a request."""
        with self._lock:
            self._requests.append(record := Request(**self._stamp(), **facts))
        return record

    def clear(self) -> None:
        """Forget everything; numbers go on counting, so `since` never misses a record."""
        with self._lock:
            self._calls.clear()
            self._ends.clear()
            self._requests.clear()

    def _stamp(self) -> dict[str, Any]:
        self._last += 1
        return {"id": self._last, "at": self._clock(), "when": time.time()}


def as_json(record: Call | End | Request) -> dict[str, Any]:
    """A record as plain values."""
    return asdict(record)
