"""What a fault makes of a reply: something else in its place, or the right one spoilt."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import replace

from clicktodial.simulator.faults import Fault
from clicktodial.simulator.soap import envelope
from clicktodial.simulator.wire import XML, Delivery, Request, Response, redirect

HUGE = 24_000_000


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
    "wrong_clock": lambda fault, r: replace(r, ahead=fault.seconds),
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
