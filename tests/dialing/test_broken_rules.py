"""A rule that came past the forms dials nothing, and is told to whoever can mend it."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from clicktodial.dialing import notices, plans
from clicktodial.dialing.checks import clusters_are_sound
from clicktodial.dialing.models import Call, Cluster, DialPlan, DialRule
from clicktodial.dialing.whereabouts import Place
from clicktodial.simulator import Simulator
from directory.models import Person
from tests.dialing import planning

BAR = {"X-Fragment": "callbar"}
GERMAN = {"name": "Trunk to Germany", "begins_with": "+49", "remove": 3, "prefix": "77"}
REFUSED = "The dial rules for this phone have a mistake. Nothing was dialled."


@pytest.fixture
def plan(clusters: dict[str, Cluster]) -> DialPlan:
    return planning.keep(clusters["west"], rules=[GERMAN], **planning.OUTSIDE)


def break_rule(**fields: Any) -> None:
    DialRule.objects.update(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"begins_with": "4x"},
        {"digits": 2},
        {"kinds": "moon"},
        {"pattern": "[9-0]"},
        {"countries": "Switzerland"},
        {"prefix": "<b>"},
        {"name": ""},
    ],
)
def test_nothing_is_dialled_by_a_broken_rule(
    ada: Any, plan: DialPlan, browser_of: Any, simulator: Simulator, fields: dict[str, Any]
) -> None:
    break_rule(**fields)
    browser = browser_of(ada)
    for number in ("+49 30 1234567", "4567"):
        bar = browser.post("/dial/", {"number": number, "click": uuid4()}, headers=BAR)
        assert bar.status_code == 409
        assert REFUSED in bar.content.decode()
    assert simulator.calls == ()
    assert not Call.objects.exists()


def test_every_page_that_shows_digits_survives(
    ada: Any, plan: DialPlan, browser_of: Any, clusters: dict[str, Cluster]
) -> None:
    break_rule(begins_with="4x")
    clusters["west"].offers_proxy_page = True
    clusters["west"].save()
    browser = browser_of(ada)
    page = browser.get("/dial/", {"number": "+49 30 1234567"})
    assert page.status_code == 409
    assert REFUSED in page.content.decode()
    device = browser.get("/dial/device/", {"number": "4567", "click": uuid4()})
    assert REFUSED in device.content.decode()
    assert browser.get("/dial/calls/").status_code == 200
    assert browser.get(reverse("dialing:proxy"), {"number": "4567"}).status_code == 200


def test_other_places_dial_as_before(plan: DialPlan, clusters: dict[str, Cluster]) -> None:
    planning.keep(clusters["west"], name="Bern", location="BRN")
    DialRule.objects.filter(plan=plan).update(kinds="moon")
    bern = plans.at(Cluster.objects.get(pk=clusters["west"].pk), Place("BRN"))
    assert bern.dial(bern.read("+49 30 1234567")).digits == "+49301234567"


def test_what_sql_has_written_is_refused_as_well(ada: Any, plan: DialPlan) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dialing_dialrule SET pattern = '((((' ")
        cursor.execute("UPDATE dialing_dialplan SET extension_lengths = 'many'")
    assert len(DialPlan.objects.get().flaws) == 2


def test_administrators_read_which_rule_it_is(plan: DialPlan, admin_client: Client) -> None:
    break_rule(begins_with="4x")
    named = "dial rule “Trunk to Germany”, number begins with: Only digits, * and #"
    found = [each for each in notices.current() if each.plan]
    assert named in found[0].says
    assert found[0].grave
    path = reverse("admin:dialing_dialplan_change", args=[plan.pk])
    front = admin_client.get(reverse("admin:index")).content.decode()
    assert f'href="{path}"' in front
    warnings = [w for w in clusters_are_sound(databases=["default"]) if w.id == "dialing.W015"]
    assert [named in str(warning.msg) for warning in warnings] == [True]


def test_the_administration_survives_and_mends_it(plan: DialPlan, admin_client: Client) -> None:
    Person.objects.create(given_name="Luz").numbers.create(written="+49 30 1234567")
    break_rule(begins_with="4x")
    path = reverse("admin:dialing_dialplan_change", args=[plan.pk])
    assert admin_client.get(path).status_code == 200
    tried = admin_client.get(
        reverse("admin:dialing_dialplan_try"), {"number": "4567", "cluster": plan.cluster_id}
    )
    assert "Trunk to Germany" in tried.content.decode()
    exported = admin_client.get(
        reverse("admin:dialing_dialplan_export", args=[plan.pk]), follow=True
    )
    assert "Trunk to Germany" in exported.content.decode()
    DialRule.objects.update(begins_with="+49")
    plan.refresh_from_db()
    mended = planning.form(plan)
    break_rule(begins_with="4x")
    shown = admin_client.post(path, mended | {"_preview": "Show what changes"})
    assert "not dialled: the rules have a mistake" in shown.content.decode()
    admin_client.post(path, mended)
    assert DialPlan.objects.get().flaws == ()


def test_a_sound_plan_has_no_flaws(plan: DialPlan) -> None:
    assert plan.flaws == ()
    assert not any(each.plan for each in notices.current())
