"""Figures on calls: counted by local days, beside their charts, as CSV, and naming nobody."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clicktodial.audit.models import Entry
from clicktodial.dialing import statistics
from clicktodial.dialing.models import Call, Cluster, Outcome
from clicktodial.dialing.statistics import Period
from directory.models import Department, Person

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:dialing_call_statistics")
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
ASKED = {"first": "2026-06-01", "last": "2026-06-30"}


def call(user: Any, *, at: str, outcome: Outcome = Outcome.ACCEPTED, **facts: Any) -> Call:
    """A settled call; `at` is local time in Zurich."""
    moment = timezone.make_aware(datetime.fromisoformat(at))
    made = Call.objects.create(
        click=uuid4(), user=user, mode="desk", number="+41 79 555 01 02", outcome=outcome,
        settle_by=moment, settled_at=moment, **facts,
    )  # fmt: skip
    Call.objects.filter(pk=made.pk).update(placed_at=moment)
    return made


@pytest.fixture
def people() -> list[Any]:
    """Six people of Sales, one of Legal, one of no department."""
    sales, legal = (Department.objects.create(name=name) for name in ("Sales", "Legal"))
    users = [get_user_model().objects.create_user(f"user{n}") for n in range(8)]
    for n, user in enumerate(users[:7]):
        department = sales if n < 6 else legal
        Person.objects.create(family_name=f"P{n}", account=user, department=department)
    return users


@pytest.fixture
def browser() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin"))
    return client


def test_calls_are_counted_by_local_days_and_only_within_the_period(people: list[Any]) -> None:
    call(people[0], at="2026-05-31T23:59:59")
    call(people[0], at="2026-06-01T00:00:00")
    call(people[0], at="2026-06-30T23:59:59")
    call(people[0], at="2026-07-01T00:00:00")
    found = statistics.of(JUNE)
    assert found.total == 2
    assert found.by_day[date(2026, 6, 1)]["accepted"] == 1
    assert found.by_day[date(2026, 6, 30)]["accepted"] == 1
    assert len(found.by_day) == 30


def test_a_day_of_25_hours_is_one_day(people: list[Any]) -> None:
    call(people[0], at="2026-10-25T00:30:00")
    call(people[0], at="2026-10-25T23:30:00")
    found = statistics.of(Period(date(2026, 10, 24), date(2026, 10, 26)))
    assert found.by_day[date(2026, 10, 25)].total() == 2


def test_outcomes_codes_and_clusters_add_up(people: list[Any]) -> None:
    west = Cluster.objects.create(name="West")
    call(people[0], at="2026-06-03T10:00", code=0, cluster=west)
    call(people[1], at="2026-06-03T11:00", outcome=Outcome.REFUSED, code=7, cluster=west)
    call(people[1], at="2026-06-04T11:00", outcome=Outcome.UNKNOWN)
    found = statistics.of(JUNE)
    assert {row.label: row.calls for row in found.cluster_rows} == {
        "West": 2,
        "none, or one that is gone": 1,
    }
    assert {row.label: row.calls for row in found.code_rows}["7: no route"] == 1
    assert sum(row.share for row in found.outcome_rows) == pytest.approx(1)


def test_a_department_of_few_callers_is_not_told_by_its_name(people: list[Any]) -> None:
    for user in people:
        call(user, at="2026-06-03T10:00")
    rows = statistics.of(JUNE).department_rows
    assert (rows[0].label, rows[0].calls, rows[0].callers) == ("Sales", 6, 6)
    assert (rows[1].calls, rows[1].callers) == (2, 2)
    assert "Legal" not in str(rows)


def test_the_page_shows_charts_with_tables_and_names_nobody(
    browser: Client, people: list[Any]
) -> None:
    for user in people:
        call(user, at="2026-06-03T10:00")
    text = browser.get(PAGE, ASKED).content.decode()
    assert text.count('role="img"') == 5
    assert "<strong>8</strong> calls" in text
    assert not re.search(r"user\d|555", text)
    assert "style=" not in text


def test_many_days_and_calls_take_the_same_few_queries(browser: Client, people: list[Any]) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            browser.get(PAGE, {"first": "2026-01-01", "last": "2026-12-31"})
        return len(seen)

    call(people[0], at="2026-06-03T10:00")
    few = queries()
    for n in range(60):
        call(people[n % 8], at=f"2026-{1 + n % 12:02}-03T10:00", code=n % 10)
    assert queries() == few < 12


def test_every_table_goes_as_csv_and_that_is_noted(browser: Client, people: list[Any]) -> None:
    call(people[0], at="2026-06-03T10:00", code=0)
    for table in ("days", "outcomes", "clusters", "codes", "departments"):
        answer = browser.post(PAGE, {"table": table}, query_params=ASKED)
        text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        rows = list(csv.reader(io.StringIO(text)))
        assert sum(int(row[1]) for row in rows[1:]) == 1
        assert f"calls-{table}-2026-06-01-2026-06-30.csv" in answer.headers["Content-Disposition"]
    assert Entry.objects.filter(action="exported").count() == 5


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("2026-07-01", "2026-06-01", "Swap them"),
        ("2020-01-01", "2026-06-01", "a year at most"),
        ("yesterday", "2026-06-01", "Enter a valid date"),
        ("", "", "required"),
        ("9999-12-31", "9999-12-31", "between 2000"),
        ("0001-01-01", "0001-01-02", "between 2000"),
    ],
)
def test_a_period_that_makes_no_sense_is_told(
    browser: Client, first: str, last: str, says: str
) -> None:
    answer = browser.get(PAGE, {"first": first, "last": last})
    assert answer.status_code == 200
    assert says in answer.content.decode()


def test_without_calls_the_page_says_so(browser: Client) -> None:
    assert "Nobody dialled in this period" in browser.get(PAGE).content.decode()


def test_the_last_thirty_days_are_shown_first(browser: Client, people: list[Any]) -> None:
    now = datetime.now(UTC)
    for days in (0, 29, 31):
        made = call(people[0], at="2026-06-03T10:00")
        Call.objects.filter(pk=made.pk).update(placed_at=now - timedelta(days))
    assert "<strong>2</strong> calls" in browser.get(PAGE).content.decode()


def test_the_help_desk_does_not_see_statistics(client: Client) -> None:
    helper = get_user_model().objects.create_user("helper", is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename="view_call"))
    client.force_login(helper)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE).status_code == 403
