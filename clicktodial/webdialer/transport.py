"""Posts envelopes to one node over kept-open connections, and knows what has left this machine."""

import contextlib
import os
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Self

from clicktodial.webdialer.errors import NoAnswer, NotSent, Reason
from clicktodial.webdialer.reply import Reply, read_reply
from clicktodial.webdialer.stream import Stream, opened
from clicktodial.webdialer.values import Address, Limits


@dataclass(frozen=True)
class Message:
    """A request ready to be posted; its content (it holds the password) does not print."""

    path: str
    action: str
    content: bytes = field(repr=False)
    repeatable: bool = False  # it changes nothing, so sending it twice does no harm
    not_after: float | None = None  # by the monotonic clock; later than this it is not sent at all


class Transport:
    """The way to one node, safe for many threads and cheap to keep for the life of the process.

    `ca` is PEM text: the only certificates trusted then, and no setting of the environment counts.
    Without it the system's are, which OpenSSL also finds by SSL_CERT_FILE. There is no proxy, no
    netrc, no redirect.
    """

    def __init__(
        self, address: Address, *, ca: str | None = None, limits: Limits | None = None
    ) -> None:
        self.address = address
        self.limits = limits or Limits()
        self._ca = ca
        self._context: ssl.SSLContext | None = None
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(self.limits.connections)
        self._idle: list[Stream] = []
        self._owner = os.getpid()
        self._closed = False
        self._ahead: float | None = None

    @property
    def ahead(self) -> float | None:
        """Seconds by which the node's clock was ahead of ours at its last answer, if it said."""
        return self._ahead

    def post(self, message: Message) -> Reply:
        """The node's answer; NotSent, NoAnswer or Unreadable in its place.

        A message that is not repeatable is written once at most. One that is gets a second
        connection if the kept-open one turns out to have been closed by the node.
        """
        deadline = time.monotonic() + self.limits.total
        with self._place(deadline):
            stream = self._kept() or self._fresh(deadline)
            reused = stream.used
            try:
                return self._exchange(stream, message, deadline)
            except NotSent:
                if not reused:
                    raise
            except NoAnswer as error:
                stale = reused and error.reason is Reason.BROKEN and not stream.buffer
                if not (stale and message.repeatable):
                    raise
            return self._exchange(self._fresh(deadline), message, deadline)

    def chain(self) -> tuple[bytes, ...]:
        """The certificates by which the node proves itself now, as DER, its own first; NotSent."""
        deadline = time.monotonic() + self.limits.total
        with self._place(deadline):
            stream = self._fresh(deadline)
            try:
                return stream.chain
            finally:
                stream.close()

    def close(self) -> None:
        """Close the idle connections, and the busy ones when they are done."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for stream in idle:
            stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        with contextlib.suppress(AttributeError):  # __init__ may not have come that far
            self.close()

    def _exchange(self, stream: Stream, message: Message, deadline: float) -> Reply:
        stream.used = True
        done = False
        try:
            if message.not_after is not None and time.monotonic() > message.not_after:
                raise NotSent(Reason.TIMED_OUT)
            stream.write(self._head(message) + message.content, deadline=deadline)
            answer_by = min(deadline, time.monotonic() + self.limits.answer)
            reply = read_reply(stream, limits=self.limits, deadline=answer_by)
            self._ahead = _ahead(reply.date)
            done = reply.reusable
            return reply
        finally:
            if not (done and self._keep(stream)):
                stream.close()

    def _head(self, message: Message) -> bytes:
        return (
            f"POST {message.path} HTTP/1.1\r\n"
            f"Host: {self.address.authority}\r\n"
            "Content-Type: text/xml; charset=utf-8\r\n"
            f'SOAPAction: "{message.action}"\r\n'
            "Accept: text/xml\r\n"
            "Accept-Encoding: identity\r\n"
            f"Content-Length: {len(message.content)}\r\n"
            "\r\n"
        ).encode("ascii")

    @contextlib.contextmanager
    def _place(self, deadline: float) -> Iterator[None]:
        """One of the connections allowed at once."""
        if not self._places.acquire(timeout=max(0.0, deadline - time.monotonic())):
            raise NotSent(Reason.BUSY)
        try:
            yield
        finally:
            self._places.release()

    def _kept(self) -> Stream | None:
        """An idle connection proven alive; those that are not are closed on the way."""
        if self._owner != os.getpid():
            self._disown()
        while True:
            with self._lock:
                if self._closed:
                    raise NotSent(Reason.CLOSED)
                if not self._idle:
                    return None
                stream = self._idle.pop()
            if time.monotonic() - stream.idle_since < self.limits.idle and stream.is_alive():
                return stream
            stream.close()

    def _disown(self) -> None:
        """Leave the parent process its connections: two writers on one would mix up their calls."""
        with self._lock:
            if self._owner != os.getpid():
                inherited, self._idle, self._owner = self._idle, [], os.getpid()
                for stream in inherited:
                    stream.close()

    def _fresh(self, deadline: float) -> Stream:
        context = self._tls() if self.address.secure else None
        connect_by = min(deadline, time.monotonic() + self.limits.connect)
        return opened(self.address, context=context, deadline=connect_by)

    def _keep(self, stream: Stream) -> bool:
        stream.idle_since = time.monotonic()
        with self._lock:
            if not self._closed:
                self._idle.append(stream)
            return not self._closed

    def _tls(self) -> ssl.SSLContext:
        with self._lock:
            if self._context is None:
                self._context = _tls_context(self._ca)
            return self._context


def _ahead(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp() - time.time() if date else None
    except (ValueError, OverflowError):
        return None


def _tls_context(ca: str | None) -> ssl.SSLContext:
    # Not ssl.create_default_context(): that also obeys SSLKEYLOGFILE from the environment.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca is None:
        context.load_default_certs()
        return context
    # A cluster's own certificate may be given itself, and is older than what OpenSSL calls strict;
    # said here because the defaults changed with Python 3.13.
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    try:
        context.load_verify_locations(cadata=ca)
        return context
    except (ssl.SSLError, ValueError, TypeError):
        failure = NotSent(Reason.UNUSABLE_CA)
    raise failure
