from collections.abc import Callable
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.db.models import QuerySet
from hypothesis import given
from hypothesis import strategies as st

from directory import search
from directory.models import Department, Location, Person, PersonKey, PlaceKey, WordKey
from directory.search import terms
from tests.directory.conftest import Company

Found = Callable[..., list[str]]


def test_people_written_in_bulk_are_found_after_a_refresh(company: Company, found: Found) -> None:
    made = Person.objects.bulk_create(
        Person(given_name="Anna", family_name=f"Frei{n:03}") for n in range(600)
    )
    assert found("anna") == []
    assert search.index.refresh(person.pk for person in made) == 600
    assert found("anna")[:2] == ["Anna Frei000", "Anna Frei001"]


def test_reindex_mends_everything_and_tells_how_many_it_were(
    company: Company, found: Found
) -> None:
    company.add("Anna", "Frei", department=company.it, location=company.zurich)
    PersonKey.objects.all().delete()
    PlaceKey.objects.all().delete()
    Person.objects.update(sort_key="")
    said = StringIO()
    call_command("reindex", stdout=said)
    assert "1 person" in said.getvalue()
    assert found("anna information zurich") == ["Anna Frei"]
    assert Person.objects.get().sort_key == "frei anna"


def test_a_save_that_is_taken_back_takes_its_keys_back(company: Company, found: Found) -> None:
    anna = company.add("Anna", "Frei")
    anna.family_name = "Gross"
    with transaction.atomic():
        anna.save()
        transaction.set_rollback(True)
    assert found("frei") == ["Anna Frei"]
    assert found("gross") == []


def test_a_deleted_entry_leaves_no_keys(company: Company) -> None:
    company.add("Anna", "Frei").delete()
    assert not PersonKey.objects.exists()
    Department.objects.all().delete()
    Location.objects.all().delete()
    assert not PlaceKey.objects.exists()


@given(st.text())
def test_folding_is_done_once_and_for_all(text: str) -> None:
    assert terms.fold(terms.fold(text)) == terms.fold(text)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    read = terms.read(text, region="CH")
    assert len(read.terms) <= terms.MOST_WORDS
    assert all(term.word or term.digits for term in read.terms)


def test_keys_that_are_gathered_are_those_of_the_last_change(company: Company) -> None:
    anna, beat = company.add("Anna", "Frei"), company.add("Beat", "Gross")
    changes: tuple[tuple[Person, dict[str, Any]], ...] = (
        (anna, {"family_name": "Lang"}),
        (beat, {"title": "Cook"}),
        (anna, {"family_name": "Kurz"}),
        (beat, {"is_active": False}),
        (anna, {"department": company.it}),
    )
    with transaction.atomic(), search.index.gathered() as rows:
        for person, values in changes:
            QuerySet(Person).filter(pk=person.pk).update(**values)
            search.index.refresh_each({person.pk: frozenset(values)}, rows=rows)
    kept = [list(keys.objects.order_by("pk").values()) for keys in (PersonKey, WordKey)]
    assert {row["key"] for row in kept[0]} == {"anna kurz", "kurz anna"}
    search.index.rewrite([anna.pk, beat.pk])
    assert kept == [list(keys.objects.order_by("pk").values()) for keys in (PersonKey, WordKey)]
