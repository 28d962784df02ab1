from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from directory.models import Favourite, Person
from tests.directory.conftest import Company


def test_without_a_sign_in_there_is_no_directory(client: Client, company: Company) -> None:
    anna = company.add("Anna", "Frei")
    for path in (
        "/", "/?q=anna", f"/people/{anna.pk}/", f"/people/{anna.pk}/photo/", "/favourites/",
        "/departments/", f"/departments/{company.it.pk}/", "/locations/",
        f"/locations/{company.zurich.pk}/",
    ):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")


def test_a_search_shows_names_numbers_and_the_count(page: Client, company: Company) -> None:
    company.add(
        "Anna", "Frei", ("work", "+41 44 668 18 00"), ("fax", "+41 44 668 18 99"),
        title="Treasurer", department=company.treasury, location=company.zurich,
    )  # fmt: skip
    company.add("Bo", "Li")
    answer = page.get("/", {"q": "anna"})
    assertContains(answer, "Anna Frei")
    assertContains(answer, "1 entry")
    assertContains(answer, "Treasury · Zürich HQ")
    assertContains(answer, "/dial/?number=%2B41446681800")
    assertContains(answer, "+41 44 668 18 99")
    assertNotContains(answer, "number=%2B41446681899")
    assertNotContains(answer, "Bo Li")


def test_the_fragment_holds_the_results_only_and_caches_know_it(
    page: Client, company: Company
) -> None:
    company.add("Anna", "Frei")
    answer = page.get("/", {"q": "anna"}, headers={"X-Fragment": "results"})
    assertContains(answer, "Anna Frei")
    assertNotContains(answer, "<html")
    assert "X-Fragment" in answer["Vary"]
    assert "private" in answer["Cache-Control"]
    assert "X-Fragment" in page.get("/", {"q": "anna"})["Vary"]


def test_pages_follow_each_other_without_gap_or_repetition(page: Client, company: Company) -> None:
    for number in range(45):
        company.add("Anna", f"Frei{number:02}")
    company.add("Anna", "Frei07")  # a namesake
    seen: list[str] = []
    address = "/?q=anna+frei"
    while address:
        answer = page.get(address)
        seen += [row.name for row in answer.context["people"]]
        assertContains(answer, "46 entries")
        address = answer.context["next_page"]
    assert len(seen) == 46
    assert seen == sorted(seen)


def test_narrowing_is_a_part_of_the_address(page: Client, company: Company) -> None:
    company.add("Anna", "Frei", department=company.treasury)
    company.add("Anna", "Gross", department=company.it)
    company.add("Anna", "", kind=Person.Kind.ROOM, department=company.finance)
    answer = page.get("/", {"q": "anna", "department": company.finance.pk, "kind": "person"})
    assertContains(answer, "Anna Frei")
    assertNotContains(answer, "Anna Gross")
    assertContains(answer, "1 entry")
    assertContains(answer, f'value="{company.finance.pk}" selected')


def test_nobody_found_says_what_was_tried_and_offers_to_look_everywhere(
    page: Client, company: Company
) -> None:
    answer = page.get("/", {"q": "zork 4711", "kind": "room"})
    assertContains(answer, "Nobody found for “zork 4711”")
    assertContains(answer, "“zork”, “4711”")
    assertContains(answer, "Numbers that begin or end with 4711.")
    assertContains(answer, 'href="/?q=zork%204711"')


def test_the_start_shows_favourites_and_the_own_department(
    page: Client, company: Company, user: Any
) -> None:
    company.add("Eva", "Own", account=user, department=company.it)
    company.add("Ivo", "Colleague", department=company.it)
    Favourite.objects.create(user=user, person=company.add("Bo", "Li"))
    company.add("Zoe", "Stranger", department=company.finance)
    answer = page.get("/")
    for name in ("Bo Li", "Ivo Colleague"):
        assertContains(answer, name)
    assertNotContains(answer, "Zoe Stranger")


def test_favourites_then_the_own_department_then_the_own_place_come_first(
    page: Client, company: Company, user: Any
) -> None:
    company.add("Eva", "Zz", account=user, department=company.it, location=company.zurich)
    company.add("Anna", "Aa")
    company.add("Anna", "Bb", location=company.zurich)
    company.add("Anna", "Cc", department=company.it)
    Favourite.objects.create(user=user, person=company.add("Anna", "Dd"))
    people = page.get("/", {"q": "anna"}).context["people"]
    assert [row.name for row in people] == ["Anna Dd", "Anna Cc", "Anna Bb", "Anna Aa"]


@pytest.mark.parametrize("headers", [{}, {"X-Fragment": "results"}])
def test_more_people_cost_no_more_queries(
    page: Client, company: Company, user: Any, headers: dict[str, str]
) -> None:
    company.add("Eva", "Own", account=user, department=company.it)
    asked = {"q": "anna fin 12", "department": company.finance.pk}

    def queries(*, people: int) -> int:
        for number in range(people):
            company.add(
                "Anna", f"Finance{number}", ("work", f"+41 44 668 18 {number:02}"),
                ("extension", "1234"), department=company.finance, location=company.zurich,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as captured:
            answer = page.get("/", asked, headers=headers)
        assert len(answer.context["people"]) == min(20, Person.objects.count() - 1)
        return len(captured)

    queries(people=1)  # departments and locations are remembered from here on
    few = queries(people=2)
    many = queries(people=30)
    assert many == few <= 17
