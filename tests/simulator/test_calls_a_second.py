"""A node takes three call requests in any second, as long as nobody sets another limit."""

import pytest

from clicktodial.simulator import Simulator

from .conftest import Clock, Wire, scene


@pytest.mark.parametrize("code", [6, 9])
def test_the_fourth_call_within_a_second_is_refused(code: int) -> None:
    clock = Clock()
    with Simulator(scene(calls_a_second=3, limit_code=code), clock=clock) as sim:
        wire = Wire(sim.node("old"))
        assert [wire.call("71").code for _ in range(4)] == [7, 7, 7, code]
        clock.go(0.9)
        assert wire.call("71").code == code
        clock.go(0.2)
        assert wire.call("71").code == 7


def test_the_second_slides(clock: Clock) -> None:
    with Simulator(scene(calls_a_second=3), clock=clock) as sim:
        wire = Wire(sim.node("old"))
        wire.call("71")
        clock.go(0.6)
        wire.call("71")
        wire.call("71")
        clock.go(0.5)
        assert [wire.call("71").code for _ in range(2)] == [7, 9]


def test_each_node_counts_for_itself(clock: Clock) -> None:
    with Simulator(scene(calls_a_second=1), clock=clock) as sim:
        assert Wire(sim.node("old")).call("71").code == 7
        assert Wire(sim.node("stock")).call("71").code == 7
        assert Wire(sim.node("old")).call("71").code == 9


def test_a_refused_call_is_on_record_and_rings_nothing(clock: Clock) -> None:
    with Simulator(scene(calls_a_second=1), clock=clock) as sim:
        wire = Wire(sim.node("old"))
        wire.call("1")
        wire.call("2")
        assert [(call.code, call.rang) for call in sim.calls] == [(0, True), (9, False)]
