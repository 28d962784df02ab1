"""A program finds the people and numbers that its person may see, and no others."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model

from clicktodial.dialing.models import Contact
from clicktodial.dialplan import number as numbers
from directory.models import Person
from tests.api.conftest import Program


@pytest.fixture
def employee(db: None) -> Any:
    return get_user_model().objects.create_user("emil")


@pytest.fixture
def boss(db: None) -> Any:
    return get_user_model().objects.create_superuser("boss")


@pytest.fixture
def program(program_of: Callable[..., Program], employee: Any) -> Program:
    return program_of(employee)


def test_people_are_found_by_the_words_of_the_search_page(program: Program, nora: Person) -> None:
    found = program.get("people?q=kell trea").json()
    assert [entry["name"] for entry in found["people"]] == ["Nora Keller"]
    assert (found["total"], found["next"]) == (1, None)
    assert found["people"][0]["page"] == f"http://testserver/people/{nora.pk}/"


def test_numbers_say_what_to_dial_and_a_fax_does_not(program: Program, nora: Person) -> None:
    numbers = program.get(f"people/{nora.pk}").json()["numbers"]
    assert [(number["kind"], number["dial"]) for number in numbers] == [
        ("work", "+41446681800"),
        ("fax", None),
    ]


def test_a_number_of_the_department_is_shown_within_it_alone(
    program: Program, employee: Any, nora: Person
) -> None:
    assert program.get("numbers/+41791234567").json()["people"] == []
    Person.objects.create(family_name="Emil", account=employee, department=nora.department)
    assert program.get("numbers/+41791234567").json()["people"][0]["id"] == nora.pk
    assert "+41 79 123 45 67" in program.get(f"people/{nora.pk}").content.decode()


@pytest.mark.parametrize("written", ["+41446681800", "044 668 18 00", "044%2F668%2018%2000"])
def test_a_number_is_known_in_every_format(written: str, program: Program, nora: Person) -> None:
    told = program.get(f"numbers/{written}").json()
    assert told["number"] == {"display": "+41 44 668 18 00", "e164": "+41446681800"}
    assert told["people"] == [
        {
            "id": nora.pk,
            "name": "Nora Keller",
            "kind": "work",
            "title": "Treasurer",
            "location": "",
            "display": "+41 44 668 18 00",
            "how": "listed",
        }
    ]


def test_a_number_of_nobody_tells_where_it_belongs(program: Program) -> None:
    assert program.get("numbers/4711").json()["people"] == []
    told = program.get("numbers/+447400123456").json()
    assert (told["people"], told["country"], told["line"]) == ([], "GB", "mobile")
    assert told["town"] is None
    assert program.get("numbers/+441614960000").json()["town"] == "Manchester"


def test_contacts_of_ones_own_are_named(program: Program, employee: Any, boss: Any) -> None:
    Contact.objects.add(employee, "The garage", numbers.read("+442079460000"))
    Contact.objects.add(boss, "Secret affair", numbers.read("+442079460000"))
    assert program.get("numbers/+442079460000").json()["contacts"] == ["The garage"]


def test_what_is_no_number_is_told_in_words(program: Program) -> None:
    answer = program.get("numbers/javascript:alert(1)")
    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:clicktodial:problem:not-a-number"
    assert "cannot be dialled" in answer.json()["detail"]


def test_people_who_left_are_not_there(program: Program, nora: Person) -> None:
    Person.objects.filter(pk=nora.pk).update(is_active=False)
    answer = program.get(f"people/{nora.pk}")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert program.get("numbers/+41446681800").json()["people"] == []


def test_a_long_list_comes_in_pages(program: Program, db: None) -> None:
    for place in range(25):
        Person.objects.create(given_name=f"Mia{place:02}", family_name="Muster")
    first = program.get("people?q=muster").json()
    rest = program.get(f"people?q=muster&after={first['next']}").json()
    names = [entry["name"] for entry in (*first["people"], *rest["people"])]
    assert len(set(names)) == len(names) == first["total"] == 25
    assert rest["next"] is None


@pytest.mark.parametrize(
    "path", ["people", "people?q=", f"people?q={'x' * 201}", "people?q=a%00b", "people?q=a&after=x"]
)
def test_a_bad_question_is_refused(path: str, program: Program) -> None:
    assert program.get(path).status_code == 400


def test_the_whole_directory_cannot_be_copied_with_many_tokens(
    program_of: Callable[..., Program], employee: Any, settings: Any
) -> None:
    settings.LOOKUPS_A_MINUTE = 2
    with time_machine.travel("2026-03-02 09:00:10+00:00", tick=False):
        answers = [program_of(employee).get("people?q=a") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "50"
