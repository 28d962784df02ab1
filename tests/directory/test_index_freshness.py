"""What is written past `save` is found all the same."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command

from directory.models import Department, Location, Number, Person, PersonKey, PersonText, WordKey
from directory.search import document
from tests.directory.conftest import Company

Found = Callable[..., list[str]]


@pytest.fixture
def anna(company: Company) -> Person:
    return company.add(
        "Anna", "Frei", ("extension", "1800"), title="Clerk", department=company.it,
        location=company.zurich,
    )  # fmt: skip


def test_an_update_of_many_is_found_at_once(anna: Person, found: Found) -> None:
    Person.objects.filter(pk=anna.pk).update(family_name="Gross", title="Poet")
    assert found("gross poet") == ["Anna Gross"]
    assert found("frei") == found("clerk") == []


def test_leaving_and_coming_back_by_an_action(anna: Person, found: Found) -> None:
    Person.objects.update(is_active=False)
    assert found("anna") == found("1800") == found("information") == []
    assert not PersonKey.objects.exists()
    Person.objects.update(is_active=True)
    assert found("anna") == ["Anna Frei"]


def test_a_bulk_update_and_a_move_are_found(anna: Person, company: Company, found: Found) -> None:
    anna.given_name, anna.department = "Zoe", company.treasury
    Person.objects.bulk_update([anna], ["given_name", "department"])
    assert found("zoe finance") == ["Zoe Frei"]
    assert found("zoe information") == []


def test_a_place_renamed_in_bulk_is_found(anna: Person, company: Company, found: Found) -> None:
    Department.objects.filter(pk=company.it.pk).update(name="Data Centre")
    Location.objects.filter(pk=company.zurich.pk).update(name="Lakeside", city="")
    assert found("anna data lake") == ["Anna Frei"]
    assert found("anna information") == found("anna zurich") == []


def test_a_place_that_is_gone_narrows_nobody(anna: Person, company: Company, found: Found) -> None:
    company.it.delete()
    company.zurich.delete()
    assert found("information") == found("anna zurich") == []
    assert found("anna") == ["Anna Frei"]
    assert PersonText.objects.get().department_id == 0


def test_a_person_gone_for_good_leaves_nothing(anna: Person, found: Found) -> None:
    Person.objects.all().delete()
    assert found("anna") == []
    for model in (PersonKey, WordKey, PersonText, Number):
        assert not model.objects.exists()


def test_an_edit_touches_only_what_changes(anna: Person) -> None:
    before = set(WordKey.objects.values_list("key", "shared"))
    anna.title = "Cook"
    anna.save()
    after = set(WordKey.objects.values_list("key", "shared"))
    assert {key for key, _ in before ^ after} == {"clerk", "cook"}


def test_reindex_removes_what_nobody_knows(anna: Person, found: Found) -> None:
    PersonKey.objects.create(key="ghost", person_id=anna.pk + 1000)
    call_command("reindex", stdout=StringIO())
    assert not PersonKey.objects.filter(key="ghost").exists()
    assert found("anna") == ["Anna Frei"]


def test_a_person_is_met_once_for_every_beginning() -> None:
    names = document.name_keys(" anna annabel frei , ann frei")
    words = document.word_keys(" anton , annabelfrei , f1")
    of_names = document.shared_of_names(names)
    of_words = document.shared_of_words(words, names=names)
    both = list(of_names.items()) + list(of_words.items())
    for key in (*names, *words):
        for length in range(1, len(key) + 1):
            met = [
                each for each, shared in both if each.startswith(key[:length]) > (shared >= length)
            ]
            assert len(met) == 1, key[:length]
