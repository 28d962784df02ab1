"""Replies built to hang, bloat or mislead a parser: refused in an instant, in bounded memory."""

import time
import tracemalloc

import pytest

from clicktodial.webdialer import Operation, Problem, Unreadable
from clicktodial.webdialer.decoder import decode

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"


def envelope(body: str, *, before: str = "") -> bytes:
    return f'{before}<s:Envelope xmlns:s="{SOAP}"><s:Body>{body}</s:Body></s:Envelope>'.encode()


def reply(value: str, *, refs: str = "", before: str = "") -> bytes:
    answer = f'<n:makeCallSoapResponse xmlns:n="urn:WD70">{value}</n:makeCallSoapResponse>'
    return envelope(answer + refs, before=before)


STRUCT = "<r><responseCode>0</responseCode><responseDescription>&e;</responseDescription></r>"


def refused(content: bytes) -> Problem:
    tracemalloc.start()
    started = time.process_time()
    with pytest.raises(Unreadable) as caught:
        decode(content, operation=Operation.MAKE_CALL, status=200)
    spent, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert spent < 2
    assert peak < 30_000_000
    assert caught.value.maybe_acted
    assert len(str(caught.value)) < 200
    return caught.value.problem


@pytest.mark.parametrize("levels", [14, 18, 40, 1000])
def test_references_that_double_run_out_of_budget(levels):
    refs = "".join(
        f'<multiRef id="i{at}"><a href="#i{at + 1}"/><b href="#i{at + 1}"/></multiRef>'
        for at in range(levels)
    )
    last = f'<multiRef id="i{levels}">x</multiRef>'
    assert refused(reply('<r href="#i0"/>', refs=refs + last)) is Problem.TOO_COMPLEX


@pytest.mark.parametrize("length", [1, 2, 30])
def test_a_circle_of_references_is_refused(length):
    refs = "".join(
        f'<multiRef id="i{at}"><a href="#i{(at + 1) % length}"/></multiRef>' for at in range(length)
    )
    assert refused(reply('<r href="#i0"/>', refs=refs)) is Problem.TOO_COMPLEX


def test_a_reference_to_itself_is_refused():
    refs = '<multiRef id="i0" href="#i0"/>'
    assert refused(reply('<r href="#i0"/>', refs=refs)) is Problem.TOO_COMPLEX


def test_a_long_chain_of_references_is_refused():
    refs = "".join(f'<m id="i{at}" href="#i{at + 1}"/>' for at in range(5_000))
    assert refused(reply('<r href="#i0"/>', refs=refs)) is Problem.TOO_COMPLEX


@pytest.mark.parametrize("levels", [100, 5_000, 300_000])
def test_deep_nesting_is_refused(levels):
    problem = refused(reply("<a>" * levels + "</a>" * levels))
    assert problem in (Problem.TOO_COMPLEX, Problem.NOT_XML)


def test_a_crowd_of_members_is_refused():
    assert refused(reply("<r>" + "<a/>" * 200_000 + "</r>")) is Problem.TOO_COMPLEX


def test_an_enormous_text_is_refused():
    value = "<r><responseCode>" + "9" * 11_000_000 + "</responseCode></r>"
    assert refused(reply(value)) is Problem.NOT_XML


def bomb(entities: str) -> str:
    return f"<!DOCTYPE Envelope [{entities}]>"


LAUGHS = '<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 12)
)


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE Envelope>",
        '<!DOCTYPE Envelope SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE Envelope PUBLIC "a" "file:///etc/passwd">',
        bomb('<!ENTITY e "harmless">'),
        bomb('<!ENTITY e SYSTEM "file:///etc/passwd">'),
        bomb('<!ENTITY e SYSTEM "http://127.0.0.1:9/">'),
        bomb(LAUGHS + '<!ENTITY e "&a11;">'),
        bomb('<!ENTITY e "' + "x" * 100_000 + '">'),
        bomb('<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p; <!ENTITY e "x">'),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(doctype, encoding):
    text = reply(STRUCT, before=doctype).decode()
    if "ENTITY e" not in doctype:
        text = text.replace("&e;", "Success")
    assert refused(text.encode(encoding)) in (Problem.DOCTYPE, Problem.NOT_XML)


def test_entities_in_attributes_do_not_grow():
    text = reply(f'<r a="{"&a11;" * 20}"/>', before=bomb(LAUGHS))
    assert refused(text) in (Problem.DOCTYPE, Problem.NOT_XML)


def test_nothing_is_fetched_or_opened_for_a_document_type(node, tmp_path):
    spy = node(lambda conversation: None)
    place = f"http://127.0.0.1:{spy.port}/x.dtd"
    doctype = f'<!DOCTYPE Envelope SYSTEM "{place}" [<!ENTITY e SYSTEM "{place}">]>'
    refused(reply(STRUCT, before=doctype))
    assert spy.connections == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" ",
        b"Success",
        b"<a>",
        b"\xff\xfe",
        b"<?xml version='1.0' encoding='klingon'?><a/>",
        reply("<r><responseCode>0</responseCode></r>")[:-1],
        reply('<r xsi:type="n:CallResponse"><responseCode>0</responseCode></r>') + b"<more/>",
        reply("<r><responseCode>0\x00</responseCode></r>"),
        reply("<r><responseCode>0&e;</responseCode></r>"),
        "<a>é</a>".encode("latin-1"),
    ],
)
def test_broken_xml_is_refused(content):
    assert refused(content) is Problem.NOT_XML


@pytest.mark.parametrize(
    "content",
    [
        b"<a/>",
        b"<html><body/></html>",
        envelope(""),
        envelope(" text "),
        f'<s:Envelope xmlns:s="{SOAP}"/>'.encode(),
        f'<s:Envelope xmlns:s="{SOAP}"><s:Header/></s:Envelope>'.encode(),
        envelope("<a/>").replace(b"schemas.xmlsoap.org/soap", b"www.w3.org/2003/05/soap"),
    ],
)
def test_what_is_no_soap_envelope_is_refused(content):
    assert refused(content) is Problem.NOT_SOAP
