"""A protected destination answers 0 whatever the code, and fails on the phone when it is wrong."""

import pytest

from clicktodial.simulator import Simulator

from .conftest import Wire


@pytest.mark.parametrize("number", ["5555111222", "5555111222#"])
def test_the_right_codes_let_the_call_through(sim: Simulator, any_node: Wire, number: str) -> None:
    assert any_node.call(number).code == 0
    assert sim.phone("SEP01").state == "ringing"
    assert sim.phone("SEP01").digits == number


@pytest.mark.parametrize("number", ["5555", "5555#", "5555111", "5555222111", "5555999222#"])
def test_a_wrong_code_fails_on_the_phone_only(sim: Simulator, any_node: Wire, number: str) -> None:
    assert any_node.call(number).code == 0
    phone = sim.phone("SEP01")
    assert (phone.state, phone.reason) == ("failed", "no valid authorisation code")
