"""Requests as Axis clients send them are understood, and refused where Axis refuses them."""

import pytest

from clicktodial.simulator import Simulator

from .conftest import SOAP, Wire, known

XSI = "http://www.w3.org/2001/XMLSchema-instance"
REFERENCED = f"""<?xml version="1.0" encoding="UTF-8"?>
<e:Envelope xmlns:e="{SOAP}" xmlns:xsi="{XSI}" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><e:Body>
<ns1:makeCallSoap e:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xmlns:ns1="urn:WD70">
 <in0 href="#id0"/><in1 xsi:type="xsd:string">4711</in1><in2 href="#id1"/>
</ns1:makeCallSoap>
<multiRef id="id1" xsi:type="ns2:UserProfile" xmlns:ns2="urn:WD70">
 <deviceName>SEP01</deviceName><dontAutoClose href="#id2"/><dontShowCallConf href="#id2"/>
 <lineNumber>1001 ; Internal</lineNumber><locale xsi:nil="true"/><supportEM href="#id2"/>
 <user>eva</user>
</multiRef>
<multiRef id="id2" xsi:type="xsd:boolean">false</multiRef>
<multiRef id="id0" xsi:type="ns3:Credential" xmlns:ns3="urn:WD70">
 <password>proxy's word</password><token xsi:nil="true"/><userID>proxy</userID>
</multiRef></e:Body></e:Envelope>"""


def post(wire: Wire, body: str) -> int:
    return wire.send("POST", wire.path, body, {"SOAPAction": '""'}).status


def test_references_and_nil_are_resolved(sim: Simulator, old: Wire) -> None:
    assert post(old, REFERENCED) == 200
    (call,) = sim.rung
    assert (call.user, call.by, call.device, call.destination) == ("eva", "proxy", "SEP01", "4711")


def test_parameters_count_by_position_in_any_namespace(sim: Simulator, old: Wire) -> None:
    body = old.envelope("isClusterUserSoap", "eva").replace("in0", "whatever")
    assert post(old, body.replace("urn:WD70", "urn:other")) == 200


def test_a_literal_call_on_the_legacy_service_is_placed(sim: Simulator, old: Wire) -> None:
    other = Wire(sim.node("old"), generation="literal")
    body = other.envelope(
        "makeCallSoap",
        "<userID>proxy</userID><password>proxy's word</password>",
        "4711",
        "<user>eva</user><deviceName>SEP01</deviceName><lineNumber>1001</lineNumber>",
    )
    assert post(old, body) == 200
    assert len(sim.rung) == 1


def test_a_missing_action_header_is_a_fault(old: Wire) -> None:
    reply = old.send("POST", old.path, old.envelope("isClusterUserSoap", "eva"))
    assert (reply.status, "no SOAPAction header" in reply.text) == (500, True)


@pytest.mark.parametrize(
    "inside",
    [
        "<user>eva</user><supportEM>?</supportEM>",
        "<user>eva</user><supportEM></supportEM>",
        "<user>eva</user><colour>red</colour>",
        "<user><deeper>eva</deeper></user>",
    ],
)
def test_bad_booleans_and_unknown_members_are_faults(
    sim: Simulator, old: Wire, inside: str
) -> None:
    reply = old.ask("makeCallSoap", known("proxy"), "4711", inside)
    assert (reply.status, "Fault" in reply.text) == (500, True)
    assert not sim.calls


def test_too_few_parameters_are_a_fault(old: Wire) -> None:
    assert old.ask("makeCallSoap", known("proxy"), "4711").status == 500


@pytest.mark.parametrize(
    "body",
    [
        "",
        "hello",
        "<a/>",
        f'<e:Envelope xmlns:e="{SOAP}"/>',
        f'<e:Envelope xmlns:e="{SOAP}"><e:Body/></e:Envelope>',
        REFERENCED.replace("<e:Envelope", '<!DOCTYPE a [<!ENTITY b "c">]><e:Envelope', 1),
        REFERENCED.replace('href="#id0"', 'href="#id9"'),
        REFERENCED.replace('<token xsi:nil="true"/>', '<token href="#id0"/>'),
        REFERENCED.replace(SOAP, "http://www.w3.org/2003/05/soap-envelope"),
    ],
)
def test_what_is_no_request_is_a_fault(sim: Simulator, old: Wire, body: str) -> None:
    assert post(old, body) == 500
    assert not sim.calls


def test_references_that_multiply_are_cut_short(old: Wire) -> None:
    levels = "".join(
        f'<m id="i{n}"><a href="#i{n + 1}"/><b href="#i{n + 1}"/></m>' for n in range(40)
    )
    body = old.envelope("isClusterUserSoap", "eva").replace("<in0>eva", '<in0 href="#i0">')
    body = body.replace("</e:Body>", f'{levels}<m id="i40">x</m></e:Body>')
    assert post(old, body) == 500
