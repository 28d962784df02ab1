"""Kinds of work that tests begin: one that counts, one that fails, one that breaks."""

from typing import Any

import pytest

from clicktodial.jobs import kinds
from clicktodial.jobs.kinds import Failed, Outcome, Progress


@pytest.fixture(autouse=True)
def works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", dict(vars(kinds)["_kinds"]))

    @kinds.kind("count", "Count to three")
    def count(*, progress: Progress, most: int = 3, **job: Any) -> Outcome:
        progress.begin("Counting", total=most)
        for _ in range(most):
            progress.step()
        return Outcome(f"Counted to {most}.", link="/there/", result={"most": most})

    @kinds.kind("refuse", "Refuse")
    def refuse(**job: Any) -> Outcome:
        raise Failed("The file is empty.")

    @kinds.kind("break", "Break")
    def fall(**job: Any) -> Outcome:
        raise RuntimeError("secret detail")
