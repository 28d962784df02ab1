"""A threading HTTP(S) server that can stop, refuse, hang, drip and drop on demand."""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable

from clicktodial.simulator.wire import BadRequestError, Delivery, Request, Response, read_request

Handler = Callable[[Request], Response]
PIECE = 65_536


class Server:
    """Listens on one address; while stopped, the port stays ours and connections are refused."""

    def __init__(
        self,
        handler: Handler,
        *,
        host: str,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        name: str = "server",
    ) -> None:
        self._handler = handler
        self._tls = tls
        self._name = name
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: set[threading.Thread] = set()
        self._socket = _bound(host, port)
        self.host, self.port = self._socket.getsockname()[:2]
        self._wake: socket.socket | None = None
        self._accepting: threading.Thread | None = None

    @property
    def listening(self) -> bool:
        """Whether connections are taken."""
        return self._accepting is not None

    def start(self) -> None:
        """Take connections, in threads; nothing happens when it does so already."""
        with self._lock:
            if self._accepting is not None:
                return
            self._socket.listen(512)
            wake, self._wake = socket.socketpair()
            accepting = threading.Thread(
                target=self._accept, args=(self._socket, wake), name=self._name, daemon=True
            )
            self._accepting = accepting
            accepting.start()

    def stop(self) -> None:
        """Refuse connections and cut those that are open, as a killed process would."""
        with self._lock:
            accepting, wake = self._accepting, self._wake
            if accepting is None or wake is None:
                return
            wake.close()
            accepting.join()
            self._socket.close()
            self._socket = _bound(self.host, self.port)
            self._accepting = self._wake = None
            threads, sockets = list(self._threads), list(self._open)
        for connection in sockets:
            # The plain socket's own shutdown: SSLSocket's would disturb a thread inside a read.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
        for thread in threads:
            if thread is not threading.current_thread():
                thread.join(timeout=5)

    def close(self) -> None:
        """Stop for good and give the port back."""
        self.stop()
        self._socket.close()

    def _accept(self, listener: socket.socket, wake: socket.socket) -> None:
        with selectors.DefaultSelector() as waiting, wake:
            listener.setblocking(False)
            waiting.register(listener, selectors.EVENT_READ)
            waiting.register(wake, selectors.EVENT_READ)
            while True:
                ready = [key.fileobj for key, _ in waiting.select()]
                if wake in ready:
                    return
                with contextlib.suppress(OSError):
                    connection, _ = listener.accept()
                    self._take(connection)

    def _take(self, connection: socket.socket) -> None:
        connection.setblocking(True)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        thread = threading.Thread(
            target=self._serve, args=(connection,), name=f"{self._name} connection", daemon=True
        )
        # Without the lock: stop() holds it while it waits for this thread, and sets are atomic.
        self._threads.add(thread)
        self._open.add(connection)
        thread.start()

    def _serve(self, connection: socket.socket) -> None:
        current = connection
        try:
            if self._tls is not None:
                current = self._secure(connection)
            with contextlib.suppress(OSError, ValueError):
                self._converse(current)
        except (OSError, ValueError):
            pass  # the client went away, or did not like our certificate
        finally:
            self._open.discard(connection)
            self._open.discard(current)
            current.close()
            connection.close()
            self._threads.discard(threading.current_thread())

    def _secure(self, connection: socket.socket) -> socket.socket:
        assert self._tls is not None  # noqa: S101 - tells mypy what _serve has just asked
        secured = self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        self._open.add(secured)
        self._open.discard(connection)
        try:
            if not self.listening:
                raise ConnectionAbortedError  # stopped just while the socket changed hands
            secured.settimeout(10)
            secured.do_handshake()
            secured.settimeout(None)
        except BaseException:
            self._open.discard(secured)
            secured.close()
            raise
        return secured

    def _converse(self, connection: socket.socket) -> None:
        def go_on() -> None:
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

        with connection.makefile("rb") as stream:
            while True:
                try:
                    request = read_request(stream, go_on=go_on)
                except BadRequestError as error:
                    response = Response(error.status, b"", "")
                    connection.sendall(response.head(keep_alive=False))
                    return
                if request is None:
                    return
                response = self._handler(request)
                if not _deliver(connection, request, response):
                    return


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        # "Address already in use" alone does not say which.
        raise OSError(error.errno, f"{host}:{port}: {error.strerror or error}") from error
    return bound


def _deliver(connection: socket.socket, request: Request, response: Response) -> bool:
    """Send the response in its way; False when the connection is to be closed."""
    if response.delay and not _wait(connection, response.delay):
        return False
    delivery = response.delivery
    if delivery is Delivery.CLOSE:
        return False
    if delivery is Delivery.RESET:
        # Lingering for no time makes close() send a reset instead of an end.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False
    if delivery is Delivery.HANG:
        _wait(connection, None)
        return False
    keep_alive = request.keep_alive and not response.close and delivery is Delivery.WHOLE
    head = response.head(keep_alive=keep_alive)
    body = b"" if request.method == "HEAD" else response.body
    if delivery is Delivery.WHOLE:
        connection.sendall(head + body)
    elif delivery is Delivery.CUT:
        connection.sendall(head + body[: len(body) // 2])
    elif delivery is Delivery.DRIP_BODY:
        connection.sendall(head)
        _drip(connection, body, response.pause)
    else:
        _drip(connection, head + body, response.pause)
    return keep_alive


def _drip(connection: socket.socket, data: bytes, pause: float) -> None:
    for place in range(len(data)):
        connection.sendall(data[place : place + 1])
        if not _wait(connection, pause):
            return


def _wait(connection: socket.socket, seconds: float | None) -> bool:
    """Wait; False as soon as the client has gone or the server stops."""
    deadline = None if seconds is None else time.monotonic() + seconds
    with selectors.DefaultSelector() as waiting:
        waiting.register(connection, selectors.EVENT_READ)
        while True:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                return True
            if waiting.select(left) and not connection.recv(PIECE):
                return False
