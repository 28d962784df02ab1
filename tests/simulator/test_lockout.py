"""Three wrong passwords lock an account for half an hour, for everybody who uses it."""

from clicktodial.simulator import Simulator

from .conftest import Clock, Wire, known


def test_the_third_wrong_password_locks_the_right_one_out(old: Wire) -> None:
    for _ in range(3):
        assert old.call(who=known("proxy", "wrong")).code == 2
    assert old.call().code == 2


def test_two_wrong_passwords_are_forgiven_by_a_right_one(old: Wire) -> None:
    for _ in range(2):
        old.call(who=known("proxy", "wrong"))
        old.call(who=known("proxy", "wrong"))
        assert old.call(user="ghost").code == 4


def test_a_lock_ends_by_itself(old: Wire, clock: Clock) -> None:
    for _ in range(3):
        old.call(who=known("proxy", "wrong"))
    clock.go(1799)
    assert old.call().code == 2
    clock.go(2)
    assert old.call().code == 0


def test_a_lock_holds_on_every_node_and_for_nobody_else(sim: Simulator, old: Wire) -> None:
    for _ in range(3):
        old.call(who=known("proxy", "wrong"))
    assert Wire(sim.node("new"), generation="literal").call().code == 2
    assert old.call(who=known("eva")).code == 0


def test_an_administrator_unlocks_or_changes_the_password(sim: Simulator, old: Wire) -> None:
    for _ in range(3):
        old.call(who=known("proxy", "wrong"))
    sim.unlock("proxy")
    assert old.call(user="ghost").code == 4
    sim.set_password("proxy", "fresh")
    assert old.call().code == 2
    assert old.call(who=known("proxy", "fresh")).code == 0
