"""One connection to a node: opened, written and read under a deadline, byte by byte if need be.

Every error says what is known: NotSent as long as no byte of a request was handed over, NoAnswer
from then on. Deadlines are `time.monotonic()` values.
"""

import select
import socket
import ssl
import time
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from clicktodial.webdialer.chain import proven
from clicktodial.webdialer.errors import NoAnswer, NotSent, Reason
from clicktodial.webdialer.values import Address

_PIECE = 65_536
# X509_V_ERR_HOSTNAME_MISMATCH, _EMAIL_MISMATCH, _IP_ADDRESS_MISMATCH in OpenSSL's x509_vfy.h
_NAME_MISMATCHES = (62, 63, 64)


class Stream:
    """A connected socket with a buffer; not for two threads at once."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.buffer = bytearray()
        self.idle_since = 0.0
        self.used = False

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The certificates that were verified, as DER, the node's own first; none without TLS."""
        return proven(self._sock) if isinstance(self._sock, ssl.SSLSocket) else ()

    def write(self, data: bytes, *, deadline: float) -> None:
        """Hand all the bytes over; NotSent when certainly none of them left, else NoAnswer."""
        view = memoryview(data)
        done = 0
        try:
            while done < len(view):
                self._sock.settimeout(_left(deadline))
                done += self._sock.send(view[done:])
            return
        except OSError as error:
            reason = Reason.TIMED_OUT if isinstance(error, TimeoutError) else Reason.BROKEN
        # Over TLS part of the request may have gone out although send() failed.
        if done or isinstance(self._sock, ssl.SSLSocket):
            raise NoAnswer(reason)
        raise NotSent(reason)

    def read(self, *, deadline: float) -> bool:
        """Add what comes next to the buffer; False at the end of the stream."""
        reason = Reason.BROKEN
        try:
            self._sock.settimeout(_left(deadline))
            piece = self._sock.recv(_PIECE)
            self.buffer += piece
            return bool(piece)
        except TimeoutError:
            reason = Reason.TIMED_OUT
        except OSError:
            pass
        raise NoAnswer(reason)

    def is_alive(self) -> bool:
        """Whether an idle connection is certainly still open: nothing to read, not even an end."""
        if self.buffer or (isinstance(self._sock, ssl.SSLSocket) and self._sock.pending()):
            return False
        try:
            poll = select.poll()
            poll.register(self._sock, select.POLLIN | select.POLLHUP | select.POLLERR)
            return not poll.poll(0)
        except (OSError, ValueError):
            return False

    def close(self) -> None:
        self._sock.close()


def opened(address: Address, *, context: ssl.SSLContext | None, deadline: float) -> Stream:
    """A new connection, with TLS where a context is given; NotSent when there is none by then."""
    sock = _connected(address, deadline=deadline)
    if context is None:
        return Stream(sock)
    try:
        sock.settimeout(_left(deadline))
        # The handshake as a whole is bound by the socket's time limit.
        return Stream(context.wrap_socket(sock, server_hostname=address.host))
    except ssl.SSLCertVerificationError as error:
        wrong_name = error.verify_code in _NAME_MISMATCHES
        reason = Reason.TLS_WRONG_NAME if wrong_name else Reason.TLS_UNTRUSTED
        failure = NotSent(reason, "" if wrong_name else str(error.verify_message))
    except TimeoutError:
        failure = NotSent(Reason.TIMED_OUT)
    except ssl.SSLError as error:
        failure = NotSent(Reason.TLS_FAILED, str(error.reason or "").replace("_", " ").lower())
    except (OSError, ValueError):
        failure = NotSent(Reason.TLS_FAILED)
    sock.close()
    raise failure


def _connected(address: Address, *, deadline: float) -> socket.socket:
    failure = NotSent(Reason.NAME_UNKNOWN)
    for family, kind, protocol, _, place in _places(address, deadline=deadline):
        sock = None
        try:
            sock = socket.socket(family, kind, protocol)
            sock.settimeout(_left(deadline))
            sock.connect(place)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return sock
        except OSError as error:
            if sock is not None:
                sock.close()
            failure = NotSent(_why(error))
    raise failure


def _places(address: Address, *, deadline: float) -> list[tuple[Any, ...]]:
    """Where the host is, as the resolver says; NotSent when it has said nothing by then.

    A lookup keeps time limits of its own and cannot be stopped, so it gets a thread that is left
    behind. An address in numbers needs none.
    """
    if found := _looked_up(address, socket.AI_NUMERICHOST):
        return found
    answer: SimpleQueue[list[tuple[Any, ...]]] = SimpleQueue()
    thread = Thread(target=lambda: answer.put(_looked_up(address)), daemon=True)
    reason = Reason.TIMED_OUT
    try:
        thread.start()
        return answer.get(timeout=_left(deadline))
    except (Empty, TimeoutError):
        pass
    except RuntimeError:  # no thread can be had
        reason = Reason.BUSY
    raise NotSent(reason)


def _looked_up(address: Address, flags: int = 0) -> list[tuple[Any, ...]]:
    where = (address.host, address.port)
    try:
        return list(socket.getaddrinfo(*where, type=socket.SOCK_STREAM, flags=flags))
    except (OSError, UnicodeError):
        return []


def _why(error: OSError) -> Reason:
    if isinstance(error, TimeoutError):
        return Reason.TIMED_OUT
    return Reason.REFUSED if isinstance(error, ConnectionRefusedError) else Reason.UNREACHABLE


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
