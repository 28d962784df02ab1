"""Each call that was asked for is noted once, with its outcome and without its number."""

from typing import Any
from uuid import uuid4

from clicktodial.audit.models import Entry
from clicktodial.dialing.models import Cluster
from clicktodial.simulator import Simulator


def dial(browser: Any, number: str = "+41 79 555 01 02", click: Any = None) -> Any:
    return browser.post("/dial/", {"number": number, "click": click or uuid4()})


def test_a_call_is_noted_with_outcome_cluster_and_node(ada: Any, browser_of: Any) -> None:
    browser = browser_of(ada)
    click = uuid4()
    dial(browser, click=click)
    dial(browser, click=click)
    entry = Entry.objects.get(action="dialled")
    assert entry.actor == ada
    assert entry.about_name == click.hex[:8].upper()
    assert entry.facts["outcome"] == "accepted"
    assert entry.facts["cluster"] == "west"
    assert "555" not in str(entry.facts) + entry.about_name


def test_a_call_that_was_refused_is_noted_with_its_code(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    simulator.fault("west-1", "code:1", operation="makeCallSoap")
    simulator.fault("west-2", "code:1", operation="makeCallSoap")
    dial(browser_of(ada))
    assert Entry.objects.get(action="dialled").facts["code"] == 1


def test_hanging_up_is_noted(ada: Any, browser_of: Any, clusters: dict[str, Cluster]) -> None:
    browser = browser_of(ada)
    click = uuid4()
    dial(browser, click=click)
    browser.post(f"/dial/calls/{click}/end/")
    assert Entry.objects.filter(action="hung_up", about_name=click.hex[:8].upper()).exists()
