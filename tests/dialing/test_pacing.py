"""No more call requests a second than the cluster takes, however many threads and clicks."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from clicktodial.dialing import calls, pacing, sending, wording
from clicktodial.dialing.models import Call, Cluster, Outcome, Turns
from clicktodial.dialplan.number import read
from clicktodial.simulator import Simulator
from tests.dialing import scene


def test_a_quiet_cluster_takes_its_first_calls_at_once(clusters: dict[str, Cluster]) -> None:
    waits = [pacing.take_turn(clusters["west"], longest=10) for _ in range(8)]
    assert waits == [0.0] * 8


def test_each_later_call_keeps_a_second_from_the_one_that_many_before(
    clusters: dict[str, Cluster],
) -> None:
    west = clusters["west"]
    west.calls_a_second = 3
    for _ in range(9):
        pacing.take_turn(west, longest=10)
    taken = Turns.objects.get(cluster=west).taken
    assert all(later - earlier >= 1 for earlier, later in zip(taken, taken[3:], strict=False))


def test_a_queue_leaves_evenly(clusters: dict[str, Cluster]) -> None:
    for _ in range(24):
        pacing.take_turn(clusters["west"], longest=10)
    taken = Turns.objects.get(cluster=clusters["west"]).taken
    gaps = [later - earlier for earlier, later in pairwise(taken)]
    assert all(0.1 < gap < 0.2 for gap in gaps)


def test_who_would_wait_too_long_is_told_how_long(clusters: dict[str, Cluster]) -> None:
    west = clusters["west"]
    west.calls_a_second = 1
    pacing.take_turn(west, longest=1.5)
    pacing.take_turn(west, longest=1.5)
    with pytest.raises(pacing.TooBusy) as told:
        pacing.take_turn(west, longest=1.5)
    assert 1.5 < told.value.seconds < 2.5


def test_a_clock_that_was_set_back_keeps_nobody_waiting(clusters: dict[str, Cluster]) -> None:
    west = clusters["west"]
    Turns.objects.create(cluster=west, taken=[9e9] * 8)
    assert pacing.take_turn(west, longest=1) == 0


def test_a_full_queue_settles_the_call_as_not_sent(
    ada: Any, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LONGEST_WAIT", -1.0)
    call = calls.place(user=ada, click=uuid4(), number=read("4567"))
    assert call.outcome == Outcome.NOT_SENT
    assert "Call again in about" in wording.of(call).next
    assert simulator.calls == ()


def test_a_rush_stays_within_the_limit_on_the_wire(
    clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    Cluster.objects.update(calls_a_second=4)
    people = [get_user_model().objects.create_user(f"p{number}") for number in range(8)]
    for person in people:
        profile = scene.choose(
            person, device=scene.ADA_DESK, line="1001 ; Internal", home=clusters["west"]
        )
        profile.cucm_user_id = "ada"
        profile.save()

    def place(person: Any) -> None:
        try:
            calls.place(user=person, click=uuid4(), number=read("4567"))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(place, people))
    times = sorted(call.at for call in simulator.calls)
    assert len(times) == Call.objects.count() == 8
    # On a busy machine a call that had its turn may arrive a moment late.
    assert all(later - earlier >= 0.7 for earlier, later in zip(times, times[4:], strict=False))
