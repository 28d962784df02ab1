"""SOAP faults: told from answers under any status, and judged for what they prove."""

import pytest

from clicktodial.webdialer import Generation, Problem, Unreadable
from tests.webdialer.misbehaving import CALLER, PASSWORD, golden, http, says

NUMBER = "0041441234567#"


def fault(node, body: bytes, *, generation="axis", status="500 Internal Server Error"):
    listener = node(says(http(body, status=status, headers=["Connection: close"])))
    with pytest.raises(Unreadable) as caught:
        listener.dialer(Generation(generation)).make_call(NUMBER, caller=CALLER)
    return caught.value


@pytest.mark.parametrize("generation", ["axis", "literal"])
@pytest.mark.parametrize("status", ["500 Internal Server Error", "200 OK"])
def test_a_fault_leaves_the_fate_unknown(node, generation, status):
    error = fault(node, golden(generation, "fault"), generation=generation, status=status)
    assert (error.problem, error.status) == (Problem.FAULT, int(status[:3]))
    assert error.maybe_acted
    assert error.probe_again
    assert not error.try_another_node


@pytest.mark.parametrize(
    ("generation", "name"),
    [("axis", "fault-no-service"), ("axis", "fault-no-operation"), ("literal", "fault-no-service")],
)
def test_a_fault_that_knows_no_such_service_proves_that_no_call_was_placed(node, generation, name):
    error = fault(node, golden(generation, name), generation=generation)
    assert error.problem is Problem.NO_SERVICE
    assert not error.maybe_acted
    assert error.probe_again
    assert error.try_another_node


def test_a_fault_of_soap_1_2_is_no_answer(node):
    body = golden("axis", "fault").replace(
        b"http://schemas.xmlsoap.org/soap/envelope/", b"http://www.w3.org/2003/05/soap-envelope"
    )
    assert fault(node, body).problem is Problem.NOT_SOAP


def test_a_fault_beside_a_response_is_a_fault(node):
    body = golden("axis", "fault").decode()
    reply = golden("axis", "makeCallSoap-inline").decode()
    response = reply[reply.index("<ns1:makeCall") : reply.index("</soapenv:Body>")]
    assert fault(node, body.replace("<soapenv:Body>", "<soapenv:Body>" + response).encode()).fault


def worded(text: str) -> bytes:
    return golden("axis", "fault").replace(
        b"java.util.ConcurrentModificationException", text.encode()
    )


def test_the_words_of_a_fault_are_short_and_on_one_line(node):
    error = fault(node, worded("many\n words\t" * 5_000))
    assert error.fault.startswith("Server.userException: many words many")
    assert len(error.fault) == 200


def test_the_words_of_a_fault_repeat_nothing_that_was_sent(node):
    echoed = PASSWORD.replace("&", "&amp;").replace("<", "&lt;")
    error = fault(node, worded(f"bad {echoed} for {NUMBER} or {NUMBER[:9]} at node 12"))
    assert error.fault == "Server.userException: bad *** for *** or *** at node 12"
    for text in (str(error), repr(error)):
        assert PASSWORD not in text
        assert NUMBER not in text


def test_a_fault_without_words_is_still_a_fault(node):
    soap = "http://schemas.xmlsoap.org/soap/envelope/"
    body = f'<s:Envelope xmlns:s="{soap}"><s:Body><s:Fault/></s:Body></s:Envelope>'
    assert fault(node, body.encode()).problem is Problem.FAULT
