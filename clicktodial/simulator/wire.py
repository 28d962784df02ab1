"""HTTP/1.1 on a socket: a request read, a response written, well or badly on purpose."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from enum import Enum
from functools import cached_property
from http import HTTPStatus
from typing import Any, BinaryIO
from urllib.parse import parse_qsl, urlsplit

XML = "text/xml;charset=utf-8"
LINE_LIMIT = 65_536
HEADER_LIMIT = 200
BODY_LIMIT = 8_000_000


class BadRequestError(ValueError):
    """The bytes are no HTTP request that could be answered; the status says why."""

    def __init__(self, status: int = 400) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


class Delivery(Enum):
    """How a response goes out."""

    WHOLE = "whole"
    DRIP = "drip, headers included"
    DRIP_BODY = "headers at once, then the body by drips"
    CUT = "half the body, then the end"
    CLOSE = "not a byte, then the end"
    RESET = "not a byte, then a reset"
    HANG = "not a byte, and the connection stays open"


@dataclass(frozen=True)
class Request:
    """An HTTP request; header names are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""
    keep_alive: bool = True

    @cached_property
    def path(self) -> str:
        """The path without the query."""
        return urlsplit(self.target).path

    @cached_property
    def query(self) -> dict[str, str]:
        """The parameters of the address; the first of each name."""
        return _first(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @cached_property
    def form(self) -> dict[str, str]:
        """Address and form parameters together; a form's own win."""
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if self.method != "POST" or kind != "application/x-www-form-urlencoded":
            return self.query
        text = self.body.decode("utf-8", "replace")
        return self.query | _first(parse_qsl(text, keep_blank_values=True, max_num_fields=1000))

    @cached_property
    def cookies(self) -> dict[str, str]:
        """The cookies that came along."""
        pairs = (part.strip().partition("=") for part in self.headers.get("cookie", "").split(";"))
        return {name: value for name, _, value in pairs if name}


@dataclass(frozen=True)
class Response:
    """What is answered, and how; `delay` is seconds before, `pause` seconds between drips.

    `ahead` is how many seconds the clock in its Date header is ahead.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    delivery: Delivery = Delivery.WHOLE
    delay: float = 0.0
    pause: float = 0.0
    close: bool = False
    ahead: float = 0.0

    def head(self, *, keep_alive: bool) -> bytes:
        """Status line and headers as bytes."""
        lines = [f"HTTP/1.1 {self.status} {_reason(self.status)}"]
        lines.append(f"Date: {formatdate(time.time() + self.ahead, usegmt=True)}")
        if self.content_type:
            lines.append(f"Content-Type: {self.content_type}")
        if self.status not in (204, 304):
            lines.append(f"Content-Length: {len(self.body)}")
        lines += [f"{name}: {value}" for name, value in self.headers]
        lines.append(f"Connection: {'keep-alive' if keep_alive else 'close'}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def as_json(data: Any, *, status: int = 200) -> Response:
    """A JSON response."""
    body = json.dumps(data, ensure_ascii=False).encode()
    return Response(status, body, "application/json", (("Cache-Control", "no-store"),))


def redirect(location: str, *, status: int = 302) -> Response:
    """A response that sends the browser elsewhere."""
    return Response(status, b"", "", (("Location", one_line(location)),))


def one_line(text: str) -> str:
    """The text without anything that could end a header line."""
    return "".join(sign for sign in text if sign.isprintable())


def read_request(stream: BinaryIO, *, go_on: Any) -> Request | None:
    """The next request, or None at the end; `go_on` is called where the client wants a 100."""
    line = stream.readline(LINE_LIMIT + 1)
    while line in (b"\r\n", b"\n"):
        line = stream.readline(LINE_LIMIT + 1)
    if not line.endswith(b"\n"):
        if len(line) > LINE_LIMIT:
            raise BadRequestError(414)
        return None
    parts = line.decode("latin-1").split()
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        raise BadRequestError
    headers = _read_headers(stream)
    if headers.get("expect", "").lower() == "100-continue":
        go_on()
    body = _read_body(stream, headers)
    wish = headers.get("connection", "").lower()
    keep_alive = wish != "close" if parts[2] == "HTTP/1.1" else wish == "keep-alive"
    return Request(parts[0], parts[1], headers, body, keep_alive)


def _read_headers(stream: BinaryIO) -> dict[str, str]:
    headers: dict[str, str] = {}
    for _ in range(HEADER_LIMIT):
        line = stream.readline(LINE_LIMIT + 1)
        if line in (b"\r\n", b"\n"):
            return headers
        name, colon, value = line.decode("latin-1").partition(":")
        if not colon or not line.endswith(b"\n"):
            raise BadRequestError
        headers[name.strip().lower()] = value.strip()
    raise BadRequestError(431)


def _read_body(stream: BinaryIO, headers: Mapping[str, str]) -> bytes:
    if "chunked" in headers.get("transfer-encoding", "").lower():
        return _read_chunks(stream)
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        raise BadRequestError
    if int(length) > BODY_LIMIT:
        raise BadRequestError(413)
    return _exactly(stream, int(length))


def _read_chunks(stream: BinaryIO) -> bytes:
    body = bytearray()
    while True:
        size = stream.readline(LINE_LIMIT).partition(b";")[0].strip()
        try:
            length = int(size, 16)
        except ValueError as error:
            raise BadRequestError from error
        if length < 0 or len(body) + length > BODY_LIMIT:
            raise BadRequestError(413)
        if length == 0:
            while stream.readline(LINE_LIMIT) not in (b"\r\n", b"\n", b""):
                pass
            return bytes(body)
        body += _exactly(stream, length)
        stream.readline(LINE_LIMIT)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    body = stream.read(length) if length else b""
    if len(body) != length:
        raise BadRequestError
    return body


def _first(pairs: list[tuple[str, str]]) -> dict[str, str]:
    return dict(reversed(pairs))


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
