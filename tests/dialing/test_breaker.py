"""A wrong proxy password is tried once by everybody together, then stopped before it locks."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from clicktodial.dialing import breaker, calls, clusters, wording
from clicktodial.dialing.models import Call, Cluster, Outcome
from clicktodial.dialplan.number import read
from clicktodial.sealed import Sealed
from clicktodial.simulator import Simulator
from clicktodial.webdialer import BadCredentials, Operation, Secret
from tests.dialing import scene


@pytest.fixture
def crowd(clusters: dict[str, Cluster]) -> list[Any]:
    """Eight people whose phone is Ada's."""
    people = [get_user_model().objects.create_user(f"p{number}") for number in range(8)]
    for person in people:
        profile = scene.choose(
            person, device=scene.ADA_DESK, line="1001 ; Internal", home=clusters["west"]
        )
        profile.cucm_user_id = "ada"
        profile.save()
    return people


def _click_at_once(people: list[Any]) -> list[Any]:
    def place(person: Any) -> Any:
        try:
            return calls.place(user=person, click=uuid4(), number=read("4567"))
        except clusters.ProxyStopped as stopped:
            return stopped
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as threads:
        return list(threads.map(place, people))


def _set_password(cluster: Cluster, password: str) -> None:
    Cluster.objects.filter(pk=cluster.pk).update(
        proxy_password=Sealed.around(Secret(password)), proven_at=None
    )


def test_a_crowd_tries_a_wrong_password_once(
    crowd: list[Any], clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    _set_password(clusters["west"], "wrong")
    answers = _click_at_once(crowd)
    assert [call.code for call in simulator.calls] == [2]
    told = [answer for answer in answers if isinstance(answer, Call) and answer.code is None]
    assert all(call.outcome == Outcome.NOT_SENT for call in told)
    assert all("needs an administrator" in wording.of(call).says for call in told)


def test_a_crowd_with_the_right_password_is_not_held_up(
    crowd: list[Any], clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    answers = _click_at_once(crowd)
    assert len(simulator.calls) == 8
    assert {answer.outcome for answer in answers} <= {Outcome.ACCEPTED, Outcome.REFUSED}
    west = Cluster.objects.get(pk=clusters["west"].pk)
    assert (west.stopped_at, west.trying_until) == (None, None)
    assert west.proven_at is not None


def test_a_late_refusal_of_the_old_password_does_not_stop_the_new_one(
    clusters: dict[str, Cluster],
) -> None:
    west = Cluster.objects.get(pk=clusters["west"].pk)
    with suppress(BadCredentials), breaker.judging(west):
        _set_password(west, "changed meanwhile")
        raise BadCredentials(2, Operation.MAKE_CALL)
    assert Cluster.objects.get(pk=west.pk).stopped_at is None


def test_a_dead_workers_try_does_not_hold_up_the_others_for_ever(
    ada: Any, clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    long_ago = timezone.now() - timedelta(seconds=1)
    Cluster.objects.update(trying_until=long_ago)
    assert calls.place(user=ada, click=uuid4(), number=read("4567")).outcome == Outcome.ACCEPTED


def test_who_cannot_wait_for_anothers_try_is_told_that_nothing_was_sent(
    ada: Any, clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    Cluster.objects.update(
        trying_until=timezone.now() + timedelta(minutes=1), connect_seconds=0.2, answer_seconds=0.2
    )
    call = calls.place(user=ada, click=uuid4(), number=read("4567"))
    assert call.outcome == Outcome.NOT_SENT
    assert simulator.calls == ()
