"""A node that answers at once, or after a given time, and does nothing else.

    python tests/benchmarks/answering.py --nodes 4 --seconds 0.05 [--certificate PEM-FILE]

Every node says yes to makeCallSoap with a reply of the real shape; the first says that every user
is its own, the others that none is. So a measurement against it holds no work of a Unified CM. It
runs in a process of its own, prints its ports as JSON, and ends with its standard input.
`GET /count` tells how many requests it has answered.
"""

import argparse
import contextlib
import json
import socket
import ssl
import sys
import threading
import time
from itertools import count
from pathlib import Path

REPLIES = Path(__file__).resolve().parents[1] / "golden" / "literal" / "replies"
DIALLED = (REPLIES / "makeCallSoap.xml").read_bytes()
YES = (REPLIES / "isClusterUserSoap.xml").read_bytes()
NO = (REPLIES / "isClusterUserSoap-no.xml").read_bytes()

answered = count()


def _http(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/xml;charset=utf-8\r\nContent-Length: {len(body)}"
    return head.encode() + b"\r\n\r\n" + body


def serve(connection: socket.socket, *, home: bool, seconds: float) -> None:
    """Answer on one connection until it is closed."""
    replies = (_http(DIALLED), _http(YES if home else NO))
    waiting = bytearray()
    with connection, contextlib.suppress(OSError):
        while True:
            while (end := waiting.find(b"\r\n\r\n")) < 0 or len(waiting) < _size(waiting, end):
                piece = connection.recv(65_536)
                if not piece:
                    return
                waiting += piece
            request, waiting = waiting[: _size(waiting, end)], waiting[_size(waiting, end) :]
            if request.startswith(b"GET /count"):
                connection.sendall(_http(str(next(answered)).encode()))
                continue
            next(answered)
            if seconds:
                time.sleep(seconds)
            connection.sendall(replies[b"isClusterUser" in request])


def _size(waiting: bytearray, end: int) -> int:
    head = bytes(waiting[:end]).lower()
    length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
    return end + 4 + int(length or 0)


def _listen(door: socket.socket, tls: ssl.SSLContext | None, *, home: bool, seconds: float) -> None:
    while True:
        connection, _ = door.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            connection = tls.wrap_socket(connection, server_side=True)
        options = {"home": home, "seconds": seconds}
        threading.Thread(target=serve, args=(connection,), kwargs=options, daemon=True).start()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--certificate", default="")
    options = parser.parse_args()
    tls = None
    if options.certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(options.certificate)
    doors = [socket.create_server(("127.0.0.1", 0)) for _ in range(options.nodes)]
    for place, door in enumerate(doors):
        facts = {"home": place == 0, "seconds": options.seconds}
        threading.Thread(target=_listen, args=(door, tls), kwargs=facts, daemon=True).start()
    print(json.dumps([door.getsockname()[1] for door in doors]), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
