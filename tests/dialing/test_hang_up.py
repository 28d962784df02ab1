"""Hanging up reaches the same node, device and line, for the latest call only."""

from typing import Any
from uuid import uuid4

import pytest

from clicktodial.dialing import calls, wording
from clicktodial.dialing.models import Call
from clicktodial.dialplan.number import read
from clicktodial.simulator import Simulator
from tests.dialing import scene


@pytest.mark.parametrize("person", ["ada", "bruno"])
def test_the_phone_hangs_up(
    person: str, simulator: Simulator, request: pytest.FixtureRequest
) -> None:
    call = calls.place(user=request.getfixturevalue(person), click=uuid4(), number=read("4567"))
    calls.end(call)
    (ended,) = simulator.ends
    (rung,) = simulator.rung
    assert ended.hung_up
    assert (ended.node, ended.device, ended.line) == (rung.node, rung.device, rung.line)
    assert wording.of(call).state == "ended"


def test_it_names_the_phone_of_the_call_even_if_another_was_chosen_since(
    ada: Any, simulator: Simulator
) -> None:
    call = calls.place(user=ada, click=uuid4(), number=read("4567"))
    scene.choose(ada, device=scene.ADA_SOFT, line="1001 ; Internal")
    calls.end(call)
    assert simulator.ends[0].device == scene.ADA_DESK


def test_an_older_call_is_not_hung_up(ada: Any, simulator: Simulator) -> None:
    older = calls.place(user=ada, click=uuid4(), number=read("4567"))
    simulator.hang_up(scene.ADA_DESK)
    calls.place(user=ada, click=uuid4(), number=read("4568"))
    with pytest.raises(calls.NotTheLatest):
        calls.end(older)
    assert simulator.ends == ()


def test_a_try_that_was_refused_since_takes_nobodys_hanging_up(
    ada: Any, simulator: Simulator
) -> None:
    """A phone that is in a call refuses another; the first is still the one on its line."""
    first = calls.place(user=ada, click=uuid4(), number=read("4567"))
    refused = calls.place(user=ada, click=uuid4(), number=read("4568"))
    assert refused.outcome == "refused"
    calls.end(first)
    assert [end.hung_up for end in simulator.ends] == [True]
    with pytest.raises(calls.NotTheLatest):
        calls.end(refused)


def test_a_call_that_is_over_is_told_so(ada: Any, browser_of: Any, simulator: Simulator) -> None:
    call = calls.place(user=ada, click=uuid4(), number=read("4567"))
    simulator.hang_up(scene.ADA_DESK)
    page = browser_of(ada).post(f"/dial/calls/{call.click}/end/", follow=True)
    assert "no call to hang up" in page.content.decode()


def test_a_node_that_is_gone_is_told_so(ada: Any, browser_of: Any, simulator: Simulator) -> None:
    call = calls.place(user=ada, click=uuid4(), number=read("4567"))
    simulator.stop_node("west-1")
    page = browser_of(ada).post(f"/dial/calls/{call.click}/end/", follow=True)
    assert "did not confirm that it hung up. Hang up on the phone" in page.content.decode()


def test_a_lost_answer_is_not_taken_for_a_success_and_not_asked_again(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    call = calls.place(user=ada, click=uuid4(), number=read("4567"))
    simulator.fault("west-1", "garbage", operation="endCallSoap")
    page = browser_of(ada).post(f"/dial/calls/{call.click}/end/", follow=True)
    assert "did not confirm that it hung up" in page.content.decode()
    assert len(simulator.ends) == 1


def test_asking_three_times_reaches_the_phone_once(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    call = calls.place(user=ada, click=uuid4(), number=read("4567"))
    browser = browser_of(ada)
    pages = [browser.post(f"/dial/calls/{call.click}/end/", follow=True) for _ in range(3)]
    assert len(simulator.ends) == 1
    assert all("was told to hang up" in page.content.decode() for page in pages)


def test_a_call_that_was_refused_cannot_be_hung_up(ada: Any, simulator: Simulator) -> None:
    call = calls.place(user=ada, click=uuid4(), number=read("7777"))
    with pytest.raises(calls.NotTheLatest):
        calls.end(call)
    assert simulator.ends == ()


def test_where_nothing_was_sent_hanging_up_may_be_tried_again(
    ada: Any, simulator: Simulator
) -> None:
    call = calls.place(user=ada, click=uuid4(), number=read("4567"))
    simulator.stop_node("west-1")
    with pytest.raises(calls.NotHungUp):
        calls.end(call)
    simulator.start_node("west-1")
    calls.end(call)
    assert len(simulator.ends) == 1


def test_a_later_call_that_never_left_its_killed_worker_is_not_in_the_way(
    ada: Any, simulator: Simulator
) -> None:
    call = calls.place(user=ada, click=uuid4(), number=read("4567"))
    later, _mine = Call.objects.claim(click=uuid4(), user=ada, seconds=-60, mode="desk")
    calls.end(call)
    later.refresh_from_db()
    assert (later.outcome, call.end_code, len(simulator.ends)) == ("not_sent", 0, 1)
