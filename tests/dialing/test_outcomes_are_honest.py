"""Whatever a node does, the row and the sentence say what is known and no more."""

from typing import Any
from uuid import uuid4

import pytest

from clicktodial.dialing import calls, wording
from clicktodial.dialing.models import Call, Cluster, DialProfile, Outcome
from clicktodial.dialplan.number import read
from clicktodial.simulator import Simulator

ACTED = ("drops", "garbage", "truncated", "late")


def _place(user: Any) -> Call:
    return calls.place(user=user, click=uuid4(), number=read("4567"))


def _everywhere(simulator: Simulator, name: str) -> None:
    for node in ("west-1", "west-2", "east-1", "east-2"):
        simulator.fault(node, name, operation="makeCallSoap", seconds=6)


@pytest.mark.parametrize("person", ["ada", "bruno"])
@pytest.mark.parametrize("code", [1, 2, 3, 4, 5, 7, 8])
def test_a_refusal_stops_at_its_code(
    person: str, code: int, simulator: Simulator, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(person)
    _everywhere(simulator, f"code:{code}")
    call = _place(user)
    assert (call.outcome, call.code) == (Outcome.REFUSED, code)
    assert len(simulator.calls) == 1
    assert wording.of(call).says
    assert wording.of(call).next


@pytest.mark.parametrize("code", [6, 9])
def test_a_busy_cluster_is_asked_a_few_times_and_then_told(
    code: int, ada: Any, simulator: Simulator
) -> None:
    _everywhere(simulator, f"code:{code}")
    call = _place(ada)
    assert (call.outcome, call.code) == (Outcome.REFUSED, code)
    assert len(simulator.calls) == 4
    assert simulator.rung == ()


def test_a_busy_node_leaves_the_call_to_the_other(ada: Any, simulator: Simulator) -> None:
    simulator.fault("west-1", "overloaded", operation="makeCallSoap")
    call = _place(ada)
    assert call.outcome == Outcome.ACCEPTED
    assert [rung.node for rung in simulator.rung] == ["west-2"]


def test_a_code_that_nobody_knows_is_not_taken_for_a_refusal(
    ada: Any, simulator: Simulator
) -> None:
    _everywhere(simulator, "code:42")
    call = _place(ada)
    assert (call.outcome, call.code) == (Outcome.UNKNOWN, 42)
    assert len(simulator.calls) == 1


@pytest.mark.parametrize("person", ["ada", "bruno"])
@pytest.mark.parametrize("fault", ACTED)
def test_a_lost_reply_is_unknown_and_never_repeated(
    person: str, fault: str, simulator: Simulator, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(person)
    _everywhere(simulator, fault)
    call = _place(user)
    assert call.outcome == Outcome.UNKNOWN
    assert len(simulator.calls) == 1
    assert "Did your phone ring?" in wording.of(call).says


def test_a_dead_node_leaves_the_call_to_the_other(
    ada: Any, simulator: Simulator, clusters: dict[str, Cluster]
) -> None:
    simulator.stop_node("west-1")
    call = _place(ada)
    assert call.outcome == Outcome.ACCEPTED
    assert [rung.node for rung in simulator.rung] == ["west-2"]
    first = clusters["west"].nodes.get(order=0)
    assert first.rests()


def test_a_dead_cluster_says_that_nothing_was_sent(ada: Any, simulator: Simulator) -> None:
    simulator.stop_node("west-1")
    simulator.stop_node("west-2")
    call = _place(ada)
    assert (call.outcome, call.trouble) == (Outcome.NOT_SENT, "refused")
    assert "No call was placed" in wording.of(call).says


def test_a_recovered_node_is_the_first_again(
    ada: Any, simulator: Simulator, clusters: dict[str, Cluster]
) -> None:
    simulator.stop_node("west-1")
    simulator.hang_up(_place(ada).device)
    simulator.start_node("west-1")
    clusters["west"].nodes.update(resting_until=None)
    _place(ada)
    assert [rung.node for rung in simulator.rung] == ["west-2", "west-1"]
    assert clusters["west"].nodes.get(order=0).failures == 0


def test_a_vanished_device_leads_back_to_the_choice(ada: Any, simulator: Simulator) -> None:
    _everywhere(simulator, "code:5")
    _place(ada)
    assert DialProfile.objects.get(user=ada).device == ""
    with pytest.raises(calls.DeviceNeeded):
        _place(ada)


def test_an_unknown_user_id_has_the_home_cluster_asked_for_again(
    ada: Any, simulator: Simulator
) -> None:
    _everywhere(simulator, "code:4")
    _place(ada)
    assert DialProfile.objects.get(user=ada).home_cluster is None


@pytest.mark.parametrize("code", [2, 3])
def test_a_refused_application_user_is_never_tried_again(
    code: int, ada: Any, simulator: Simulator, clusters: dict[str, Cluster]
) -> None:
    from clicktodial.dialing.clusters import ProxyStopped

    _everywhere(simulator, f"code:{code}")
    _place(ada)
    cluster = Cluster.objects.get(pk=clusters["west"].pk)
    assert (cluster.stopped_code, cluster.stopped_at is not None) == (code, True)
    DialProfile.objects.filter(user=ada).update(home_cluster=cluster)
    with pytest.raises(ProxyStopped):
        _place(ada)
    assert len(simulator.calls) == 1
