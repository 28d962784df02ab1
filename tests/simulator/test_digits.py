"""What a number becomes on its way to the phone: rules, punctuation, patterns."""

import pytest

from clicktodial.simulator import Simulator
from clicktodial.simulator.numbers import PatternError, compile_pattern

from .conftest import Wire, scene


def test_a_sip_phone_fails_on_a_number_it_cannot_dial(sim: Simulator, old: Wire) -> None:
    assert old.call("044 123 45 67").code == 0
    assert sim.phone("SEP01").state == "failed"


def test_an_sccp_phone_drops_what_it_cannot_dial(sim: Simulator, old: Wire) -> None:
    assert old.call("044 123-45 67", user="noah", device="SEP02", line="2001").code == 0
    assert sim.phone("SEP02").digits == "0441234567"
    assert sim.calls[-1].destination == "044 123-45 67"


def test_soap_applies_dial_rules_only_where_the_cluster_says_so(old: Wire, sim: Simulator) -> None:
    old.call("+41441234567")
    assert sim.phone("SEP01").digits == "+41441234567"
    with Simulator(scene(apply_dial_rules_to_soap=True)) as ruled:
        Wire(ruled.node("old")).call("+41441234567")
        assert ruled.phone("SEP01").digits == "00441234567"
        assert ruled.calls[0].dialed == "00441234567"


@pytest.mark.parametrize(
    ("pattern", "number", "fits"),
    [
        ("4XXX", "4711", True),
        ("4XXX", "47111", False),
        ("0.!", "0441234567", True),
        ("[2-4]XX", "355", True),
        ("[2-4]XX", "555", False),
        ("[^2-4]XX", "555", True),
        ("*9#", "*9#", True),
        (r"\+41!", "+4144", True),
        ("+41!", "+4144", True),
    ],
)
def test_route_patterns_are_unified_cm_s(pattern: str, number: str, fits: bool) -> None:
    assert bool(compile_pattern(pattern).fullmatch(number)) is fits


@pytest.mark.parametrize("pattern", ["(4)", "4.*|", "[9", "hello"])
def test_what_is_no_route_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)
