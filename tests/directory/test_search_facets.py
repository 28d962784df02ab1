"""An answer is narrowed by department, location and kind, each with how many it leaves."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.asserts import assertContains

from directory import search
from directory.models import Department, Location
from directory.visibility import viewer_of
from tests.directory.conftest import Company


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def annas(company: Company) -> None:
    company.add("Anna", "A", department=company.finance, location=company.zurich)
    company.add("Anna", "B", department=company.treasury, location=company.zurich)
    company.add("Anna", "C", department=company.it, location=company.singapore)
    company.add("", "Anna hall", kind="room", location=company.zurich)
    company.add("Bo", "Li", department=company.it)


def facets(page: Client, **query: Any) -> dict[str, tuple[int, str]]:
    """Label -> how many, and the address."""
    answer = page.get("/", query, headers={"X-Fragment": "facets"})
    assert "<html" not in answer.content.decode()
    return {each.label: (each.total, address) for each, address in answer.context["facets"]}


def test_each_filter_says_how_many_it_leaves(page: Client, annas: None, company: Company) -> None:
    found = facets(page, q="anna")
    assert {label: total for label, (total, _address) in found.items()} == {
        "Finance": 2,
        "Treasury": 1,
        "Information Technology": 1,
        "Zürich HQ": 3,
        "Marina Bay": 1,
        "Person": 3,
        "Room": 1,
    }


def test_what_a_filter_promises_is_what_it_shows(page: Client, annas: None, user: Any) -> None:
    for total, address in facets(page, q="anna").values():
        assert page.get(address).context["found"].total == total


def test_a_set_filter_stands_first_and_its_address_takes_it_off(
    page: Client, annas: None, company: Company
) -> None:
    found = facets(page, q="anna", location=company.zurich.pk)
    assert next(iter(found)) == "Zürich HQ"
    assert found["Zürich HQ"][1] == "/?q=anna"
    assert found["Finance"][0] == 2
    assert "Marina Bay" not in found
    answer = page.get("/", {"q": "anna", "location": company.zurich.pk},
                      headers={"X-Fragment": "facets"})  # fmt: skip
    assertContains(answer, 'aria-current="true"', count=1)


def test_nobody_found_is_narrowed_by_nothing(page: Client, annas: None) -> None:
    assert facets(page, q="zork") == {}


def test_many_places_cost_ten_finds_at_most(
    page: Client, company: Company, monkeypatch: Any
) -> None:
    for number in range(20):
        department = Department.objects.create(name=f"D{number}")
        location = Location.objects.create(name=f"L{number}")
        kind = ["person", "service", "room"][number % 3]
        company.add("Anna", f"F{number}", department=department, location=location, kind=kind)
    finds: list[str] = []
    find = search.find

    def counted(text: str, **narrowed: Any) -> Any:
        finds.append(text)
        return find(text, **narrowed)

    monkeypatch.setattr(search, "find", counted)
    assert len(facets(page, q="anna")) == 9
    assert len(finds) == 10


def test_counts_end_where_the_search_ends_counting(
    page: Client, company: Company, user: Any
) -> None:
    for number in range(205):
        company.add("Anna", f"F{number}", department=company.it)
    answer = page.get("/", {"q": "anna"}, headers={"X-Fragment": "facets"})
    assertContains(answer, "100+")
    found = search.find("anna", viewer=viewer_of(user), department=company.it)
    assert found.is_more_than_total


def test_the_fields_to_narrow_by_come_when_they_are_wanted(page: Client, annas: None) -> None:
    """They are a third of the page; without a script the button beside them brings them."""
    offer = '<select name="department"'
    assert offer not in page.get("/", {"q": "anna"}).content.decode()
    for wanted in ({"filters": "shown"}, {"kind": "room"}):
        assertContains(page.get("/", {"q": "anna", **wanted}), offer)
    part = page.get("/", {"q": "anna"}, headers={"X-Fragment": "filters"})
    assertContains(part, offer)
    assert "<html" not in part.content.decode()
