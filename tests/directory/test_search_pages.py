"""Pages follow each other in both directions, without gap or repetition."""

from typing import Any

import pytest

from directory import search
from directory.models import Favourite, Person
from directory.visibility import viewer_of
from tests.directory.conftest import Company


@pytest.mark.parametrize(
    "text",
    ["a", "anna", "an fr", "frei anna", "fin", "finance zurich", "anna fin", "18", "", "clerk"],
)
def test_there_and_back_is_the_same_way(company: Company, user: Any, text: str) -> None:
    company.add("Eva", "Own", account=user, department=company.treasury, location=company.singapore)
    for number in range(25):
        person = company.add(
            "Anna", f"Frei{number:02} Andres", ("extension", f"18{number:02}"), title="Clerk",
            department=(company.finance, company.treasury, company.it)[number % 3],
            location=(company.zurich, company.singapore)[number % 2],
        )  # fmt: skip
        if number % 11 == 0:
            Favourite.objects.create(user=user, person=person)
    viewer = viewer_of(user)
    everybody = [row.pk for row in search.find(text, viewer=viewer, limit=100).people]
    assert len(everybody) == len(set(everybody)) >= 4
    pages = [search.find(text, viewer=viewer, limit=4)]
    while pages[-1].next:
        pages.append(search.find(text, viewer=viewer, limit=4, after=pages[-1].next))
        assert pages[-1].total == len(everybody)
    assert [row.pk for page in pages for row in page.people] == everybody
    assert not pages[0].previous
    for before, page in zip(pages[-2::-1], pages[:0:-1], strict=True):
        back = search.find(text, viewer=viewer, limit=4, after=page.previous)
        assert back.people == before.people


def test_what_many_share_is_counted_as_far_as_it_is_of_use(company: Company, user: Any) -> None:
    made = Person.objects.bulk_create(
        Person(given_name="Anna", family_name=f"Frei{n:03}") for n in range(230)
    )
    search.index.refresh(person.pk for person in made)
    found = search.find("anna", viewer=viewer_of(user))
    assert (found.total, found.is_more_than_total, len(found.people)) == (100, True, 20)


def test_everybody_of_many_is_reached(company: Company, user: Any) -> None:
    made = Person.objects.bulk_create(
        Person(given_name="Anna", family_name=f"Frei{n:04}") for n in range(1300)
    )
    search.index.refresh(person.pk for person in made)
    met: list[int] = []
    after = ""
    while after or not met:
        found = search.find("anna fr", viewer=viewer_of(user), after=after, limit=200)
        assert (found.total, found.is_more_than_total) == (100, True)
        met += (row.pk for row in found.people)
        after = found.next
    assert met == [person.pk for person in made]
