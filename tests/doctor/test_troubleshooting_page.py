"""The page on troubleshooting holds what people and the doctor say, word for word."""

from pathlib import Path

import pytest

from clicktodial.dialing import refusals
from clicktodial.dialing.remedies import remedy_for
from clicktodial.webdialer import NoAnswer, NotSent, Reason

PAGE = (Path(__file__).parents[2] / "docs" / "troubleshooting.md").read_text()
OURS = (Reason.BUSY, Reason.CLOSED, Reason.BAD_TEXT)  # nothing of a node's


@pytest.mark.parametrize("code", range(1, 10))
def test_every_code_stands_with_the_sentence_that_people_read(code: int) -> None:
    assert f"| {code} | {refusals.of_code(code)[0]} |" in PAGE


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason not in OURS])
def test_every_trouble_on_the_way_to_a_node_is_told(reason: Reason) -> None:
    assert f"| {remedy_for(NotSent(reason)).says} |" in PAGE


@pytest.mark.parametrize("reason", [Reason.TIMED_OUT, Reason.BROKEN])
def test_every_silence_is_told(reason: Reason) -> None:
    assert f"| {remedy_for(NoAnswer(reason)).says} |" in PAGE
