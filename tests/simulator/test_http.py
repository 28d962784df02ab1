"""HTTP/1.1 as clients really send it."""

import http.client
import socket

import pytest

from clicktodial.simulator import Simulator

from .conftest import Wire


def talk(wire: Wire, data: bytes) -> bytes:
    with socket.create_connection((wire.node.host, wire.node.port), timeout=5) as client:
        client.sendall(data)
        client.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := client.recv(65536):
            answer += piece
        return answer


def test_one_connection_carries_many_requests(old: Wire) -> None:
    connection = http.client.HTTPConnection(old.node.host, old.node.port, timeout=5)
    ports = set()
    for _ in range(5):
        connection.request(
            "POST", old.path, old.envelope("isClusterUserSoap", "eva"), {"SOAPAction": ""}
        )
        assert b">true<" in connection.getresponse().read()
        assert connection.sock is not None
        ports.add(connection.sock.getsockname()[1])
    connection.close()
    assert len(ports) == 1


def test_bodies_may_come_in_chunks(old: Wire) -> None:
    body = old.envelope("isClusterUserSoap", "eva").encode()
    connection = http.client.HTTPConnection(old.node.host, old.node.port, timeout=5)
    connection.request(
        "POST", old.path, iter([body[:50], body[50:]]), {"SOAPAction": ""}, encode_chunked=True
    )
    assert b">true<" in connection.getresponse().read()
    connection.close()


def test_a_client_that_asks_first_is_told_to_go_on(old: Wire) -> None:
    answer = talk(
        old, b"POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na"
    )
    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 ")


def test_an_old_client_is_answered_and_let_go(old: Wire) -> None:
    answer = talk(old, b"GET /webdialer/Webdialer HTTP/1.0\r\n\r\n")
    assert b"Connection: close" in answer


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"hello\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 300 + b"\r\n", 431),
    ],
)
def test_what_is_no_request_is_refused(old: Wire, data: bytes, status: int) -> None:
    assert talk(old, data).startswith(b"HTTP/1.1 %d " % status)


def test_silence_is_no_error(sim: Simulator, old: Wire) -> None:
    assert talk(old, b"") == b""
    assert talk(old, b"GE") == b""
    assert old.call().code == 0
    assert len(sim.requests) == 1
