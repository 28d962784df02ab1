"""The verdict on a storm finds every kind of breach, and nothing in a quiet hour."""

from typing import Any
from uuid import uuid4

import pytest

from tests.chaos import verdict
from tests.chaos.clicks import Answer, Click
from tests.chaos.company import APPLICATION_USER, everybody

ME, SOMEBODY = everybody()[:2]
CLICK = Click(ME, uuid4(), "+41442000001")


def _call(**changes: Any) -> dict[str, Any]:
    return {
        "destination": CLICK.number,
        "node": f"{ME.cluster}-1",
        "cluster": ME.cluster,
        "user": ME.user_id,
        "device": ME.device,
        "line": ME.line,
        "by": APPLICATION_USER,
        "code": 0,
        "rang": True,
        "fault": "",
        "at": 0.0,
    } | changes


def _row(**changes: Any) -> dict[str, Any]:
    return {
        "click": CLICK.token,
        "digits": CLICK.number,
        "outcome": "accepted",
        "code": 0,
        "trouble": "",
        "device": ME.device,
        "line": ME.line,
        "user": ME.user_id,
    } | changes


SILENT = {"code": None, "rang": False}
BUSY = _call(code=9, rang=False)
REFUSED = _call(code=7, rang=False)


def _breaches(
    rows: list[dict[str, Any]], wire: list[dict[str, Any]], *, state: str = "", status: int = 200
) -> list[str]:
    answers = [Answer(CLICK.token, status, state)]
    return verdict.breaches([CLICK], rows=rows, wire=wire, answers=answers)


@pytest.mark.parametrize(
    ("row", "wire", "state"),
    [
        (_row(), [_call()], "accepted"),
        (_row(), [BUSY, _call()], "accepted"),
        (_row(), [_call(fault="http_404", **SILENT), _call()], "accepted"),
        (_row(outcome="unknown"), [_call(fault="drops")], "unknown"),
        (_row(outcome="unknown"), [], "unknown"),
        (_row(outcome="refused", code=7), [REFUSED], "refused"),
        (_row(outcome="not_sent"), [], "refused"),
        (_row(outcome="not_sent"), [BUSY], "refused"),
        (_row(), [_call()], "placing"),
    ],
)
def test_what_is_true_is_no_breach(
    row: dict[str, Any], wire: list[dict[str, Any]], state: str
) -> None:
    assert _breaches([row], wire, state=state) == []


def test_a_click_that_never_began_is_no_breach() -> None:
    assert _breaches([], [], status=409, state="refused") == []


@pytest.mark.parametrize(
    ("rows", "wire", "state", "word"),
    [
        ([_row()], [_call(), _call()], "", "rang 2 times"),
        ([_row()], [_call(fault="drops", **SILENT), _call()], "", "asked for again"),
        ([_row()], [REFUSED, _call()], "", "asked for again"),
        ([_row()], [_call(device=SOMEBODY.device)], "", "dialled by"),
        ([_row()], [_call(user=SOMEBODY.user_id)], "", "dialled by"),
        ([_row()], [_call(line="9 ; Other")], "", "dialled by"),
        ([_row()], [_call(destination="+41449999999")], "", "nobody clicked it"),
        ([], [_call()], "", "sent without a row"),
        ([_row(), _row()], [_call()], "", "2 rows"),
        ([_row(user=SOMEBODY.user_id)], [_call()], "", "another person"),
        ([_row(device=SOMEBODY.device)], [_call()], "", "another person"),
        ([_row(outcome="sending")], [_call()], "", "never settled"),
        ([_row(outcome="placing")], [], "", "never settled"),
        ([_row()], [], "", "did not take it"),
        ([_row()], [REFUSED], "", "did not take it"),
        ([_row(outcome="refused", code=7)], [_call()], "", "the phone rang"),
        ([_row(outcome="not_sent")], [_call()], "", "the phone rang"),
        ([_row(outcome="refused", code=5)], [REFUSED], "", "no node said"),
        ([_row(outcome="not_sent")], [_call(fault="drops", **SILENT)], "", "may have acted"),
        ([_row(outcome="unknown")], [], "accepted", "the page said"),
        ([_row(outcome="unknown")], [_call()], "refused", "the page said"),
    ],
)
def test_a_breach_is_told(
    rows: list[dict[str, Any]], wire: list[dict[str, Any]], state: str, word: str
) -> None:
    assert any(word in breach for breach in _breaches(rows, wire, state=state))


def test_an_error_of_the_site_is_a_breach() -> None:
    assert _breaches([], [], status=500) == [f"{CLICK.number}: the site answered 500"]


def test_the_busiest_second_is_counted_at_each_cluster() -> None:
    times = (0.0, 0.4, 0.9, 1.2, 3.0)
    wire = [_call(at=at) for at in times] + [_call(cluster="elsewhere", at=0.5)]
    assert verdict.most_in_a_second(wire) == 3
