"""A node made of plain sockets that answers, or misbehaves, exactly as a test tells it to."""

import contextlib
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from clicktodial.webdialer import (
    Address,
    Caller,
    Generation,
    Limits,
    ProxyCredential,
    Secret,
    Transport,
    WebDialer,
)

GOLDEN = Path(__file__).parents[1] / "golden"
CALLER = Caller("johndoe", device="SEPF01FAF38ABC2", line="1002 ; Zürich internal")
PASSWORD = "p<&>'\"w €"
CREDENTIAL = ProxyCredential("testAppUser", Secret(PASSWORD))

# Generous, for a loaded machine; tests that wait for a limit to pass set their own short one.
PATIENT = Limits(connect=20, answer=20, total=40)


def golden(generation: str, name: str) -> bytes:
    return (GOLDEN / generation / "replies" / f"{name}.xml").read_bytes()


def http(
    body: bytes = b"",
    *,
    status: str = "200 OK",
    media_type: str | None = "text/xml; charset=utf-8",
    headers: Iterable[str] = (),
    length: bool = True,
) -> bytes:
    """An HTTP answer, whole."""
    lines = [f"HTTP/1.1 {status}", *headers]
    if media_type is not None:
        lines.append(f"Content-Type: {media_type}")
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


class Conversation:
    """One connection as an answer sees it; `request` is what came, `over` that the test ended."""

    def __init__(self, sock: socket.socket, request: bytes, over: threading.Event) -> None:
        self.sock = sock
        self.request = request
        self.over = over

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def drip(self, data: bytes, *, every: float = 0.02) -> None:
        for at in range(len(data)):
            if self.over.wait(every):
                return
            self.send(data[at : at + 1])
        self.over.wait(60)


# What to do with a request; True keeps the connection open for the next one.
Answer = Callable[[Conversation], bool | None]


def says(data: bytes, *, keep: bool = True) -> Answer:
    def answer(conversation: Conversation) -> bool:
        conversation.send(data)
        return keep

    return answer


def drips(data: bytes) -> Answer:
    return lambda conversation: conversation.drip(data)


def hangs(conversation: Conversation) -> None:
    conversation.over.wait(60)


def drops(conversation: Conversation) -> None:
    """Close the connection without a word."""


def resets(conversation: Conversation) -> None:
    conversation.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


class Node:
    """Answers one request after the other, the last answer serving for all that follow."""

    def __init__(self, *answers: Answer, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[bytes] = []
        self.connections = 0
        self.received = 0  # bytes, of whole and of broken requests
        self._answers = list(answers)
        self._tls = tls
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()
        self._transports: list[Transport] = []

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def address(self) -> Address:
        return Address("127.0.0.1", self.port, secure=self._tls is not None)

    def transport(self, *, ca: str | None = None, limits: Limits = PATIENT) -> Transport:
        transport = Transport(self.address, ca=ca, limits=limits)
        self._transports.append(transport)
        return transport

    def dialer(
        self,
        generation: Generation = Generation.AXIS,
        *,
        credential=CREDENTIAL,
        ca: str | None = None,
        limits: Limits = PATIENT,
    ) -> WebDialer:
        transport = self.transport(ca=ca, limits=limits)
        return WebDialer(transport, generation=generation, credential=credential)

    def close(self) -> None:
        self._over.set()
        for transport in self._transports:
            transport.close()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(20)

    def _listen(self) -> None:
        while not self._over.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(sock,))
            with self._lock:
                self.connections += 1
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        with sock, contextlib.suppress(OSError):
            sock.settimeout(60)
            if self._tls is not None:
                with self._tls.wrap_socket(sock, server_side=True) as wrapped:
                    self._talk(wrapped)
            else:
                self._talk(sock)

    def _talk(self, sock: socket.socket) -> None:
        while request := self._request(sock):
            with self._lock:
                self.requests.append(request)
                answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
            if not answer(Conversation(sock, request, self._over)):
                return

    def _request(self, sock: socket.socket) -> bytes:
        data = b""
        while not _whole(data):
            piece = sock.recv(65_536)
            self.received += len(piece)
            if not piece:
                return b""
            data += piece
        return data


def _whole(data: bytes) -> bool:
    head, mark, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    return bool(mark) and length is not None and len(body) >= int(length[1])
