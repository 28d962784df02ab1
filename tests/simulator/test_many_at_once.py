"""Many clients at once are counted exactly, and a phone takes one call of them."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from clicktodial.simulator import Simulator

from .conftest import Clock, Wire, scene


def test_of_calls_at_the_same_moment_one_rings(sim: Simulator, old: Wire) -> None:
    together = threading.Barrier(8)

    def call(number: int) -> int:
        together.wait(timeout=10)
        return old.call(f"40{number}").code

    with ThreadPoolExecutor(8) as pool:
        codes = Counter(pool.map(call, range(8)))
    assert codes == {0: 1, 1: 7}
    assert len(sim.calls) == 8
    assert sim.phone("SEP01").digits == sim.rung[0].dialed


def test_the_limit_holds_for_clients_that_come_together() -> None:
    with Simulator(scene(calls_a_second=3), clock=Clock()) as sim:
        wire = Wire(sim.node("old"))
        with ThreadPoolExecutor(8) as pool:
            codes = Counter(pool.map(lambda _: wire.call("71").code, range(20)))
    assert codes == {7: 3, 9: 17}


def test_records_are_numbered_in_order(sim: Simulator, old: Wire) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: old.ask("isClusterUserSoap", "eva"), range(100)))
    ids = [request.id for request in sim.requests]
    assert ids == sorted(set(ids))
    assert len(ids) == 100
