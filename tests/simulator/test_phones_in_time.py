"""A phone goes through its call by the clock, or as the far end and the person do."""

import pytest

from clicktodial.simulator import Simulator

from .conftest import Clock, Wire, scene


def test_a_call_rings_is_answered_and_ends(clock: Clock) -> None:
    with Simulator(scene(dial_seconds=1, talk_seconds=60), clock=clock) as sim:
        Wire(sim.node("old")).call("4711")
        seen = []
        for seconds in (0.0, 1.0, 4.0, 60.0, 5.0):
            clock.go(seconds)
            seen.append(sim.phone("SEP01").state.value)
        assert seen == ["dialing", "ringing", "connected", "ended", "idle"]
        assert sim.phone("SEP01").digits == ""


def test_a_busy_number_is_heard_and_the_phone_is_free_for_the_next(
    sim: Simulator, old: Wire
) -> None:
    assert old.call("5000").code == 0
    assert sim.phone("SEP01").state == "busy"
    assert old.call("4711").code == 0
    assert sim.phone("SEP01").state == "ringing"


def test_the_far_end_answers_and_the_person_hangs_up(sim: Simulator, old: Wire) -> None:
    old.call("4711")
    assert sim.answer("SEP01")
    assert sim.phone("SEP01").state == "connected"
    assert sim.hang_up("SEP01")
    assert sim.phone("SEP01").state == "ended"
    assert not sim.answer("SEP01")
    assert not sim.hang_up("SEP01")


def test_a_phone_that_loses_its_registration_loses_its_call(sim: Simulator, old: Wire) -> None:
    old.call("4711")
    sim.stand("SEP01", "unregistered")
    assert sim.phone("SEP01").state == "unregistered"
    sim.stand("SEP01", "registered")
    assert sim.phone("SEP01").state == "idle"
    assert old.end().code == 1


def test_a_call_is_ended_at_the_node_that_placed_it(sim: Simulator, old: Wire) -> None:
    old.call("4711")
    assert Wire(sim.node("stock")).end().code == 1
    assert sim.phone("SEP01").state == "ringing"
    assert old.end().code == 0


def test_any_node_may_end_it_where_the_scene_says_so() -> None:
    with Simulator(scene(end_call_on_any_node=True)) as sim:
        Wire(sim.node("old")).call("4711")
        assert Wire(sim.node("stock")).end().code == 0


def test_a_call_is_ended_on_its_own_line(old: Wire) -> None:
    old.call("4711")
    assert old.end(line="1002 ; Secret").code == 1
    assert old.end(line="1001").code == 0


def test_an_unknown_phone_is_an_error(sim: Simulator) -> None:
    with pytest.raises(KeyError, match="SEP77"):
        sim.phone("SEP77")
