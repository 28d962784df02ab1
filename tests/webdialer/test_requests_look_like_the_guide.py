"""What leaves for a node, against golden envelopes written by hand from the guide's samples."""

import pytest
from lxml import etree

from clicktodial.webdialer import Generation, OwnCredential, Secret, TokenCredential, WebDialerError
from tests.webdialer.misbehaving import CALLER, CREDENTIAL, GOLDEN, http, says

XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
NUMBER = "+41441234567#"
TOKEN = TokenCredential(Secret("MjpjMTAzNDk4NC00Zjhh"))
ASKED = {
    "isClusterUserSoap": lambda dialer: dialer.is_cluster_user("johndoe"),
    "getProfileSoap": lambda dialer: dialer.get_profile("johndoe"),
    "getProfileDetailSoap": lambda dialer: dialer.get_profile_detail(),
    "getPrimaryLine": lambda dialer: dialer.get_primary_line(),
    "makeCallSoap": lambda dialer: dialer.make_call(NUMBER, caller=CALLER),
    "endCallSoap": lambda dialer: dialer.end_call(caller=CALLER),
    "makeCallSoap-token": lambda dialer: dialer.make_call(NUMBER, caller=CALLER),
}
PATHS = {
    "axis": b"/webdialer/services/WebdialerSoapService70",
    "literal": b"/webdialer/services/webdialer",
}


def expanded(element):
    """Names and xsi:types without their prefixes, text, members in order."""
    kind = element.get(XSI_TYPE)
    if kind:
        prefix, _, name = kind.rpartition(":")
        kind = (element.nsmap[prefix], name)
    others = {name: value for name, value in element.attrib.items() if name != XSI_TYPE}
    text = (element.text or "") if len(element) == 0 else ""
    return element.tag, kind, others, text.strip("\n "), [expanded(child) for child in element]


def own(credential, name):
    if name.endswith("token"):
        return TOKEN
    if name in ("getProfileDetailSoap", "getPrimaryLine"):
        return OwnCredential(credential.user_id, credential.password)
    return credential


@pytest.fixture
def sent(node):
    """What a node gets for an operation: head and body."""

    def ask(generation, name):
        listener = node(says(http(status="404 Not Found")))
        dialer = listener.dialer(Generation(generation), credential=own(CREDENTIAL, name))
        with pytest.raises(WebDialerError):
            ASKED[name](dialer)
        head, _, body = listener.requests[0].partition(b"\r\n\r\n")
        return head, body

    return ask


@pytest.mark.parametrize("generation", ["axis", "literal"])
@pytest.mark.parametrize("name", ASKED)
def test_the_envelope_is_the_golden_one(sent, generation, name):
    expected = etree.parse(GOLDEN / generation / "requests" / f"{name}.xml").getroot()
    _, body = sent(generation, name)
    assert expanded(etree.fromstring(body)) == expanded(expected)


@pytest.mark.parametrize("generation", ["axis", "literal"])
@pytest.mark.parametrize("name", ASKED)
def test_the_head_is_what_the_generation_asks_for(sent, generation, name):
    head, body = sent(generation, name)
    line, *headers = head.split(b"\r\n")
    action = b"" if generation == "axis" else name.partition("-")[0].encode()
    assert line == b"POST " + PATHS[generation] + b" HTTP/1.1"
    assert b'SOAPAction: "' + action + b'"' in headers
    assert b"Content-Type: text/xml; charset=utf-8" in headers
    assert b"Accept-Encoding: identity" in headers
    assert b"Content-Length: %d" % len(body) in headers


def test_the_request_uses_the_prefixes_of_the_guide(sent):
    _, axis = sent("axis", "makeCallSoap")
    _, literal = sent("literal", "makeCallSoap")
    assert b'<in0 xsi:type="urn:Credential">' in axis
    assert b"<web:makeCallSoap>" in literal


def test_four_byte_characters_and_marks_survive(node):
    listener = node(says(http(status="404 Not Found")))
    with pytest.raises(WebDialerError):
        listener.dialer().is_cluster_user("𝒥o<&>]]>\"'")
    body = listener.requests[0].partition(b"\r\n\r\n")[2]
    assert etree.fromstring(body).findtext(".//in0") == "𝒥o<&>]]>\"'"
