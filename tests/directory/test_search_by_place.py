from collections.abc import Callable

import pytest

from directory.models import Department, Person
from tests.directory.conftest import Company

Found = Callable[..., list[str]]


@pytest.fixture
def anna(company: Company) -> Person:
    company.add("Bo", "Li", department=company.it, location=company.singapore)
    return company.add(
        "Anna", "Frei", department=company.treasury, location=company.zurich,
        title="Head of Cash Management", room="B 3.14", email="afrei.x@example.com",
        cucm_user_id="u12345",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "treasury", "treas anna", "cash", "head cash", "zürich", "zuerich", "zurich", "HQ",
        "anna zur", "3.14", "B 3.14", "b3", "b314", "afrei.x@example.com", "afrei", "u12345",
        "U123", "frei treasury head", "finance",
    ],
)  # fmt: skip
def test_a_person_is_found_by_everything_about_them(anna: Person, found: Found, text: str) -> None:
    assert found(text) == ["Anna Frei"]


def test_a_department_counts_with_all_below_it(
    anna: Person, company: Company, found: Found
) -> None:
    assert found("", department=company.finance) == ["Anna Frei"]
    assert found("bo", department=company.finance) == []


def test_location_and_kind_narrow(anna: Person, company: Company, found: Found) -> None:
    company.add("", "Reception", kind="service", location=company.zurich)
    assert found("", location=company.zurich) == ["Anna Frei", "Reception"]
    assert found("", location=company.zurich, kind=Person.Kind.SERVICE) == ["Reception"]


def test_a_renamed_department_is_found_by_its_new_name(
    anna: Person, company: Company, found: Found
) -> None:
    company.treasury.name = "Liquidity"
    company.treasury.save()
    assert found("liquid") == ["Anna Frei"]
    assert found("treasury") == []


def test_departments_in_a_circle_do_not_hang_the_search(
    anna: Person, company: Company, found: Found
) -> None:
    Department.objects.filter(pk=company.finance.pk).update(parent=company.treasury)
    assert found("finance") == ["Anna Frei"]
