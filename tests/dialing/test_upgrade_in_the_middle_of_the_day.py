"""A node that changes its generation keeps dialling, and no click rings twice for it."""

from typing import Any
from uuid import uuid4

import pytest

from clicktodial.dialing import calls
from clicktodial.dialing.models import Cluster, Outcome
from clicktodial.dialplan.number import read
from clicktodial.simulator import Simulator


@pytest.mark.parametrize(
    ("person", "cluster", "after"), [("ada", "west", "literal"), ("bruno", "east", "axis")]
)
def test_the_next_click_finds_the_new_generation(
    person: str,
    cluster: str,
    after: str,
    simulator: Simulator,
    clusters: dict[str, Cluster],
    request: pytest.FixtureRequest,
) -> None:
    user = request.getfixturevalue(person)
    first = calls.place(user=user, click=uuid4(), number=read("4567"))
    simulator.hang_up(first.device)
    simulator.set_generation(f"{cluster}-1", after)
    call = calls.place(user=user, click=uuid4(), number=read("4568"))
    assert call.outcome == Outcome.ACCEPTED
    assert [(rung.via, rung.node) for rung in simulator.rung][1:] == [(after, f"{cluster}-1")]
    assert clusters[cluster].nodes.get(order=call.node.order).generation == after


def test_the_generation_is_asked_for_without_a_password(ada: Any, simulator: Simulator) -> None:
    calls.place(user=ada, click=uuid4(), number=read("4567"))
    asked = [request for request in simulator.requests if request.operation == "isClusterUserSoap"]
    assert asked
    assert {request.by for request in asked} == {""}
