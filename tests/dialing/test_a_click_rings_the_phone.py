"""A click places one call from the person's own device and line, in either generation."""

from typing import Any
from uuid import uuid4

import pytest

from clicktodial.dialing import calls
from clicktodial.dialing.models import Outcome
from clicktodial.dialplan.number import read
from clicktodial.simulator import Simulator
from tests.dialing import scene


def test_a_phone_on_the_axis_generation_dials(ada: Any, simulator: Simulator) -> None:
    call = calls.place(user=ada, click=uuid4(), number=read("+41 44 123 45 67"))
    (rung,) = simulator.rung
    assert call.outcome == Outcome.ACCEPTED
    assert (rung.user, rung.by) == ("ada", "clicktodial")
    assert (rung.device, rung.line) == (scene.ADA_DESK, "1001 ; Internal")
    assert (rung.destination, rung.via) == ("+41441234567", "axis")


def test_a_phone_on_the_literal_generation_dials(bruno: Any, simulator: Simulator) -> None:
    call = calls.place(user=bruno, click=uuid4(), number=read("4567"))
    (rung,) = simulator.rung
    assert call.outcome == Outcome.ACCEPTED
    assert (rung.device, rung.line) == (scene.BRUNO_DESK, "2001 ; Global E164")
    assert (rung.destination, rung.via) == ("4567", "literal")


@pytest.mark.parametrize("text", ["*21*4567#", "#31#", "**"])
def test_stars_and_hashes_arrive(ada: Any, simulator: Simulator, text: str) -> None:
    calls.place(user=ada, click=uuid4(), number=read(text))
    assert simulator.calls[-1].destination == text


def test_what_follows_the_main_number_is_kept_but_not_sent(ada: Any, simulator: Simulator) -> None:
    call = calls.place(user=ada, click=uuid4(), number=read("+41 44 123 45 67,,1234#"))
    assert simulator.calls[-1].destination == "+41441234567"
    assert "1234#" in call.after


def test_the_same_click_never_rings_twice(ada: Any, simulator: Simulator) -> None:
    click = uuid4()
    first = calls.place(user=ada, click=click, number=read("4567"))
    again = calls.place(user=ada, click=click, number=read("4567"))
    assert first.pk == again.pk
    assert len(simulator.calls) == 1
