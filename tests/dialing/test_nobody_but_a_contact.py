"""Where a search finds only a contact of one's own, the page does not say that nobody is found."""

from typing import Any

import pytest

from clicktodial.dialing.models import Contact
from clicktodial.dialplan.number import read
from directory.models import Person

FRAGMENT = {"X-Fragment": "results"}


@pytest.fixture
def contact(ada: Any) -> Contact:
    return Contact.objects.add(ada, "Doctor Ito", read("+81 3 1234 5678"))


@pytest.mark.parametrize("headers", [{}, FRAGMENT], ids=["page", "as you type"])
@pytest.mark.parametrize("text", ["doctor", "+81 3 1234 5678"])
def test_the_directory_alone_is_said_to_have_nobody(
    text: str, headers: dict[str, str], ada: Any, contact: Contact, browser_of: Any
) -> None:
    page = browser_of(ada).get("/", {"q": text}, headers=headers).content.decode()
    assert "Found among your own contacts." in page
    assert f"Nobody in the directory itself fits “{text}”." in page
    assert "Nobody found" not in page
    assert page.count("Doctor Ito</a>") == 1


def test_without_a_contact_nobody_is_found_as_before(
    ada: Any, contact: Contact, browser_of: Any
) -> None:
    page = browser_of(ada).get("/", {"q": "zork"}).content.decode()
    assert "Nobody found for “zork”" in page
    assert "contacts." not in page


def test_a_corrected_spelling_is_told_beside_the_contact(
    ada: Any, contact: Contact, browser_of: Any
) -> None:
    Person.objects.create(given_name="Anna", family_name="Doctorow")
    Contact.objects.add(ada, "Doctorw", read("+81 3 1234 5679"))
    page = browser_of(ada).get("/", {"q": "doctorw"}).content.decode()
    assert "Nobody in the directory itself fits “doctorw”. Shown instead: doctorow." in page


def test_a_number_of_a_contact_has_nobody_else_in_the_directory(
    ada: Any, contact: Contact, browser_of: Any
) -> None:
    page = browser_of(ada).get("/who/", {"number": "0081 3 1234 5678"}).content.decode()
    assert "Doctor Ito" in page
    assert "Nobody in the directory itself is listed with this number." in page
