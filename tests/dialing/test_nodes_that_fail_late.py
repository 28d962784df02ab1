"""A node that takes a call and stays silent or talks rubbish is left alone by the next click."""

from typing import Any
from uuid import uuid4

import pytest

from clicktodial.dialing import calls
from clicktodial.dialing.models import Call, Cluster, Outcome
from clicktodial.dialplan.number import read
from clicktodial.simulator import Simulator


def _place(user: Any) -> Call:
    return calls.place(user=user, click=uuid4(), number=read("4567"))


@pytest.mark.parametrize("fault", ["hangs", "http_503", "html_error", "soap_fault", "redirect"])
def test_the_next_click_goes_to_the_other_node(
    fault: str, ada: Any, simulator: Simulator, clusters: dict[str, Cluster]
) -> None:
    simulator.fault("west-1", fault, operation="makeCallSoap")
    first = _place(ada)
    second = _place(ada)
    assert first.outcome == Outcome.UNKNOWN
    assert second.outcome == Outcome.ACCEPTED
    assert [rung.node for rung in simulator.rung] == ["west-2"]


@pytest.mark.parametrize("fault", ["html_error", "soap_fault"])
def test_its_generation_is_asked_for_again(fault: str, ada: Any, simulator: Simulator) -> None:
    _place(ada)
    simulator.hang_up(simulator.rung[0].device)
    simulator.fault("west-1", fault, operation="makeCallSoap")
    before = _probes(simulator)
    _place(ada)
    assert _probes(simulator) > before


def _probes(simulator: Simulator) -> int:
    return sum(each.operation == "isClusterUserSoap" for each in simulator.requests)


def test_a_call_of_unknown_fate_is_not_asked_for_again_by_the_upgrade(
    ada: Any, simulator: Simulator
) -> None:
    simulator.fault("west-1", "garbage", operation="makeCallSoap")
    assert _place(ada).outcome == Outcome.UNKNOWN
    assert len(simulator.calls) == 1
