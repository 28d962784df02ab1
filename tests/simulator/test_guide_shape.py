"""Legacy replies have the bytes that the guide prints."""

import re

from clicktodial.simulator import Simulator

from .conftest import Wire, known

HEAD = (
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" '
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n   <soapenv:Body>\n'
)
ENCODING = 'soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"'
SOAPENC = 'xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/"'


def test_a_call_answers_by_one_reference(old: Wire) -> None:
    assert old.call().text == (
        HEAD + f'      <ns1:makeCallSoapResponse xmlns:ns1="urn:WD70" {ENCODING}>\n'
        '         <makeCallSoapReturn href="#id0" />\n'
        "      </ns1:makeCallSoapResponse>\n"
        f'      <multiRef xmlns:ns2="urn:WD70" {SOAPENC} id="id0" soapenc:root="0" {ENCODING} '
        'xsi:type="ns2:CallResponse">\n'
        '         <responseCode xsi:type="xsd:int">0</responseCode>\n'
        '         <responseDescription xsi:type="xsd:string">Success</responseDescription>\n'
        "      </multiRef>\n   </soapenv:Body>\n</soapenv:Envelope>"
    )


def test_a_boolean_and_a_string_stand_in_place(old: Wire) -> None:
    member = old.ask("isClusterUserSoap", "eva").text
    line = old.ask("getPrimaryLine", known("eva")).text
    assert '<isClusterUserSoapReturn xsi:type="xsd:boolean">true<' in member
    assert f'<getPrimaryLineReturn {SOAPENC} xsi:type="soapenc:string">1001<' in line


def test_a_profile_has_the_older_namespace_and_its_code_behind_a_reference(old: Wire) -> None:
    text = old.ask("getProfileSoap", known("proxy"), "eva").text
    assert 'soapenc:arrayType="ns3:WDDeviceInfo[2]"' in text
    assert 'xmlns:ns3="urn:WebdialerSoap"' in text
    assert '<responseCode href="#id3"/>' in text
    assert 'xsi:type="ns4:WDDeviceInfo"' in text
    assert 'xmlns:ns4="urn:WebdialerSoap"' in text


def test_references_come_in_another_order_than_they_are_used(old: Wire) -> None:
    profile = old.ask("getProfileSoap", known("proxy"), "eva").text
    detail = old.ask("getProfileDetailSoap", known("eva")).text
    assert re.findall(r'<multiRef [^>]*id="(id\d)"', profile) == ["id0", "id3", "id2", "id1"]
    assert re.findall(r'<multiRef [^>]*id="(id\d)"', detail) == ["id0", "id2", "id1"]


def test_the_detail_has_model_and_description(old: Wire) -> None:
    text = old.ask("getProfileDetailSoap", known("eva")).text
    assert '<phoneDesc xsi:type="soapenc:string">Eva&#x27;s &lt;desk&gt;</phoneDesc>' in text
    assert '<phoneDesc xsi:type="soapenc:string" />' in text
    assert '<phoneType xsi:type="soapenc:string">Cisco 8861</phoneType>' in text


def test_the_reply_is_in_the_namespace_of_the_request(old: Wire) -> None:
    body = old.envelope("isClusterUserSoap", "eva").replace("urn:WD70", "urn:WebdialerSoap")
    reply = old.send("POST", old.path, body, {"SOAPAction": ""})
    assert '<ns1:isClusterUserSoapResponse xmlns:ns1="urn:WebdialerSoap"' in reply.text


def test_stock_axis_puts_every_number_and_boolean_behind_a_reference(sim: Simulator) -> None:
    stock = Wire(sim.node("stock"))
    assert '<isClusterUserSoapReturn href="#id0"/>' in stock.ask("isClusterUserSoap", "eva").text
    assert '<responseCode href="#id0"/>' in stock.call().text
    profile = stock.ask("getProfileSoap", known("proxy"), "eva").text
    assert '<deviceInfoList href="#id0"/>' in profile
    refused = stock.ask("getProfileSoap", known("proxy", "x"), "eva").text
    assert re.search(r'<deviceInfoList xsi:type="soapenc:Array"[^>]* xsi:nil="true"/>', refused)
