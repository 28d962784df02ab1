"""One connection to a node: opened, written and read under a deadline, byte by byte if need be.

Every error says what is known: NotSent as long as no byte of a request was handed over, NoAnswer
from then on. Deadlines are `time.monotonic()` values.
"""

import select
import socket
import ssl

from clicktodial.webdialer.chain import proven
from clicktodial.webdialer.errors import NoAnswer, NotSent, Reason
from clicktodial.webdialer.values import Address
from clicktodial.webdialer.wire import connected, left

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
                self._sock.settimeout(left(deadline))
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
            self._sock.settimeout(left(deadline))
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
    sock = connected(address, deadline=deadline)
    if context is None:
        return Stream(sock)
    try:
        sock.settimeout(left(deadline))
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
