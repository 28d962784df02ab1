"""One click makes at most one call, whatever is pressed, repeated or killed."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.utils import timezone

from clicktodial.dialing import calls, pacing
from clicktodial.dialing.models import Call, Cluster, Outcome
from clicktodial.dialing.models.claims import AnotherCall, ForeignClick
from clicktodial.dialplan.number import read
from clicktodial.simulator import Simulator

NUMBER = read("4567")


def _at_once(user: Any, clicks: list[Any]) -> list[Any]:
    def place(click: Any) -> Any:
        try:
            return calls.place(user=user, click=click, number=NUMBER)
        except AnotherCall as other:
            return other
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clicks)) as threads:
        return list(threads.map(place, clicks))


def test_a_click_sent_by_eight_threads_at_once_rings_once(ada: Any, simulator: Simulator) -> None:
    click = uuid4()
    _at_once(ada, [click] * 8)
    assert len(simulator.calls) == 1
    assert Call.objects.get().outcome == Outcome.ACCEPTED


def test_two_clicks_of_one_person_never_cross(ada: Any, simulator: Simulator) -> None:
    simulator.fault("west-1", "slow", operation="makeCallSoap", seconds=0.5)
    answers = _at_once(ada, [uuid4(), uuid4()])
    told = [answer for answer in answers if isinstance(answer, AnotherCall)]
    assert len(told) == 1
    assert len(simulator.calls) == 1


def test_another_click_rings_again_once_the_first_is_settled(
    ada: Any, simulator: Simulator
) -> None:
    for _ in range(2):
        calls.place(user=ada, click=uuid4(), number=NUMBER)
    assert len(simulator.calls) == 2


def test_a_click_of_somebody_else_is_refused(ada: Any, bruno: Any, simulator: Simulator) -> None:
    click = calls.place(user=ada, click=uuid4(), number=NUMBER).click
    with pytest.raises(ForeignClick):
        calls.place(user=bruno, click=click, number=NUMBER)
    assert len(simulator.calls) == 1


def _left_behind(user: Any, cluster: Cluster, *, outcome: Outcome) -> Call:
    return Call.objects.create(
        click=uuid4(),
        user=user,
        cluster=cluster,
        node=cluster.nodes.first(),
        mode="desk",
        number="4567",
        outcome=outcome,
        sent_at=timezone.now(),
        settle_by=timezone.now() - timedelta(seconds=1),
    )


def test_a_call_that_a_dead_worker_was_sending_settles_as_unknown(
    ada: Any, clusters: dict[str, Cluster]
) -> None:
    _left_behind(ada, clusters["west"], outcome=Outcome.SENDING)
    latest = Call.objects.latest_of(ada)
    assert latest is not None
    assert latest.outcome == Outcome.UNKNOWN


def test_a_call_that_a_dead_worker_had_not_sent_settles_as_not_sent(
    ada: Any, clusters: dict[str, Cluster]
) -> None:
    _left_behind(ada, clusters["west"], outcome=Outcome.PLACING)
    latest = Call.objects.latest_of(ada)
    assert latest is not None
    assert latest.outcome == Outcome.NOT_SENT


def test_a_worker_that_slept_too_long_sends_nothing(ada: Any, clusters: dict[str, Cluster]) -> None:
    call = _left_behind(ada, clusters["west"], outcome=Outcome.PLACING)
    Call.objects.settle_abandoned()
    node = clusters["west"].nodes.get(order=0)
    assert call.send_to(node, after=0, seconds=1) is False


def test_a_dead_workers_call_does_not_keep_its_person_from_calling(
    ada: Any, clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    _left_behind(ada, clusters["west"], outcome=Outcome.SENDING)
    calls.place(user=ada, click=uuid4(), number=NUMBER)
    assert len(simulator.calls) == 1


def test_an_answer_that_comes_late_replaces_unknown(ada: Any, clusters: dict[str, Cluster]) -> None:
    call = _left_behind(ada, clusters["west"], outcome=Outcome.SENDING)
    Call.objects.settle_abandoned()
    call.settle(Outcome.ACCEPTED, code=0)
    assert Call.objects.get(pk=call.pk).outcome == Outcome.ACCEPTED


def test_an_interrupted_worker_settles_its_call_before_it_goes(
    ada: Any,
    clusters: dict[str, Cluster],
    simulator: Simulator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stop(_: float) -> None:
        raise SystemExit

    for _ in range(8):  # so that the call has to wait for its turn
        pacing.take_turn(clusters["west"], longest=1)
    monkeypatch.setattr("clicktodial.dialing.sending.time.sleep", stop)
    with pytest.raises(SystemExit):
        calls.place(user=ada, click=uuid4(), number=NUMBER)
    assert Call.objects.get().outcome == Outcome.UNKNOWN
    assert simulator.calls == ()


def test_somebody_who_calls_all_the_time_is_slowed_down(
    ada: Any, simulator: Simulator, settings: Any
) -> None:
    settings.CALLS_A_MINUTE = 1
    calls.place(user=ada, click=uuid4(), number=NUMBER)
    with pytest.raises(calls.TooManyCalls):
        calls.place(user=ada, click=uuid4(), number=NUMBER)
    assert len(simulator.calls) == 1
    assert get_user_model().objects.count() == 1


def test_what_is_known_as_unknown_stays_so_when_the_worker_is_stopped_just_then(
    ada: Any, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    simulator.fault("west-1", "drops", operation="makeCallSoap")

    def stop(*_: Any) -> None:
        raise SystemExit

    monkeypatch.setattr("clicktodial.dialing.sending._learns", stop)
    with pytest.raises(SystemExit):
        calls.place(user=ada, click=uuid4(), number=NUMBER)
    assert len(simulator.rung) == 1
    assert Call.objects.get().outcome == Outcome.UNKNOWN


def test_a_worker_that_was_frozen_on_its_way_out_sends_nothing(
    ada: Any, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "clicktodial.dialing.sending._take_turn",
        lambda call, node, credential: (
            call.send_to(node, after=0, seconds=0) and time.monotonic() - 0.001
        ),
    )
    call = calls.place(user=ada, click=uuid4(), number=NUMBER)
    assert simulator.calls == ()
    assert call.outcome == Outcome.NOT_SENT


def test_an_answer_outlives_a_database_that_was_busy(
    ada: Any, clusters: dict[str, Cluster], monkeypatch: pytest.MonkeyPatch
) -> None:
    call = _left_behind(ada, clusters["west"], outcome=Outcome.SENDING)
    real, failures = QuerySet.update, [OperationalError("database is locked")]

    def update(self: Any, **facts: Any) -> int:
        if failures:
            raise failures.pop()
        return real(self, **facts)

    monkeypatch.setattr(QuerySet, "update", update)
    call.settle(Outcome.ACCEPTED, code=0)
    assert Call.objects.get(pk=call.pk).outcome == Outcome.ACCEPTED
