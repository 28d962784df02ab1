"""A plan leaves as plain data and comes back the same; faults are named by place."""

import json

import pytest
from hypothesis import given

from clicktodial.dialplan import exchange
from clicktodial.dialplan.number import Kind
from clicktodial.dialplan.rules import Plan, Plus, Range, Rule
from tests.dialplan.test_rules import PLANS

EXAMPLE = Plan(
    "Zurich",
    ranges=(Range("House", "+41445550000", "+41445559999", keep=4),),
    rules=(
        Rule("Home", begins_with="+41", digits=12, remove=3, prefix="00", countries=("CH",)),
        Rule("Expert", pattern=r"\+49.X!", kinds=(Kind.E164,)),
    ),
    plus=Plus.REPLACE,
    outside_prefix="0",
)


@given(PLANS)
def test_a_plan_comes_back_the_same(plan):
    assert exchange.read(json.loads(json.dumps(exchange.write(plan)))) == plan


def test_the_data_reads_as_the_administrator_speaks():
    data = exchange.write(EXAMPLE)
    assert data["rules"][0] == {
        "name": "Home",
        "begins_with": "+41",
        "digits": 12,
        "remove": 3,
        "prefix": "00",
        "countries": ["CH"],
    }
    assert data["plus"] == "replace"


def faults(**members):
    with pytest.raises(exchange.NotAPlan) as refused:
        exchange.read({"format": exchange.FORMAT, **members})
    assert all(str(fault) in str(refused.value) for fault in refused.value.faults)
    return {fault.place for fault in refused.value.faults}


@pytest.mark.parametrize(
    ("members", "places"),
    [
        ({"rules": {}}, {"rules"}),
        ({"rules": [1]}, {"rules[0]"}),
        ({"rules": [{}]}, {"rules[0].name"}),
        ({"rules": [{"name": "a"}, {"name": "b", "remove": -1}]}, {"rules[1].remove"}),
        ({"rules": [{"name": "a", "remove": True}]}, {"rules[0].remove"}),
        ({"rules": [{"name": "a", "remove": "1"}]}, {"rules[0].remove"}),
        ({"rules": [{"name": "a", "color": "red"}]}, {"rules[0].color"}),
        ({"rules": [{"name": "a", "kinds": ["fax"]}]}, {"rules[0].kinds"}),
        ({"rules": [{"name": "a", "kinds": "e164"}]}, {"rules[0].kinds"}),
        ({"rules": [{"name": "a", "pattern": "(1+)+"}]}, {"rules[0].pattern"}),
        ({"rules": [{"name": "a" * 201}]}, {"rules[0].name"}),
        ({"rules": [{"name": "a"}] * 1001}, {"rules"}),
        ({"ranges": [{"name": "a", "first": "1"}]}, {"ranges[0].last", "ranges[0].keep"}),
        ({"plus": "maybe"}, {"plus"}),
        ({"plus": {}}, {"plus"}),
        ({"outside_prefix": "0"}, {"outside_prefix"}),
        (
            {"rules": [{"name": "", "x": 1}, {"name": ""}], "plus": 1},
            {"rules[0].x", "rules[1].name", "plus"},
        ),
    ],
)
def test_every_fault_is_named_by_its_place(members, places):
    assert faults(**members) == places


@pytest.mark.parametrize("data", [None, [], "plan", 1])
def test_what_is_no_object_is_no_plan(data):
    with pytest.raises(exchange.NotAPlan):
        exchange.read(data)


def test_another_format_is_refused():
    with pytest.raises(exchange.NotAPlan, match="format"):
        exchange.read({"format": "clicktodial dial plan 99"})
