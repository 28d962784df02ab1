"""Which service answers where, before, during and after an upgrade."""

import pytest

from clicktodial.simulator import Simulator

from .conftest import Wire


def ask_at(wire: Wire, service: str) -> tuple[int, bool]:
    body = wire.envelope("isClusterUserSoap", "eva")
    reply = wire.send("POST", f"/webdialer/services/{service}", body, {"SOAPAction": '""'})
    return reply.status, ">true<" in reply.text


@pytest.mark.parametrize(
    "service", ["WebdialerSoapService70", "WebdialerSoapservice70", "WebdialerSoapService"]
)
def test_the_legacy_service_has_several_spellings(old: Wire, service: str) -> None:
    assert ask_at(old, service) == (200, True)


def test_a_legacy_node_has_no_new_service(sim: Simulator) -> None:
    wire = Wire(sim.node("old"), generation="literal")
    assert ask_at(wire, "webdialer") == (500, False)


def test_a_new_node_has_no_legacy_service(sim: Simulator) -> None:
    wire = Wire(sim.node("new"))
    assert ask_at(wire, "WebdialerSoapService70") == (404, False)


def test_a_node_may_speak_both(sim: Simulator) -> None:
    assert Wire(sim.node("both")).call().code == 0
    assert Wire(sim.node("both"), generation="literal").end().code == 0
    assert (sim.calls[0].via, sim.ends[0].via) == ("axis", "literal")


def test_an_upgrade_in_the_middle_of_the_day(sim: Simulator) -> None:
    sim.set_generation("old", "literal")
    assert Wire(sim.node("old")).ask("isClusterUserSoap", "eva").status == 404
    assert Wire(sim.node("old"), generation="literal").call().code == 0
    assert sim.node("old").generation == "literal"
    sim.reset()
    assert Wire(sim.node("old")).call().code == 0


def test_other_addresses_are_not_found(old: Wire) -> None:
    for path in ("/", "/webdialer/", "/webdialer/services/", "/ccmadmin", "/webdialer/<b>"):
        reply = old.send("GET", path)
        assert reply.status == 404
        assert "<b>" not in reply.text
