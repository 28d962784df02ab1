"""Whoever stands in for somebody, helps them, leads them or reports to them is on their page."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from directory import views
from directory.models import Person
from tests.directory.conftest import Company


@pytest.fixture
def anna(company: Company) -> Person:
    deputy = company.add("Dora", "Deputy", ("work", "+41 44 668 18 01"))
    anna = company.add("Anna", "Frei", deputy=deputy)
    anna.assistants.set(
        [
            company.add("Ada", "Assistant", ("work", "+41 44 668 18 02")),
            company.add("Gone", "Helper", ("work", "+41 44 668 18 03"), is_active=False),
        ]
    )
    return anna


def test_deputy_and_assistants_can_be_called_from_the_page(page: Client, anna: Person) -> None:
    answer = page.get(f"/people/{anna.pk}/")
    assertContains(answer, "<h2>Deputy</h2>")
    assertContains(answer, "<h2>Assistant</h2>")
    assertContains(answer, "Call Dora Deputy, plus 4 1, 4 4, 6 6 8, 1 8, 0 1")
    assertContains(answer, "Call Ada Assistant, plus 4 1, 4 4, 6 6 8, 1 8, 0 2")
    assertNotContains(answer, "Gone Helper")


@pytest.mark.parametrize("name", ["Deputy", "Assistant"])
def test_their_own_page_says_whom_they_help(page: Client, anna: Person, name: str) -> None:
    answer = page.get(f"/people/{Person.objects.get(family_name=name).pk}/")
    assertContains(answer, "Assists and stands in for")
    assertContains(answer, "Anna Frei", count=1)


def test_a_deputy_who_left_stands_in_for_nobody(page: Client, anna: Person) -> None:
    Person.objects.filter(family_name="Deputy").update(is_active=False)
    assertNotContains(page.get(f"/people/{anna.pk}/"), "Deputy")


def test_numbers_of_deputies_are_shown_by_the_same_rule(page: Client, anna: Person) -> None:
    anna.deputy.numbers.update(visibility="nobody")  # type: ignore[union-attr]
    answer = page.get(f"/people/{anna.pk}/")
    assertContains(answer, "Dora Deputy")
    assertNotContains(answer, "668 18 01")


def test_more_reports_than_a_page_holds_are_in_the_org_chart(
    page: Client, company: Company, anna: Person, monkeypatch: Any
) -> None:
    monkeypatch.setattr(views, "MOST_REPORTS", 2)
    for number in range(2):
        company.add("R", f"Report{number}", manager=anna)
    assertNotContains(page.get(f"/people/{anna.pk}/"), "All reports in the org chart")
    company.add("R", "Report9", manager=anna)
    answer = page.get(f"/people/{anna.pk}/")
    assertContains(answer, f'<a href="/people/{anna.pk}/org/">All reports in the org chart</a>')
    assertNotContains(answer, "Report9")
