"""The way to a node: its name looked up and a connection opened, both under a deadline.

Deadlines are `time.monotonic()` values.
"""

import socket
import time
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from clicktodial.webdialer.errors import NotSent, Reason
from clicktodial.webdialer.values import Address

Place = tuple[Any, ...]
"""What socket.getaddrinfo says of one address."""


def looked_up(address: Address, *, seconds: float) -> tuple[str, ...]:
    """The node's IP addresses, each once; NotSent where its name is unknown or not said by then."""
    places = _places(address, deadline=time.monotonic() + seconds)
    if not places:
        raise NotSent(Reason.NAME_UNKNOWN)
    return tuple(dict.fromkeys(str(place[4][0]) for place in places))


def opens(address: Address, *, seconds: float) -> None:
    """Opens a connection and closes it; NotSent where there is none by then."""
    connected(address, deadline=time.monotonic() + seconds).close()


def connected(address: Address, *, deadline: float) -> socket.socket:
    """A new connection; NotSent where there is none by then."""
    failure = NotSent(Reason.NAME_UNKNOWN)
    for family, kind, protocol, _, place in _places(address, deadline=deadline):
        sock = None
        try:
            sock = socket.socket(family, kind, protocol)
            sock.settimeout(left(deadline))
            sock.connect(place)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return sock
        except OSError as error:
            if sock is not None:
                sock.close()
            failure = NotSent(_why(error))
    raise failure


def _places(address: Address, *, deadline: float) -> list[Place]:
    """Where the host is, as the resolver says; NotSent when it has said nothing by then.

    A lookup keeps time limits of its own and cannot be stopped, so it gets a thread that is left
    behind. An address in numbers needs none.
    """
    if found := _looked_up(address, socket.AI_NUMERICHOST):
        return found
    answer: SimpleQueue[list[Place]] = SimpleQueue()
    thread = Thread(target=lambda: answer.put(_looked_up(address)), daemon=True)
    reason = Reason.TIMED_OUT
    try:
        thread.start()
        return answer.get(timeout=left(deadline))
    except (Empty, TimeoutError):
        pass
    except RuntimeError:  # no thread can be had
        reason = Reason.BUSY
    raise NotSent(reason)


def _looked_up(address: Address, flags: int = 0) -> list[Place]:
    where = (address.host, address.port)
    try:
        return list(socket.getaddrinfo(*where, type=socket.SOCK_STREAM, flags=flags))
    except (OSError, UnicodeError):
        return []


def _why(error: OSError) -> Reason:
    if isinstance(error, TimeoutError):
        return Reason.TIMED_OUT
    return Reason.REFUSED if isinstance(error, ConnectionRefusedError) else Reason.UNREACHABLE


def left(deadline: float) -> float:
    """The seconds until then; TimeoutError where there are none."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds
