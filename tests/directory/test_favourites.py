from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError
from django.test import Client

from directory.models import Favourite, Person
from tests.directory.conftest import Company


@pytest.fixture
def people(company: Company) -> list[Person]:
    return [company.add(given, "Frei") for given in ("Anna", "Bo", "Cy")]


def keep(page: Client, person: Person, **fields: str) -> Any:
    return page.post(f"/people/{person.pk}/favourite/", {"keep": "yes", **fields})


def names(page: Client) -> list[str]:
    return [row.name.split()[0] for row in page.get("/favourites/").context["people"]]


def test_a_star_keeps_people_in_the_order_of_starring(page: Client, people: list[Person]) -> None:
    for person in (people[2], people[0], people[2]):
        keep(page, person)
    assert names(page) == ["Cy", "Anna"]
    page.post(f"/people/{people[2].pk}/favourite/", {"keep": "no"})
    assert names(page) == ["Anna"]


def test_favourites_are_put_in_order(page: Client, people: list[Person]) -> None:
    for person in people:
        keep(page, person)
    page.post(f"/favourites/{people[2].pk}/move/", {"direction": "up"})
    assert names(page) == ["Anna", "Cy", "Bo"]
    page.post(f"/favourites/{people[0].pk}/move/", {"direction": "down"})
    assert names(page) == ["Cy", "Anna", "Bo"]
    page.post(f"/favourites/{people[2].pk}/move/", {"direction": "up"})
    page.post(f"/favourites/{people[2].pk}/move/", {"direction": "sideways"})
    assert names(page) == ["Cy", "Anna", "Bo"]


def test_a_star_leads_back_but_never_away(page: Client, people: list[Person]) -> None:
    assert keep(page, people[0], next="/?q=anna")["Location"] == "/?q=anna"
    for elsewhere in (
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "\\\\x",
        "",
    ):
        assert keep(page, people[0], next=elsewhere)["Location"] == "/favourites/"


def test_favourites_are_ones_own(page: Client, people: list[Person]) -> None:
    keep(page, people[0])
    page.force_login(get_user_model().objects.create_user("other"))
    assert names(page) == []
    page.post(f"/favourites/{people[0].pk}/move/", {"direction": "down"})
    page.post(f"/people/{people[0].pk}/favourite/", {"keep": "no"})
    assert Favourite.objects.count() == 1


def test_without_the_token_nothing_is_kept(people: list[Person], user: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert keep(strict, people[0]).status_code == 403
    assert not Favourite.objects.exists()


def test_people_who_left_are_not_shown(page: Client, people: list[Person]) -> None:
    for person in people:
        keep(page, person)
    Person.objects.filter(pk=people[1].pk).update(is_active=False)
    assert names(page) == ["Anna", "Cy"]
    page.post(f"/favourites/{people[2].pk}/move/", {"direction": "up"})
    assert names(page) == ["Cy", "Anna"]


def test_the_database_keeps_a_favourite_once(people: list[Person], user: Any) -> None:
    Favourite.objects.create(user=user, person=people[0])
    with pytest.raises(IntegrityError):
        Favourite.objects.create(user=user, person=people[0])
