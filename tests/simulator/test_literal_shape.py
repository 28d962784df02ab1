"""Replies since 15SU5 are qualified, flat, and in two namespaces."""

from .conftest import LITERAL, Wire, known


def test_a_call_answers_with_a_qualified_return(new: Wire) -> None:
    assert (
        f'<ns2:makeCallSoapResponse xmlns:ns2="{LITERAL}"><ns2:return>'
        "<ns2:responseCode>0</ns2:responseCode>"
        "<ns2:responseDescription>Success</ns2:responseDescription>"
        "</ns2:return></ns2:makeCallSoapResponse>"
    ) in new.call().text


def test_a_profile_repeats_devices_and_lines_without_a_wrapper(new: Wire) -> None:
    text = new.ask("getProfileSoap", known("proxy"), "eva").text
    assert text.count("<ns2:deviceInfoList>") == 2
    assert f'<ns1:lines xmlns:ns1="{LITERAL}">1002 ; Secret</ns1:lines>' in text


def test_the_detail_is_in_the_namespace_with_a_slash(new: Wire) -> None:
    text = new.ask("getProfileDetailSoap", known("eva")).text
    assert f'<ns2:return><ns1:description xmlns:ns1="{LITERAL}/">Success<' in text
    assert "<ns1:phoneType>Cisco 8861</ns1:phoneType>" in text


def test_a_question_mark_passes_for_a_boolean(new: Wire) -> None:
    inside = (
        "<user>eva</user><deviceName>SEP01</deviceName><lineNumber>1001 ; Internal</lineNumber>"
        "<supportEM>?</supportEM><locale>?</locale><dontAutoClose>?</dontAutoClose>"
        "<dontShowCallConf>?</dontShowCallConf>"
    )
    assert new.ask("makeCallSoap", known("proxy"), "4711", inside).code == 0


def test_the_action_or_the_element_names_the_operation(new: Wire) -> None:
    body = new.envelope("isClusterUserSoap", "eva")
    assert new.send("POST", new.path, body).status == 200
    assert new.send("POST", new.path, body, {"SOAPAction": "isClusterUserSoap"}).status == 200


def test_another_namespace_or_operation_is_a_fault(new: Wire) -> None:
    body = new.envelope("isClusterUserSoap", "eva")
    foreign = new.send("POST", new.path, body.replace(LITERAL, "urn:WD70"))
    unknown = new.ask("getCallStatusSoap", "eva")
    assert (foreign.status, unknown.status) == (500, 500)
    assert "faultstring" in foreign.text
    assert "getCallStatusSoap" in unknown.text
