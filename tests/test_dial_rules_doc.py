"""The page on dial rules says what is so: every table in it is tried with the plan above it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from clicktodial.dialing import exchange, plans
from clicktodial.dialing.models import Cluster
from clicktodial.dialing.whereabouts import Place
from clicktodial.dialplan.number import NotANumber

PAGE = (Path(__file__).parent.parent / "docs" / "dial-rules.md").read_text()
SWITZERLAND = Place(country="CH")
_BLOCK = re.compile(
    r"```json\n(?P<plan>.*?)```|^\| `(?P<written>[^`]+)` \| (?:`(?P<dialled>[^`]+)`|refused) \|",
    re.DOTALL | re.MULTILINE,
)


def examples() -> list[Any]:
    """Each row of the tables under "Written | Dialled as", with the plan that stands above it."""
    plan, found = None, []
    for block in _BLOCK.finditer(PAGE):
        if block["plan"]:
            plan = json.loads(block["plan"])
            continue
        name = f"{(plan or {}).get('name', 'none')}: {block['written']}"
        found.append(pytest.param(plan, block["written"], block["dialled"], id=name))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(("plan", "written", "dialled"), examples())
def test_the_example_is_so(plan: Any, written: str, dialled: str | None) -> None:
    cluster = Cluster.objects.create(name="Europe")
    if plan:
        exchange.keep(plan, cluster=cluster, location="")
        cluster.refresh_from_db()
    rules = plans.at(cluster, SWITZERLAND)
    if dialled is None:
        with pytest.raises(NotANumber):
            rules.read(written)
    else:
        assert rules.dial(rules.read(written)).digits == dialled


def test_every_table_and_every_plan_was_found() -> None:
    rows = PAGE.split("## Which plan is whose")[0].count("\n| `")
    fields = len(re.findall(r"^\| `[^|]*\| [^|`]+ \|$", PAGE, re.MULTILINE))
    assert len(examples()) == rows - fields
    assert PAGE.count("```json") == len(re.findall(r"```json\n\s*{", PAGE)) >= 6


@pytest.mark.django_db
def test_every_plan_of_the_page_leaves_as_it_came() -> None:
    for number, text in enumerate(re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)):
        cluster = Cluster.objects.create(name=f"Cluster {number}")
        data = json.loads(text)
        kept = exchange.write(exchange.keep(data, cluster=cluster, location=""))
        assert kept == {"extension_lengths": "2-5"} | data
