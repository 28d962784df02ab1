"""Nobody is above themselves: forms refuse it, pages survive it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from directory import departments
from directory.models import Department, Person
from tests.directory.conftest import Company


def test_the_database_refuses_a_person_above_themselves(company: Company) -> None:
    anna = company.add("Anna", "Frei")
    with pytest.raises(IntegrityError, match="nobody_is_their_own_manager"), transaction.atomic():
        Person.objects.filter(pk=anna.pk).update(manager=anna)
    it = company.it
    with (
        pytest.raises(IntegrityError, match="no_department_belongs_to_itself"),
        transaction.atomic(),
    ):
        Department.objects.filter(pk=it.pk).update(parent=it)


def test_a_circle_of_managers_is_refused(company: Company) -> None:
    anna = company.add("Anna", "Frei")
    bo = company.add("Bo", "Li", manager=anna)
    zoe = company.add("Zoe", "Zuber", manager=bo)
    anna.manager = zoe
    with pytest.raises(ValidationError, match="already reports to this one"):
        anna.full_clean()
    Person.objects.get(pk=zoe.pk).full_clean()


def test_a_circle_of_departments_is_refused(company: Company) -> None:
    company.finance.parent = company.treasury
    with pytest.raises(ValidationError, match="already belongs to this one"):
        company.finance.full_clean()


def test_pages_survive_circles_in_the_data(page: Client, company: Company) -> None:
    anna = company.add("Anna", "Frei", department=company.treasury)
    bo = company.add("Bo", "Li", manager=anna, department=company.finance)
    Person.objects.filter(pk=anna.pk).update(manager=bo)
    Department.objects.filter(pk=company.finance.pk).update(parent=company.treasury)
    for path in (
        f"/people/{anna.pk}/", f"/people/{bo.pk}/", "/departments/",
        f"/departments/{company.finance.pk}/", f"/departments/{company.treasury.pk}/",
        f"/?department={company.treasury.pk}",
    ):  # fmt: skip
        answer = page.get(path)
        assert answer.status_code == 200, path
    assert {row.name for row in answer.context["people"]} == {"Anna Frei", "Bo Li"}


def test_a_tree_in_a_circle_loses_no_department(company: Company) -> None:
    Department.objects.filter(pk=company.finance.pk).update(parent=company.treasury)
    drawn = {each.name: [below.name for below in each.children] for each in departments.tree()}
    assert drawn == {"Information Technology": [], "Finance": ["Treasury"]}


def test_a_very_deep_tree_is_drawn(page: Client, company: Company) -> None:
    parent = company.it
    for number in range(300):
        parent = Department.objects.create(name=f"Level {number}", parent=parent)
    answer = page.get("/departments/")
    assert answer.status_code == 200
    assert "Level 299" in answer.content.decode()
