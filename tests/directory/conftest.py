"""A small company: two departments below one, two places, and people with awkward names."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from directory import search
from directory.models import Department, Location, Number, Person
from directory.visibility import viewer_of


@dataclass
class Company:
    finance: Department
    treasury: Department
    it: Department
    zurich: Location
    singapore: Location

    def add(
        self,
        given: str,
        family: str,
        *numbers: tuple[str, str] | tuple[str, str, str],
        **fields: Any,
    ) -> Person:
        """A person with numbers, each (kind, text) or (kind, text, visibility)."""
        person = Person.objects.create(given_name=given, family_name=family, **fields)
        for order, (kind, text, *shown) in enumerate(numbers):
            visibility = shown[0] if shown else ""
            Number.objects.create(
                person=person, kind=kind, written=text, visibility=visibility, order=order
            )
        return person


@pytest.fixture
def company(db: None) -> Company:
    finance = Department.objects.create(name="Finance", code="F1")
    return Company(
        finance=finance,
        treasury=Department.objects.create(name="Treasury", parent=finance),
        it=Department.objects.create(name="Information Technology"),
        zurich=Location.objects.create(
            name="Zürich HQ", city="Zürich", country="CH", time_zone="Europe/Zurich"
        ),
        singapore=Location.objects.create(
            name="Marina Bay", city="Singapore", country="SG", time_zone="Asia/Singapore"
        ),
    )


@pytest.fixture
def user(db: None) -> Any:
    return get_user_model().objects.create_user("eva", password="x")


@pytest.fixture
def boss(db: None) -> Any:
    return get_user_model().objects.create_superuser("boss", password="x")


@pytest.fixture
def page(client: Client, user: Any) -> Client:
    """A browser in which Eva is signed in."""
    client.force_login(user)
    return client


@pytest.fixture
def found(user: Any) -> Callable[..., list[str]]:
    """The names that a search shows to Eva, in order."""

    def find(text: str, *, by: Any = None, **narrowed: Any) -> list[str]:
        answer = search.find(text, viewer=viewer_of(by or user), **narrowed)
        return [row.name for row in answer.people]

    return find
