"""Every result code comes from its real cause, in both generations and both reply shapes."""

import pytest

from clicktodial.simulator import Simulator

from .conftest import Wire, known, profile, scene


def test_a_good_call_answers_0(any_node: Wire) -> None:
    assert any_node.call().code == 0


@pytest.mark.parametrize("state", ["unregistered", "busy"])
def test_a_phone_that_cannot_dial_answers_1(sim: Simulator, any_node: Wire, state: str) -> None:
    sim.stand("SEP01", state)
    assert any_node.call().code == 1
    assert not sim.rung


def test_a_line_that_is_not_idle_answers_1(sim: Simulator, any_node: Wire) -> None:
    assert any_node.call("4711").code == 0
    assert any_node.call("4712").code == 1
    assert sim.phone("SEP01").digits == "4711"


def test_hanging_up_without_a_call_answers_1(any_node: Wire) -> None:
    assert any_node.end().code == 1


def test_a_user_without_device_gets_1_in_detail_and_5_in_the_profile(any_node: Wire) -> None:
    assert any_node.ask("getProfileDetailSoap", known("nobody")).code == 1
    assert any_node.ask("getProfileSoap", known("proxy"), "nobody").code == 5


@pytest.mark.parametrize(
    "who",
    [known("proxy", "wrong"), known("stranger"), "<token>stale-token</token>", "<token>x</token>"],
)
def test_a_credential_that_does_not_hold_answers_2(any_node: Wire, who: str) -> None:
    assert any_node.call(who=who).code == 2


def test_an_application_user_without_proxy_rights_gets_3(any_node: Wire) -> None:
    assert any_node.call(who=known("weak")).code == 3
    assert any_node.ask("getProfileSoap", known("weak"), "eva").code == 3


def test_dialing_from_somebody_else_s_phone_answers_3(any_node: Wire) -> None:
    assert any_node.call(who=known("noah")).code == 3
    assert any_node.call(who="<token>token-of-eva</token>", user="noah").code == 3


def test_proxy_rights_do_not_open_the_detail(any_node: Wire) -> None:
    assert any_node.ask("getProfileDetailSoap", known("proxy")).code == 3


def test_an_unknown_user_answers_4(any_node: Wire) -> None:
    assert any_node.call(user="ghost").code == 4
    assert any_node.call(user="EVA").code == 4


def test_a_device_that_is_not_the_user_s_answers_5(any_node: Wire) -> None:
    assert any_node.call(device="SEP02").code == 5
    assert any_node.call(device="SEP99").code == 5
    assert any_node.call(device="").code == 5


def test_an_empty_destination_answers_5(any_node: Wire) -> None:
    assert any_node.call("").code == 5


def test_a_number_without_a_route_answers_7(sim: Simulator, any_node: Wire) -> None:
    assert any_node.call("7123").code == 7
    assert sim.phone("SEP01").state == "idle"


def test_a_profile_that_is_not_whole_answers_5(old: Wire, new: Wire) -> None:
    short = "<user>eva</user><deviceName>SEP01</deviceName><lineNumber>1001 ; Internal</lineNumber>"
    # The guide's samples of the legacy generation leave out the four deprecated members.
    assert old.ask("makeCallSoap", known("proxy"), "4711", short).code == 0
    assert new.ask("makeCallSoap", known("proxy"), "4711", short).code == 5
    shorter = "<user>eva</user><deviceName>SEP01</deviceName>"
    assert old.ask("makeCallSoap", known("proxy"), "4711", shorter).code == 5


@pytest.mark.parametrize(("setting", "code"), [({"cti": "down"}, 6), ({"directory": "down"}, 4)])
def test_a_service_that_is_down_has_its_code(setting: dict[str, str], code: int) -> None:
    with Simulator(scene(**setting)) as sim:
        assert Wire(sim.node("old")).call().code == code


def test_refusals_list_no_devices(any_node: Wire) -> None:
    reply = any_node.ask("getProfileSoap", known("proxy", "wrong"), "eva")
    assert reply.code == 2
    assert "SEP01" not in reply.text


def test_a_token_counts_for_its_user(sim: Simulator, any_node: Wire) -> None:
    assert any_node.call(who="<token>token-of-eva</token>").code == 0
    assert sim.calls[-1].by == "eva"


def test_the_primary_line_is_empty_when_refused(any_node: Wire) -> None:
    name = "return" if any_node.generation == "literal" else "getPrimaryLineReturn"
    assert any_node.ask("getPrimaryLine", known("eva")).values[name] == ["1001"]
    assert any_node.ask("getPrimaryLine", known("eva", "x")).values[name] == [""]
    assert any_node.ask("getPrimaryLine", known("proxy")).values[name] == [""]


def test_the_end_of_a_call_needs_the_same_rights(sim: Simulator, any_node: Wire) -> None:
    any_node.call()
    assert any_node.end(who=known("noah")).code == 3
    assert any_node.ask("endCallSoap", known("proxy"), profile("eva", "SEP02", "x")).code == 5
    assert any_node.end().code == 0
    assert sim.phone("SEP01").state == "ended"
    assert [end.hung_up for end in sim.ends] == [False, False, True]
