"""Faults by name: what a node does wrong, and whether it has placed the call by then."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from clicktodial.simulator.soap import envelope
from clicktodial.simulator.soap.operations import Operation
from clicktodial.simulator.wire import Delivery, Request, Response, redirect

XML = "text/xml;charset=utf-8"
HUGE = 24_000_000
# A request is one of these to a fault; those of the HTML interface are not the SOAP ones.
WITH_CODE = (
    Operation.MAKE_CALL.value,
    Operation.END_CALL.value,
    Operation.GET_PROFILE.value,
    Operation.GET_PROFILE_DETAIL.value,
    "makeCallHtml",
    "endCallHtml",
)
OPERATIONS = (
    *WITH_CODE,
    *(name.value for name in Operation if name not in WITH_CODE),
    "html",
    "wsdl",
)


class UnknownFaultError(ValueError):
    """There is no such fault, or not with these options; the text says what there is."""


@dataclass(frozen=True)
class Kind:
    """A fault as the list in the documentation has it; `acts`: the call is placed all the same."""

    name: str
    acts: bool
    tells: str
    seconds: float = 0.0


@dataclass
class Fault:
    """A fault set on a node; `left` counts down to none, or is None for good."""

    kind: Kind
    operation: str
    left: int | None
    seconds: float
    code: int | None = None


_NOT_ACTED = {
    "refuses": "connections are refused until mended (takes no operation and no times)",
    "resets": "takes the request, then resets the connection",
    "hangs": "takes the request and never answers",
    "drops_before": "takes the request and closes without a byte",
    "html_error": "answers 200 with an HTML page",
    "http_401": "answers 401 with an HTML page",
    "http_404": "answers 404 with an HTML page",
    "http_500": "answers 500 with an HTML page",
    "http_503": "answers 503 with an HTML page",
    "soap_fault": "answers a SOAP fault",
    "redirect": "answers 302 to another path",
    "redirect_307": "answers 307 to another path, which would take the password along",
    "accepted": "answers 202 without a body",
    "overloaded": "answers code 9",
    "unavailable": "answers code 6",
    "code:N": "answers code N, any number",
}
_ACTED = {
    "drops": "closes without a byte",
    "hangs_after": "never answers",
    "late": "answers only after the seconds",
    "drips": "sends headers and body byte by byte, a pause of the seconds after each",
    "drips_body": "sends the headers at once and the body byte by byte",
    "truncated": "sends half of the body that it announced",
    "truncated_xml": "sends half of the XML as if it were all",
    "garbage": "answers bytes that are no XML",
    "empty": "answers 200 without a body",
    "wrong_type": "answers rightly, but as application/json",
    "wrong_operation": "answers as if another operation had been asked",
    "soap_fault_after": "answers a SOAP fault",
    "html_error_after": "answers 200 with an HTML page",
    "http_503_after": "answers 503 with an HTML page",
    "no_code": "answers without the responseCode",
    "bad_code": "answers with a responseCode that is no number",
    "huge": f"answers {HUGE // 1_000_000} MB",
    "gzip": "answers compressed though nobody asked for it",
    "gzip_bomb": "answers compressed, 100 MB when unpacked",
    "doctype": "answers with a document type declaration",
    "entity_bomb": "answers with entities that multiply",
    "multiref_bomb": "answers with references that double 40 times",
    "multiref_cycle": "answers with a reference that leads to itself",
    "deep": "answers with 100,000 elements inside each other",
}
_SECONDS = {"late": 2.0, "drips": 0.05, "drips_body": 0.05}
KINDS = {
    **{name: Kind(name, acts=False, tells=tells) for name, tells in _NOT_ACTED.items()},
    **{
        name: Kind(name, acts=True, tells=tells, seconds=_SECONDS.get(name, 0.0))
        for name, tells in _ACTED.items()
    },
    "slow": Kind("slow", acts=True, tells="waits the seconds, then acts and answers", seconds=0.5),
}
_CODES = {"overloaded": 9, "unavailable": 6}


class Faults:
    """The faults of one node, in the order in which they were set."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(
        self,
        name: str,
        *,
        operation: str | None = None,
        times: int | None = None,
        seconds: float | None = None,
    ) -> None:
        """Set a fault, for one operation or all, for some times or for good."""
        fault = _named(name)
        if fault.kind.name == "refuses" and (operation or times):
            raise UnknownFaultError("'refuses' takes no operation and no times; see 'resets'.")
        if times is not None and times < 1:
            raise UnknownFaultError("times must be 1 or more.")
        if seconds is not None and not 0 <= seconds <= 86_400:
            raise UnknownFaultError("seconds must be from 0 to 86400.")
        if operation and operation not in OPERATIONS:
            raise UnknownFaultError(
                f"there is no operation {operation!r}; there are {', '.join(OPERATIONS)}."
            )
        fault.operation, fault.left = operation or "", times
        fault.seconds = fault.kind.seconds if seconds is None else seconds
        with self._lock:
            self._faults.append(fault)

    def take(self, operation: str) -> Fault | None:
        """The fault that strikes this operation, counted as used."""
        with self._lock:
            for fault in self._faults:
                if fault.code is not None and operation not in WITH_CODE:
                    continue
                if fault.operation in ("", operation):
                    if fault.left is not None:
                        fault.left -= 1
                        if fault.left == 0:
                            self._faults.remove(fault)
                    return fault
        return None

    def clear(self) -> None:
        """Mend everything."""
        with self._lock:
            self._faults.clear()

    def as_json(self) -> list[dict[str, object]]:
        """The faults as plain values."""
        with self._lock:
            return [
                {
                    "name": fault.kind.name.replace("N", str(fault.code)),
                    "operation": fault.operation or None,
                    "times": fault.left,
                    "seconds": fault.seconds,
                }
                for fault in self._faults
            ]


def instead(fault: Fault, request: Request) -> Response:
    """What goes out where the fault keeps the node from acting."""
    name = fault.kind.name
    if name in ("resets", "refuses"):
        return Response(delivery=Delivery.RESET)
    if name == "hangs":
        return Response(delivery=Delivery.HANG)
    if name == "drops_before":
        return Response(delivery=Delivery.CLOSE)
    if name == "soap_fault":
        return _soap_fault()
    if name == "redirect":
        return redirect("/webdialer/moved" + request.path)
    if name == "redirect_307":
        return redirect("/webdialer/moved" + request.path, status=307)
    if name == "accepted":
        return Response(202, b"", "")
    return _page(int(name.removeprefix("http_")) if name.startswith("http_") else 200)


def spoil(fault: Fault, response: Response) -> Response:
    """The response as the fault lets it out, after the node has acted."""
    change = _SPOILERS.get(fault.kind.name)
    return change(fault, response) if change else response


def _named(name: str) -> Fault:
    code = _CODES.get(name)
    if name.startswith("code:"):
        number = name.removeprefix("code:")
        if not (number.isascii() and number.isdigit() and len(number) < 6):
            raise UnknownFaultError(f"{name!r} must be code: and a number.")
        name, code = "code:N", int(number)
    if name not in KINDS:
        raise UnknownFaultError(f"there is no fault {name!r}; there are {', '.join(KINDS)}.")
    return Fault(KINDS[name], "", None, 0.0, code)


def _soap_fault() -> Response:
    text = "java.util.ConcurrentModificationException"
    body = envelope.write_fault("Server.userException", text)
    return Response(500, body, XML, close=True)


def _page(status: int) -> Response:
    body = (
        "<html><head><title>Error</title></head><body><h1>The service is not available</h1>"
        "<p>Please try again later.<br><hr></body></html>"
    )
    return Response(status, body.encode(), "text/html;charset=utf-8")


def _as(body: bytes, response: Response) -> Response:
    return replace(response, body=body)


def _envelope(inside: str, *, before: str = "") -> bytes:
    return f'{before}<soapenv:Envelope xmlns:soapenv="{envelope.SOAP}">{inside}'.encode()


def _zipped(fault: Fault, response: Response) -> Response:
    body = response.body
    if fault.kind.name == "gzip_bomb":
        body = body + b" " * 100_000_000
    headers = (*response.headers, ("Content-Encoding", "gzip"))
    return replace(response, body=gzip.compress(body, 6), headers=headers)


def _no_code(_fault: Fault, response: Response) -> Response:
    return _as(response.body.replace(b"responseCode", b"otherMember"), response)


def _bad_code(_fault: Fault, response: Response) -> Response:
    body = re.sub(rb'(responseCode[^>/]*>|xsd:int">)\d+(?=<)', rb"\g<1>abc", response.body)
    return _as(body, response)


def _doctype(fault: Fault, response: Response) -> Response:
    declared = b'<!DOCTYPE Envelope [<!ENTITY e "x">]>'
    if fault.kind.name == "entity_bomb":
        entities = b'<!ENTITY e0 "lol">' + b"".join(
            b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 12)
        )
        text = b"<soapenv:Body><a>&e11;</a></soapenv:Body></soapenv:Envelope>"
        declared = b"<!DOCTYPE Envelope [" + entities + b"]>"
        return _as(declared + _envelope("") + text, response)
    declaration, _, rest = response.body.partition(b"?>")
    if not declaration.startswith(b"<?xml"):
        return _as(declared + response.body, response)
    return _as(declaration + b"?>" + declared + rest, response)


def _references(fault: Fault, response: Response) -> Response:
    cycle = fault.kind.name == "multiref_cycle"
    levels = 1 if cycle else 40
    body = '<soapenv:Body><r:makeCallSoapResponse xmlns:r="urn:WD70">'
    body += '<makeCallSoapReturn href="#id0"/></r:makeCallSoapResponse>'
    for level in range(levels):
        target = 0 if cycle else level + 1
        body += (
            f'<multiRef id="id{level}"><a href="#id{target}"/><b href="#id{target}"/></multiRef>'
        )
    if not cycle:
        body += f'<multiRef id="id{levels}">0</multiRef>'
    return _as(_envelope(body + "</soapenv:Body></soapenv:Envelope>"), response)


def _deep(_fault: Fault, response: Response) -> Response:
    nest = "<a>" * 100_000 + "</a>" * 100_000
    return _as(_envelope(f"<soapenv:Body>{nest}</soapenv:Body></soapenv:Envelope>"), response)


def _wrong_operation(_fault: Fault, response: Response) -> Response:
    body = '<soapenv:Body><r:helloSoapResponse xmlns:r="urn:WD70"><helloSoapReturn>0'
    body += "</helloSoapReturn></r:helloSoapResponse></soapenv:Body></soapenv:Envelope>"
    return _as(_envelope(body), response)


_SPOILERS: dict[str, Callable[[Fault, Response], Response]] = {
    "drops": lambda _, r: replace(r, delivery=Delivery.CLOSE),
    "hangs_after": lambda _, r: replace(r, delivery=Delivery.HANG),
    "late": lambda fault, r: replace(r, delay=fault.seconds),
    "drips": lambda fault, r: replace(r, delivery=Delivery.DRIP, pause=fault.seconds),
    "drips_body": lambda fault, r: replace(r, delivery=Delivery.DRIP_BODY, pause=fault.seconds),
    "truncated": lambda _, r: replace(r, delivery=Delivery.CUT),
    "truncated_xml": lambda _, r: _as(r.body[: len(r.body) // 2], r),
    "garbage": lambda _, r: _as(bytes(range(256)) * 4, r),
    "empty": lambda _, r: _as(b"", r),
    "wrong_type": lambda _, r: replace(r, content_type="application/json"),
    "wrong_operation": _wrong_operation,
    "soap_fault_after": lambda _, r: _soap_fault(),
    "html_error_after": lambda _, r: _page(200),
    "http_503_after": lambda _, r: _page(503),
    "no_code": _no_code,
    "bad_code": _bad_code,
    "huge": lambda _, r: _as(r.body + b" " * HUGE, r),
    "gzip": _zipped,
    "gzip_bomb": _zipped,
    "doctype": _doctype,
    "entity_bomb": _doctype,
    "multiref_bomb": _references,
    "multiref_cycle": _references,
    "deep": _deep,
}
