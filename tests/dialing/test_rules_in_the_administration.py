"""Administrators keep plans, try numbers, see what a change would change, and exchange files."""

import json
from typing import Any

import django
import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clicktodial.dialing.models import Cluster, DialPlan, DialRule, ProtectedNumber
from clicktodial.dialplan.exchange import FORMAT
from directory.models import Location, Person
from tests.dialing import planning

TRY, IMPORT = reverse("admin:dialing_dialplan_try"), reverse("admin:dialing_dialplan_import")


@pytest.fixture
def cluster(db: None) -> Cluster:
    return Cluster.objects.create(name="Europe")


@pytest.fixture
def plan(cluster: Cluster) -> DialPlan:
    own = {"first": "+41446681000", "last": "+41446681999", "keep": 4}
    rule = {"name": "Germany", "begins_with": "+49", "remove": 1, "prefix": "000"}
    return planning.keep(cluster, rules=[rule], ranges=[own], **planning.OUTSIDE)


def change(client: Client, plan: DialPlan, **posted: Any) -> Any:
    return client.post(reverse("admin:dialing_dialplan_change", args=[plan.pk]), posted)


def people(*numbers: str) -> None:
    for place, number in enumerate(numbers):
        Person.objects.create(given_name=f"P{place}").numbers.create(written=number)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ({"begins_with": "044x"}, "Only digits, * and #, and + in front."),
        ({"remove": "12", "digits": "12"}, "Must be 0 to 11: one digit must stay."),
        ({"prefix": "9", "begins_with": "+41"}, "Remove the + first"),
        ({"pattern": "(1+)+"}, "pattern"),
        ({"countries": "Switzerland"}, "Two capital letters each, such as CH."),
        ({"digits": "900"}, "100"),
        ({"name": "Germany"}, "duplicate" if django.VERSION < (6,) else "already exists"),
    ],
)
def test_a_rule_that_cannot_work_is_told_at_its_field(
    plan: DialPlan, admin_client: Client, rule: dict[str, str], sentence: str
) -> None:
    page = change(admin_client, plan, **planning.form(plan, new_rules=[rule]))
    assert page.status_code == 200
    errors = [
        str(form.errors) + str(inline.formset.non_form_errors())
        for inline in page.context["inline_admin_formsets"]
        for form in inline.formset.forms
    ]
    assert any(sentence in error for error in errors)
    assert DialRule.objects.count() == 1


def test_an_outside_prefix_where_plus_is_kept_is_told(plan: DialPlan, admin_client: Client) -> None:
    page = change(admin_client, plan, **planning.form(plan, plus="keep"))
    assert "Where + is kept" in str(page.context["adminform"].form.errors["outside_prefix"])


def test_a_sound_plan_is_saved(plan: DialPlan, admin_client: Client) -> None:
    new = {"name": "Paris", "begins_with": "+33", "asks_cmc": "on", "kinds": "e164"}
    assert change(admin_client, plan, **planning.form(plan, new_rules=[new])).status_code == 302
    assert [rule.name for rule in plan.rules.all()] == ["Germany", "Paris"]
    assert plan.rules.get(name="Paris").asks_cmc


def test_the_tester_tells_every_step_and_what_would_be_dialled(
    plan: DialPlan, admin_client: Client
) -> None:
    asked = {"number": "+49 30 1234567", "cluster": plan.cluster_id, "location": ""}
    page = admin_client.get(TRY, asked).content.decode()
    assert "00049 30 1234567" in page
    assert "Germany" in page
    assert "its first digit is removed and 000 goes in front" in page


def test_the_tester_tells_codes_care_time_and_doubts(plan: DialPlan, admin_client: Client) -> None:
    ProtectedNumber.objects.create(cluster=plan.cluster, begins_with="+41900", asks_fac=True)
    asked = {"number": "0900 123 456", "cluster": plan.cluster_id, "location": ""}
    page = admin_client.get(TRY, asked).content.decode()
    assert "asks for FAC" in page
    assert "costs extra" in page
    assert "in Zurich" in page


def test_the_tester_reads_by_the_location(plan: DialPlan, admin_client: Client) -> None:
    Location.objects.create(name="London", code="LON", country="GB")
    asked = {"number": "020 7946 0123", "cluster": plan.cluster_id, "location": "LON"}
    assert "+44 20 7946 0123" in admin_client.get(TRY, asked).content.decode()


def test_the_tester_says_why_a_text_is_no_number(plan: DialPlan, admin_client: Client) -> None:
    asked = {"number": "sip:a@b.example", "cluster": plan.cluster_id, "location": ""}
    assert 'class="errorlist"' in admin_client.get(TRY, asked).content.decode()


def test_what_changes_is_shown_over_all_numbers_and_nothing_is_saved(
    plan: DialPlan, admin_client: Client
) -> None:
    people("+49 30 1234567", "+41 44 668 18 00", "+33 1 99 00 30 00", "4567")
    stamp = Cluster.objects.get().plans_stamp
    new = {"name": "Paris", "begins_with": "+33", "remove": "1", "prefix": "900"}
    form = planning.form(plan, new_rules=[new], **{"rules-0-prefix": "0009", "_preview": "1"})
    page = change(admin_client, plan, **form)
    found = page.context["rehearsal"]
    changes = [(each.before.string.digits, each.after.string.digits) for each in found.differences]
    assert changes == [("00049301234567", "000949301234567"), ("00033199003000", "90033199003000")]
    assert (found.tried, found.changed, found.unread) == (4, 2, 0)
    shown = page.content.decode()
    assert "2 of 4 numbers of the directory would be dialled in another way." in shown
    assert "Nothing is saved yet." in shown
    assert 'value="0009"' in shown
    assert DialRule.objects.get().prefix == "000"
    assert Cluster.objects.get().plans_stamp == stamp
    assert not LogEntry.objects.exists()


def test_a_rule_to_be_deleted_is_left_out_of_what_changes(
    plan: DialPlan, admin_client: Client
) -> None:
    people("+49 30 1234567")
    plan.rules.update(prefix="0009")
    DialRule.objects.get().save()
    form = planning.form(plan, **{"rules-0-DELETE": "on", "_preview": "1"})
    (each,) = change(admin_client, plan, **form).context["rehearsal"].differences
    assert (each.before.rule, each.after.rule) == ("Germany", "")
    assert each.after.string.digits == "00049301234567"


def test_codes_that_would_be_asked_for_are_a_change(plan: DialPlan, admin_client: Client) -> None:
    people("+49 30 1234567")
    form = planning.form(plan, **{"rules-0-asks_fac": "on", "_preview": "1"})
    page = change(admin_client, plan, **form)
    assert page.context["rehearsal"].changed == 1
    assert "asks for FAC" in page.content.decode()


def test_a_new_plan_is_shown_against_what_holds_now(cluster: Cluster, admin_client: Client) -> None:
    people("+49 30 1234567")
    form = planning.form(DialPlan(name="New", cluster=cluster, **planning.OUTSIDE))
    page = admin_client.post(reverse("admin:dialing_dialplan_add"), form | {"_preview": "1"})
    (each,) = page.context["rehearsal"].differences
    assert (each.before.string.digits, each.after.string.digits) == (
        "+49301234567",
        "00049301234567",
    )
    assert not DialPlan.objects.exists()


def test_a_faulty_plan_shows_its_faults_instead_of_changes(
    plan: DialPlan, admin_client: Client
) -> None:
    form = planning.form(plan, new_rules=[{"begins_with": "x"}], _preview="1")
    page = change(admin_client, plan, **form)
    assert "rehearsal" not in page.context
    assert "Only digits, * and #" in page.content.decode()


def test_a_plan_leaves_as_a_file_and_comes_back_the_same(
    plan: DialPlan, admin_client: Client
) -> None:
    plan.rules.update(asks_fac=True, countries="DE, AT", kinds="e164,digits")
    first = admin_client.get(reverse("admin:dialing_dialplan_export", args=[plan.pk]))
    assert "attachment" in first.headers["Content-Disposition"]
    plan.delete()
    assert send(admin_client, plan.cluster, first.content).status_code == 302
    again = DialPlan.objects.get()
    second = admin_client.get(reverse("admin:dialing_dialplan_export", args=[again.pk]))
    assert json.loads(second.content) == json.loads(first.content)
    assert json.loads(first.content)["rules"][0]["asks"] == ["fac"]


def send(client: Client, cluster: Cluster, content: bytes, **fields: Any) -> Any:
    upload = SimpleUploadedFile("plan.json", content)
    return client.post(IMPORT, {"cluster": cluster.pk, "location": "", "file": upload, **fields})


def test_a_kept_plan_is_replaced_only_when_that_is_said(
    plan: DialPlan, admin_client: Client
) -> None:
    content = json.dumps({"format": FORMAT, "name": "Other"}).encode()
    page = send(admin_client, plan.cluster, content)
    assert page.status_code == 422
    assert "There is a plan already." in page.content.decode()
    assert send(admin_client, plan.cluster, content, replace="on").status_code == 302
    assert DialPlan.objects.get().name == "Other"
    assert not DialRule.objects.exists()


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"\xff\xfe", "file: Must be UTF-8 text."),
        (b"{", "line 1, column 2: Is no JSON"),
        (b"[" * 100_000, "file: Has too many brackets"),
        (b"[]", "plan: Must be an object"),
        ({}, "format: Must be"),
        ({"rules": [{"name": "a", "remove": -1}]}, "rules[0].remove: Must be 0 to"),
        ({"rules": [{"name": "a"}, {"name": "a"}]}, "rules[1].name: Another rule has this name."),
        ({"rules": [{"name": "a", "asks": ["pin"]}]}, "rules[0].asks: Must be a list of fac"),
        ({"rules": [{"name": "a" * 100}]}, "rules[0].name: Ensure this value has at most 80"),
        ({"outside_prefix": "9" * 11, "plus": "replace"}, "outside_prefix: Ensure this value"),
        ({"extension_lengths": "many"}, "extension_lengths: Write lengths from 1 to 10"),
        ({"color": "red"}, "color: Nothing here has this name."),
    ],
)
def test_a_faulty_file_changes_nothing_and_is_told_by_place(
    cluster: Cluster, admin_client: Client, content: Any, place: str
) -> None:
    if isinstance(content, dict):
        content = json.dumps(({"format": FORMAT} if content else {}) | content).encode()
    page = send(admin_client, cluster, content)
    assert page.status_code == 422
    assert place in page.content.decode().replace("&quot;", '"')
    assert not DialPlan.objects.exists()


@pytest.mark.parametrize("url", [TRY, IMPORT])
def test_these_pages_are_for_those_who_may(db: None, client: Client, url: str) -> None:
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.create_user("eva", is_staff=True)
    client.force_login(user)
    assert client.get(url).status_code == 403
