"""Shapes of replies that trip a schema-driven reader: read right or refused, never guessed."""

import re

import pytest

from clicktodial.webdialer import (
    Device,
    Generation,
    Line,
    OwnCredential,
    Problem,
    Refused,
    Secret,
    Unreadable,
)
from tests.webdialer.misbehaving import CALLER, golden, http, says

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
CODE = "<responseCode>0</responseCode>"
WORDS = "<responseDescription>Success</responseDescription>"
OK = CODE + WORDS
DEVICE = "<deviceName>SEP1</deviceName><lines>1 ; a</lines>"


def reply(operation: str, value: str, *, refs: str = "", header: str = "") -> bytes:
    return http(
        f'<s:Envelope xmlns:s="{SOAP}" {XSI}>{header}<s:Body>'
        f'<n:{operation}Response xmlns:n="urn:WD70">{value}</n:{operation}Response>{refs}'
        f"</s:Body></s:Envelope>".encode()
    )


@pytest.fixture
def make_call(node):
    def make_call(value, **kwargs):
        return dialer(node, "makeCallSoap", value, **kwargs).make_call("1", caller=CALLER)

    return make_call


@pytest.fixture
def get_profile(node):
    def get_profile(value, **kwargs):
        return dialer(node, "getProfileSoap", value, **kwargs).get_profile("johndoe")

    return get_profile


def dialer(node, operation, value, **kwargs):
    return node(says(reply(operation, value, **kwargs))).dialer(Generation.AXIS)


@pytest.mark.parametrize(
    ("value", "refs"),
    [
        (f"<r>{OK}</r>", ""),
        (
            "<r><responseDescription>Success</responseDescription><responseCode>0</responseCode></r>",
            "",
        ),
        (f"<r><first/>{OK}<last>x</last></r>", ""),
        (f"<r>{CODE}<middle><a/></middle>{WORDS}</r>", ""),
        (f'<r xsi:type="n:NeverHeardOf">{OK}</r>', ""),
        (f'<r xsi:type="undeclared:CallResponse">{OK}</r>', ""),
        (f'<r xsi:type="n:UserProfile">{OK}</r>', ""),
        (f"<r><!-- a comment --><?and an=instruction?>{OK}</r>", ""),
        (f"<r>text between {OK} members</r>", ""),
        (f'<x:r xmlns:x="urn:x"><x:responseCode>0</x:responseCode>{WORDS}</x:r>', ""),
        (f'<r><responseCode xmlns="urn:y">0</responseCode>{WORDS}</r>', ""),
        (f"<other/><makeCallSoapReturn>{OK}</makeCallSoapReturn>", ""),
        ('<r href="#a"/>', f'<multiRef id="a">{OK}</multiRef>'),
        ('<r href="#a"/>', f'<multiRef id="b"/><x id="a">{OK}</x><multiRef id="c"/>'),
        (
            "<r><responseCode>&#48;</responseCode>"
            "<responseDescription><![CDATA[Success]]></responseDescription></r>",
            "",
        ),
    ],
)
def test_an_accepted_call_is_recognised(make_call, value, refs):
    assert make_call(value, refs=refs).description == "Success"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb"(</?)ns2:(?!getProfileSoapResponse)", rb"\1"),  # unqualified members
        (rb"webdialer\.ccm\.cisco\.com", rb"webdialer.ccm.cisco.com/"),
        (rb"http://webdialer\.ccm\.cisco\.com", rb"urn:WD70"),
    ],
)
def test_the_namespace_of_the_new_generation_does_not_matter(node, old, new):
    body, changes = re.subn(old, new, golden("literal", "getProfileSoap-several"))
    assert changes
    devices = node(says(http(body))).dialer(Generation.LITERAL).get_profile("johndoe")
    assert [device.name for device in devices] == ["SEP5405DB45B96F", "CSFITO"]


def test_a_description_that_is_missing_is_empty(make_call):
    assert make_call(f"<r>{CODE}</r>").description == ""


def test_a_soap_header_is_passed_over(make_call):
    header = "<s:Header><x:trace xmlns:x='urn:x'>1</x:trace></s:Header>"
    assert make_call(f"<r>{OK}</r>", header=header).description == "Success"


def test_references_before_the_response_are_found(node):
    body = golden("axis", "makeCallSoap").decode()
    response = body[body.index("      <ns1:makeCall") : body.index("      <multiRef")]
    moved = body.replace(response, "").replace(
        "   </soapenv:Body>", response + "   </soapenv:Body>"
    )
    listener = node(says(http(moved.encode())))
    assert listener.dialer().make_call("1", caller=CALLER).description == "Success"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1", "us-ascii"])
def test_other_encodings_are_read_by_their_own_declaration(node, encoding):
    text = golden("axis", "getProfileSoap-stock").decode().partition("\n")[2]
    declared = {"utf-8-sig": "utf-8", "utf-16-le": "utf-16"}.get(encoding, encoding)
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    text = f'{mark}<?xml version="1.0" encoding="{declared}"?>\n{text}'
    listener = node(says(http(text.encode(encoding, "xmlcharrefreplace"))))
    device, _ = listener.dialer().get_profile("johndoe")
    assert device.lines[0] == Line("1251 ; Zürich internal")


@pytest.mark.parametrize(
    "code",
    [
        "",
        " ",
        "abc",
        "0x0",
        "0.0",
        "1_0",
        "٠",
        "０",
        "0 0",
        "null",
        "true",
        "-",
        "1e0",
        "0;",
        "9" * 40,
    ],
)
def test_a_code_that_is_no_number_is_refused(make_call, code):
    with pytest.raises(Unreadable) as caught:
        make_call(f"<r><responseCode>{code}</responseCode></r>")
    assert caught.value.problem is Problem.BAD_VALUE
    assert caught.value.maybe_acted


@pytest.mark.parametrize("code", [" 0 ", "\n0\t", "00", "+0"])
def test_a_code_may_be_written_as_xml_schema_allows(make_call, code):
    make_call(f"<r><responseCode>{code}</responseCode></r>")


@pytest.mark.parametrize(
    ("value", "refs"),
    [
        ("<r/>", ""),
        ("<r>0</r>", ""),
        ('<r xsi:nil="true"/>', ""),
        ("<r><responseDescription>Success</responseDescription></r>", ""),
        ('<r><responseCode xsi:nil="true"/></r>', ""),
        ('<r><responseCode xsi:nil="1">0</responseCode></r>', ""),
        ("<r><responseCode><b>0</b></responseCode></r>", ""),
        ("<r><responseCode>0</responseCode><responseCode>0</responseCode></r>", ""),
        ("<r><responseCode>7</responseCode><responseCode>0</responseCode></r>", ""),
        ('<r><responseCode href="#nowhere"/></r>', ""),
        ('<r><responseCode href="nowhere"/></r>', '<m id="nowhere">0</m>'),
        ('<r href="#a"/>', ""),
        ('<r href="http://127.0.0.1:9/#a"/>', f'<m id="a">{OK}</m>'),
        ('<r href="#a"/>', f'<m id="a">{OK}</m><m id="a"><responseCode>7</responseCode></m>'),
        ("", ""),
        ("text", ""),
        (f"<r>{OK}</r><r>{OK}</r>", ""),
        (f"<return>{OK}</return><makeCallSoapReturn>{OK}</makeCallSoapReturn>", ""),
        (f'<r xsi:type="soapenc:Array">{OK}</r>', ""),
        (f"<r><wrapped>{OK}</wrapped></r>", ""),
    ],
)
def test_a_reply_without_one_clear_code_is_refused(make_call, value, refs):
    with pytest.raises(Unreadable) as caught:
        make_call(value, refs=refs)
    assert caught.value.maybe_acted


@pytest.mark.parametrize(
    "operation", ["endCallSoap", "makeCall", "makecallsoap", "isClusterUserSoap"]
)
def test_the_reply_to_another_operation_is_refused(node, operation):
    with pytest.raises(Unreadable) as caught:
        dialer(node, operation, f"<r>{OK}</r>").make_call("1", caller=CALLER)
    assert caught.value.problem is Problem.NOT_A_REPLY


def test_two_responses_in_one_body_are_refused(make_call):
    second = f"<makeCallSoapResponse><r>{OK}</r></makeCallSoapResponse>"
    with pytest.raises(Unreadable):
        make_call(f"<r>{OK}</r>", refs=second)


def test_a_good_reply_under_status_500_is_refused(node):
    listener = node(says(http(golden("axis", "makeCallSoap"), status="500 Error")))
    with pytest.raises(Unreadable) as caught:
        listener.dialer().make_call("1", caller=CALLER)
    assert caught.value.status == 500
    assert caught.value.maybe_acted


@pytest.mark.parametrize(
    "listing",
    [
        "",
        "<deviceInfoList/>",
        "<deviceInfoList>\n  </deviceInfoList>",
        '<deviceInfoList xsi:nil="true"/>',
        '<deviceInfoList xsi:type="x:Array"/>',
    ],
)
def test_a_list_that_is_absent_empty_or_nil_holds_nothing(get_profile, listing):
    assert get_profile(f"<r><responseCode>0</responseCode>{listing}</r>") == ()


@pytest.mark.parametrize(
    "listing",
    [
        f"<deviceInfoList>{DEVICE}</deviceInfoList>",
        f"<deviceInfoList><item>{DEVICE}</item></deviceInfoList>",
        f"<deviceInfoList><deviceInfoList>{DEVICE}</deviceInfoList></deviceInfoList>",
        f'<deviceInfoList xsi:type="x:Array"><any>{DEVICE}</any></deviceInfoList>',
        '<deviceInfoList><item href="#d"/></deviceInfoList>',
        f'<deviceInfoList><item>{DEVICE}</item><item xsi:nil="true"/></deviceInfoList>',
        "<deviceInfoList><lines><string>1 ; a</string></lines><deviceName>SEP1</deviceName>"
        "</deviceInfoList>",
        '<deviceInfoList><lines xsi:type="x:Array"><x>1 ; a</x></lines><deviceName>SEP1'
        "</deviceName><x><deviceName>SEP2</deviceName></x></deviceInfoList>",
    ],
)
def test_a_list_of_one_is_read_in_every_shape(get_profile, listing):
    refs = f'<multiRef id="d">{DEVICE}</multiRef>'
    value = f"<r><responseCode>0</responseCode>{listing}</r>"
    assert get_profile(value, refs=refs) == (Device("SEP1", (Line("1 ; a"),)),)


@pytest.mark.parametrize(
    "device",
    [
        "SEP1",
        "<lines>1</lines>",
        "<deviceName/><lines>1</lines>",
        '<deviceName xsi:nil="1"/>',
        "<deviceName><a>SEP1</a></deviceName>",
        "<deviceName>a</deviceName><deviceName>b</deviceName>",
        "<deviceName>a</deviceName><lines><deviceName>b</deviceName></lines>",
    ],
)
def test_a_device_without_one_clear_name_is_refused(get_profile, device):
    listing = f"<deviceInfoList>{device}</deviceInfoList>"
    with pytest.raises(Unreadable):
        get_profile(f"<r><responseCode>0</responseCode>{listing}</r>")


def test_a_primary_line_outside_its_element_is_refused(node):
    content = reply("getPrimaryLine", "1002")
    own = OwnCredential("johndoe", Secret("a password"))
    with pytest.raises(Unreadable):
        node(says(content)).dialer(credential=own).get_primary_line()


def test_a_refusal_counts_whatever_is_listed(get_profile):
    listing = f"<deviceInfoList>{DEVICE}</deviceInfoList>"
    with pytest.raises(Refused) as caught:
        get_profile(f"<r><responseCode>4</responseCode>{listing}</r>")
    assert caught.value.code == 4


@pytest.mark.parametrize("text", ["true", " 1\n"])
def test_a_yes_is_true_or_one(node, text):
    assert dialer(node, "isClusterUserSoap", f"<r>{text}</r>").is_cluster_user("johndoe")


@pytest.mark.parametrize("text", ["false", "0"])
def test_a_no_is_false_or_nought(node, text):
    assert not dialer(node, "isClusterUserSoap", f"<r>{text}</r>").is_cluster_user("johndoe")


@pytest.mark.parametrize("text", ["", "True", "yes", "?", "2", "-1", "true false"])
def test_any_other_boolean_is_refused(node, text):
    with pytest.raises(Unreadable):
        dialer(node, "isClusterUserSoap", f"<r>{text}</r>").is_cluster_user("johndoe")


def test_a_profile_of_two_hundred_devices_is_read(get_profile):
    listing = "".join(
        f"<deviceInfoList><deviceName>SEP{at}</deviceName><lines>{at} ; a</lines>"
        f"<lines>{at} ; b</lines></deviceInfoList>"
        for at in range(200)
    )
    devices = get_profile(f"<r><responseCode>0</responseCode>{listing}</r>")
    assert len(devices) == 200
    assert devices[199] == Device("SEP199", (Line("199 ; a"), Line("199 ; b")))
