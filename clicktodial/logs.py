"""The site's log: a line knows its request, and nobody is named unless that is asked for.

A path holds whom somebody looked at, a query what they looked for, and an error's message the row
that was wrong. So a line says the kind of page, and an error its kind and place; all of it only
with LOG_PERSONAL_DATA.
"""

import json
import logging
import re
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_request_id: ContextVar[str] = ContextVar("request_id", default="")
_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
_QUIET = ("/healthz", "/readyz", "/metrics")  # asked every few seconds, for ever

logger = logging.getLogger("clicktodial.requests")


def request_id() -> str:
    """The id of the request that is being answered; empty outside of one."""
    return _request_id.get()


class RequestId:
    """Gives each request an id, in the log, in the audit trail and in its answer.

    An id that a proxy has given is kept, where the site stands behind one (PROXIES).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "") if settings.PROXIES else ""
        known = given if _GIVEN.fullmatch(given) else uuid4().hex
        token = _request_id.set(known)
        began = time.monotonic()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = known
            _tell(request, response.status_code, time.monotonic() - began)
            return response
        finally:
            _request_id.reset(token)


def _tell(request: HttpRequest, status: int, seconds: float) -> None:
    level = logging.DEBUG if request.path_info in _QUIET else logging.INFO
    facts = {"method": request.method, "page": page_of(request), "status": status}
    facts["ms"] = round(seconds * 1000)
    if settings.LOG_PERSONAL_DATA:
        user = getattr(request, "user", None)
        facts |= {"path": request.path, "user": user.get_username() if user else ""}
    words = " ".join(f"{facts[name]}" for name in ("method", "page", "status"))
    logger.log(level, "%s, %s ms", words, facts["ms"], extra={"facts": facts})


def page_of(request: HttpRequest) -> str:
    """The kind of page, such as `people/<int:pk>/`: it names nobody."""
    if request.path_info in _QUIET:
        return request.path_info
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "(no page)"


class Lines(logging.Formatter):
    """One line a record, for people."""

    def format(self, record: logging.LogRecord) -> str:
        told = _told(record)
        behind = f" [{told['request_id']}]" if told["request_id"] else ""
        begin = f"{told['time']} {record.levelname} {record.name}: {told['message']}{behind}"
        return "\n".join([begin, *told.get("error", ())])


class Json(logging.Formatter):
    """One JSON object a record, for programs."""

    def format(self, record: logging.LogRecord) -> str:
        told = _told(record) | getattr(record, "facts", {})
        return json.dumps(told, ensure_ascii=False, default=str)


def _told(record: logging.LogRecord) -> dict[str, Any]:
    told: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": _message(record),
        "request_id": request_id(),
    }
    if record.exc_info and record.exc_info[1]:
        told["error"] = _error(record.exc_info[1])
    return told


def _message(record: logging.LogRecord) -> str:
    """Django's own words on a request hold its path."""
    request = getattr(record, "request", None)
    if settings.LOG_PERSONAL_DATA or not isinstance(request, HttpRequest):
        return record.getMessage()
    status = getattr(record, "status_code", "")
    return f"{status} {request.method} {page_of(request)}".strip()


def _error(error: BaseException) -> list[str]:
    """What kind of error it was and where, as lines; its message may quote somebody's row."""
    if settings.LOG_PERSONAL_DATA:
        return "".join(traceback.format_exception(error)).rstrip().splitlines()
    lines = []
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        frames = traceback.extract_tb(cause.__traceback__)
        lines += [f"  at {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return lines
