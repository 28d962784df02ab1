from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from directory.models import Department, Location, Person
from tests.directory.conftest import Company


@pytest.fixture
def anna(company: Company) -> Person:
    boss = company.add("Ruth", "Sutter", title="Chief")
    anna = company.add(
        "Anna", "Frei", ("work", "+41 44 668 18 00 ext. 12"), ("fax", "+41 44 668 18 99"),
        title="Treasurer", department=company.treasury, location=company.singapore, room="3.14",
        manager=boss, email="anna.frei@example.com", pronunciation="AH-na fry",
        languages="German, Malay", about="First line\nSecond line",
    )  # fmt: skip
    company.add("Jun", "Mori", manager=anna)
    company.add("Left", "Long-Ago", manager=anna, is_active=False)
    return anna


@time_machine.travel("2026-11-23 08:40:00 +0000", tick=False)
def test_a_person_is_shown_with_everything_known(page: Client, anna: Person) -> None:
    answer = page.get(f"/people/{anna.pk}/")
    for text in (
        "<h1>Anna Frei</h1>", "said: AH-na fry", "Treasurer", "16:40 in Singapore", "room 3.14",
        "mailto:anna.frei@example.com", "German, Malay", "First line<br>Second line",
        "Ruth Sutter", "Jun Mori", "+41 44 668 18 00 ext. 12", 'data-copy="+41446681800"',
        "+41 44 668 18 99",
    ):  # fmt: skip
        assertContains(answer, text)
    assertContains(answer, "/dial/?number=", count=1)
    assertNotContains(answer, "Long-Ago")


def test_a_bare_entry_is_shown(page: Client, company: Company) -> None:
    room = company.add("", "Boardroom", kind="room")
    answer = page.get(f"/people/{room.pk}/")
    assertContains(answer, "<h1>Boardroom</h1>")
    assertContains(answer, "No number is shown here.")


def test_a_department_shows_its_place_in_the_tree_and_all_its_people(
    page: Client, company: Company, anna: Person
) -> None:
    company.finance.head = anna
    company.finance.save()
    company.add("Cy", "Direct", department=company.finance)
    Department.objects.create(name="Cash", parent=company.treasury)
    answer = page.get(f"/departments/{company.finance.pk}/")
    for text in ("<h1>Finance</h1>", "Treasury", "Cash", "Anna Frei", "Cy Direct", "2 entries"):
        assertContains(answer, text)
    assertContains(page.get(f"/departments/{company.treasury.pk}/"), "Finance</a>")


def test_the_tree_counts_everybody_below(page: Client, company: Company, anna: Person) -> None:
    [finance] = [each for each in page.get("/departments/").context["branches"] if each.children]
    assert (finance.count, finance.children[0].count) == (1, 1)


@time_machine.travel("2026-11-23 08:40:00 +0000", tick=False)
def test_a_location_shows_its_address_time_and_people(
    page: Client, company: Company, anna: Person
) -> None:
    company.singapore.street = "1 Raffles Place"
    company.singapore.save()
    answer = page.get(f"/locations/{company.singapore.pk}/")
    for text in ("<h1>Marina Bay</h1>", "1 Raffles Place", "16:40 in Singapore", "Anna Frei"):
        assertContains(answer, text)
    assertContains(page.get("/locations/"), "16:40")


def test_working_days_are_those_of_the_place_where_somebody_says_none(
    page: Client, company: Company, anna: Person
) -> None:
    usual = 'Mon–Fri <span class="muted">as usual in Marina Bay</span>'
    assertContains(page.get(f"/people/{anna.pk}/"), usual)
    Location.objects.filter(pk=company.singapore.pk).update(working_days="12347")
    assertContains(page.get(f"/people/{anna.pk}/"), "Mon–Thu, Sun <span")
    assertContains(page.get(f"/locations/{company.singapore.pk}/"), "Working days: Mon–Thu, Sun")
    Person.objects.filter(pk=anna.pk).update(working_hours="Tue-Wed")
    own = page.get(f"/people/{anna.pk}/")
    assertContains(own, "Tue–Wed")
    assertNotContains(own, "as usual in")
    Location.objects.filter(pk=company.singapore.pk).update(working_days="", country="")
    assertNotContains(page.get(f"/locations/{company.singapore.pk}/"), "Working days")


def test_members_are_paged(page: Client, company: Company) -> None:
    for number in range(25):
        company.add("Anna", f"Frei{number:02}", department=company.it, location=company.zurich)
    for path in (f"/departments/{company.it.pk}/", f"/locations/{company.zurich.pk}/"):
        first = page.get(path)
        second = page.get(first.context["next_page"])
        assert [len(each.context["people"]) for each in (first, second)] == [20, 5]
        assert not second.context["next_page"]
        assertContains(second, f'href="{path}"')


def test_a_time_zone_no_system_knows_shows_no_time(page: Client, company: Company) -> None:
    Location.objects.filter(pk=company.zurich.pk).update(time_zone="Mars/Olympus")
    assertContains(page.get(f"/locations/{company.zurich.pk}/"), "Zürich HQ")
    assertContains(page.get("/locations/"), "Zürich HQ")


def test_nothing_in_the_data_becomes_markup(page: Client, company: Company, user: Any) -> None:
    canary = "<script>alert(1)</script>\"'{{ 7 }}&"
    place = Location.objects.create(name=canary, city=canary, street=canary, time_zone="UTC")
    department = Department.objects.create(name=canary, code="<b>", parent=company.it)
    nasty = company.add(
        canary, canary, ("work", "+41 44 668 18 00"), title=canary, department=department,
        location=place, room=canary, pronunciation=canary, languages=canary, about=canary,
        email='"<script>"@example.com',
    )  # fmt: skip
    department.head = nasty
    department.save()
    company.add("Jun", "Mori", manager=nasty)
    page.post(f"/people/{nasty.pk}/favourite/", {"keep": "yes"})
    for path in (
        "/", "/?q=script", "/?q=%22%3E%3Cscript%3E", f"/people/{nasty.pk}/", "/favourites/",
        "/departments/", f"/departments/{department.pk}/", "/locations/", f"/locations/{place.pk}/",
    ):  # fmt: skip
        answer = page.get(path)
        assert answer.status_code == 200, path
        text = answer.content.decode()
        assert "<script>" not in text, path
        assert "alert(1)</script" not in text, path
        assert "<b>" not in text, path


def test_every_page_keeps_the_strict_policy(page: Client, anna: Person) -> None:
    for path in ("/", "/?q=anna", f"/people/{anna.pk}/", "/favourites/", "/departments/"):
        answer = page.get(path)
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        text = answer.content.decode()
        assert " style=" not in text
        assert " onclick=" not in text
        assert "<script>" not in text


def test_anna_costs_no_more_queries_with_more_reports(
    page: Client, company: Company, anna: Person, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        company.add("R", f"Report{number}", ("work", "1234"), manager=anna)
    with django_assert_max_num_queries(20):
        page.get(f"/people/{anna.pk}/")
