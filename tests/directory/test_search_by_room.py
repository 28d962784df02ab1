"""A room is found by its number, with a word for it or without, however it is written."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from directory.models import Person
from tests.directory.conftest import Company

Found = Callable[..., list[str]]


def sits_in(company: Company, room: str) -> Person:
    return company.add("Anna", "Frei", room=room)


@pytest.mark.parametrize(
    ("room", "text"),
    [
        ("3.1", "room 3.1"), ("3.1", "Room 3-1"), ("3.1", "3.1 room"), ("3.14", "room 314"),
        ("3-2", "rm 3.2"), ("3.1a", "room 3.1a"), ("B 3.14", "room B3.14"),
        ("B3.14", "room B 3.14"), ("B-3.14", "office b 3.14"), ("C 101", "room C101"),
        ("B3.14", "b 3.14"), ("4/12", "room 4.12"), ("33", "room 33"), ("3.1", "anna room 3.1"),
        ("3.1", "Zimmer 3.1"), ("3.1", "Büro 3.1"), ("3.1", "salle 3.1"), ("3.1", "pièce 3.1"),
        ("3.1", "despacho 3.1"), ("3.1", "部屋 3.1"), ("3.1", "غرفة 3.1"),
    ],
)  # fmt: skip
def test_who_sits_there_is_found(company: Company, found: Found, room: str, text: str) -> None:
    sits_in(company, room)
    company.add("Bo", "Li", room="9.9")
    assert found(text) == ["Anna Frei"]


def test_it_is_no_nearest(page: Client, company: Company) -> None:
    sits_in(company, "3.1")
    answer = page.get("/", {"q": "room 3.1"})
    assertContains(answer, "1 entry")
    assertNotContains(answer, "Nearest")


def test_an_entry_that_is_called_so_comes_alone(company: Company, found: Found) -> None:
    sits_in(company, "9.1")
    company.add("", "Meeting room Eiger", kind=Person.Kind.ROOM, room="9.1")
    assert found("room 9.1") == ["Meeting room Eiger"]


def test_a_name_that_is_a_word_for_a_room_stays_a_name(company: Company, found: Found) -> None:
    sits_in(company, "4567")
    company.add("Eva", "Sala", ("extension", "4567"))
    assert found("sala 4567") == ["Eva Sala"]


def test_a_telephone_number_is_no_room(company: Company, found: Found) -> None:
    company.add("Anna", "Frei", ("extension", "4567"))
    assert found("room 4567") == []


def test_pages_of_one_room_follow_each_other(page: Client, company: Company) -> None:
    for number in range(25):
        company.add("Anna", f"Frei{number:02}", room="3.1")
    first = page.get("/", {"q": "room 3.1"})
    second = page.get(first.context["next_page"])
    names = [row.name for answer in (first, second) for row in answer.context["people"]]
    assert len(set(names)) == len(names) == 25
