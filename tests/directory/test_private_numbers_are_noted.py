"""Whoever sees private numbers by right of office leaves a note; colleagues and owners do not."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from clicktodial.audit.models import Entry
from directory import owners, search
from directory.models import Person
from directory.visibility import viewer_of
from tests.directory.conftest import Company


@pytest.fixture
def hidden(company: Company) -> Person:
    cache.clear()
    company.add("Bo", "Open", ("work", "+41 44 555 01 01"))
    return company.add("Ito", "Secret", ("home", "+41 79 555 01 02", "nobody"))


@pytest.fixture
def office(hidden: Person) -> Any:
    return get_user_model().objects.create_superuser("office")


def looks() -> list[tuple[str, str]]:
    found = Entry.objects.filter(action="looked_up").order_by("pk")
    return list(found.values_list("actor_name", "about_name"))


def test_a_page_with_a_private_number_is_noted_once(office: Any, hidden: Person) -> None:
    browser = Client()
    browser.force_login(office)
    for _ in range(2):
        page = browser.get(reverse("directory:person", args=[hidden.pk]))
        assert "555" in page.content.decode()
    assert looks() == [("office", "Ito Secret")]
    assert "555" not in str(list(Entry.objects.values()))


def test_a_list_notes_those_whose_private_numbers_it_shows(office: Any) -> None:
    assert len(search.find("", viewer=viewer_of(office)).people) == 2
    assert looks() == [("office", "Ito Secret")]


def test_the_form_of_the_administration_is_noted(office: Any, hidden: Person) -> None:
    browser = Client()
    browser.force_login(office)
    browser.get(reverse("admin:directory_person_change", args=[hidden.pk]))
    assert looks() == [("office", "Ito Secret")]


def test_asking_whose_a_private_number_is_is_noted(office: Any) -> None:
    assert owners.identify("+41 79 555 01 02", viewer=viewer_of(office)).owners
    assert looks() == [("office", "Ito Secret")]


def test_a_public_number_is_not_noted(office: Any) -> None:
    assert owners.identify("+41 44 555 01 01", viewer=viewer_of(office)).owners
    search.find("bo", viewer=viewer_of(office))
    assert not looks()


def test_colleagues_and_owners_leave_no_note(hidden: Person) -> None:
    colleague = get_user_model().objects.create_user("colleague")
    owner = get_user_model().objects.create_user("owner")
    hidden.account = owner
    hidden.save()
    search.find("", viewer=viewer_of(colleague))
    assert search.find("ito", viewer=viewer_of(owner)).people[0].numbers
    assert not looks()
