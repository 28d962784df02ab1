"""Reads one HTTP/1.1 answer from a stream, bounded in every direction."""

import re
from dataclasses import dataclass, field

from clicktodial.webdialer.errors import NoAnswer, Problem, Reason, Unreadable
from clicktodial.webdialer.stream import Stream
from clicktodial.webdialer.values import Limits

_STATUS_LINE = re.compile(rb"HTTP/1\.([01]) ([1-9][0-9]{2})(?: .*)?", re.DOTALL)
_HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*", re.DOTALL)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;.*)?", re.DOTALL)
_XML = ("text/xml", "application/xml", "application/soap+xml")
_HEADERS = 100
_INTERIM = 5  # 1xx answers that may come before the real one


@dataclass(frozen=True)
class Reply:
    """An answer that is XML by its own account; reusable says that the connection may stay."""

    status: int
    content: bytes = field(repr=False)
    reusable: bool = False
    date: str = ""  # by the node's own clock, as it wrote it


@dataclass(frozen=True)
class _Head:
    status: int
    old: bool  # HTTP/1.0
    fields: dict[str, str]

    def tokens(self, name: str) -> list[str]:
        return [token.strip().lower() for token in self.fields.get(name, "").split(",")]


def read_reply(stream: Stream, *, limits: Limits, deadline: float) -> Reply:
    """The whole answer; NoAnswer where none came, Unreadable where it is not WebDialer's."""
    return _Reading(stream, limits, deadline).reply()


class _Reading:
    """One answer being read."""

    def __init__(self, stream: Stream, limits: Limits, deadline: float) -> None:
        self._stream = stream
        self._limits = limits
        self._deadline = deadline
        self._status: int | None = None
        self._head_bytes = 0

    def reply(self) -> Reply:
        head = self._head()
        for _ in range(_INTERIM):
            if head.status >= 200:
                break
            head = self._head()
        self._status = head.status
        if 300 <= head.status < 400:
            raise self._unreadable(Problem.REDIRECT)
        if head.status not in (200, 500):
            raise self._unreadable(Problem.STATUS)
        if head.fields.get("content-encoding", "identity").lower() not in ("", "identity"):
            raise self._unreadable(Problem.ENCODED)
        media_type = head.fields.get("content-type", "").partition(";")[0].strip().lower()
        if media_type not in _XML:
            raise self._unreadable(Problem.MEDIA_TYPE)
        content, bounded = self._content(head)
        said = head.tokens("connection")
        kept = "close" not in said and (not head.old or "keep-alive" in said)
        reusable = bounded and kept and not self._stream.buffer
        return Reply(head.status, content, reusable, head.fields.get("date", ""))

    def _unreadable(self, problem: Problem) -> Unreadable:
        return Unreadable(self._status, problem)

    def _head(self) -> _Head:
        status = _STATUS_LINE.fullmatch(self._line())
        if status is None:
            raise self._unreadable(Problem.NOT_HTTP)
        fields: dict[str, str] = {}
        for _ in range(_HEADERS):
            line = self._line()
            if not line:
                return _Head(int(status[2]), status[1] == b"0", fields)
            header = _HEADER.fullmatch(line)
            if header is None:
                raise self._unreadable(Problem.NOT_HTTP)
            name, value = header[1].decode("ascii").lower(), header[2].decode("latin-1")
            fields[name] = f"{fields[name]}, {value}" if name in fields else value
        raise self._unreadable(Problem.TOO_LARGE)

    def _content(self, head: _Head) -> tuple[bytes, bool]:
        """The body, and whether its end was marked by anything but the end of the stream."""
        coding, length = head.fields.get("transfer-encoding"), head.fields.get("content-length")
        if coding is not None:
            if coding.lower() != "chunked" or length is not None:
                raise self._unreadable(Problem.NOT_HTTP)
            return self._chunked(), True
        if length is None:
            while self._more():
                self._bound(len(self._stream.buffer))
            return self._exactly(len(self._stream.buffer)), False
        if not re.fullmatch(r"[0-9]{1,18}", length, re.ASCII):
            raise self._unreadable(Problem.NOT_HTTP)
        self._bound(int(length))
        return self._exactly(int(length)), True

    def _chunked(self) -> bytes:
        content = bytearray()
        while True:
            size = _CHUNK.fullmatch(self._line())
            if size is None:
                raise self._unreadable(Problem.NOT_HTTP)
            length = int(size[1], 16)
            if length == 0:
                break
            self._bound(len(content) + length)
            content += self._exactly(length)
            if self._line():
                raise self._unreadable(Problem.NOT_HTTP)
        while self._line():  # trailers
            pass
        return bytes(content)

    def _line(self) -> bytes:
        """The next line of a head or of the chunking; those share one budget."""
        buffer, searched = self._stream.buffer, 0
        while (end := buffer.find(b"\n", searched)) < 0:
            searched = len(buffer)
            if self._head_bytes + searched > self._limits.head_bytes:
                raise self._unreadable(Problem.TOO_LARGE)
            if not self._more():
                raise self._cut()
        line = bytes(buffer[:end]).removesuffix(b"\r")
        del buffer[: end + 1]
        self._head_bytes += end + 1
        if self._head_bytes > self._limits.head_bytes:
            raise self._unreadable(Problem.TOO_LARGE)
        return line

    def _exactly(self, length: int) -> bytes:
        buffer = self._stream.buffer
        while len(buffer) < length:
            if not self._more():
                raise self._cut()
        content = bytes(buffer[:length])
        del buffer[:length]
        return content

    def _more(self) -> bool:
        return self._stream.read(deadline=self._deadline)

    def _bound(self, length: int) -> None:
        if length > self._limits.reply_bytes:
            raise self._unreadable(Problem.TOO_LARGE)

    def _cut(self) -> NoAnswer | Unreadable:
        """What an early end means: no answer until its status is known, then half of one."""
        if self._status is not None:
            return self._unreadable(Problem.TRUNCATED)
        began = bytes(self._stream.buffer[:5])
        if self._head_bytes == 0 and not b"HTTP/".startswith(began):
            return self._unreadable(Problem.NOT_HTTP)
        return NoAnswer(Reason.BROKEN)
