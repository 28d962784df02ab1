"""Saving some fields of an entry leaves alone what somebody else has changed meanwhile."""

import pytest

from directory.forms import PersonForm
from directory.models import Person
from directory.search import freshness

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(company):
    return company.add("Anna", "Frei", title="Buyer", room="1.01")


def meanwhile(person, **fields):
    other = Person.objects.get(pk=person.pk)
    for name, value in fields.items():
        setattr(other, name, value)
    other.save()


def test_what_was_changed_meanwhile_stays_and_is_found(anna, found):
    meanwhile(anna, title="Architect")
    anna.family_name = "Keller"
    anna.save(update_fields=["family_name"])

    anna.refresh_from_db()
    assert (anna.title, anna.family_name) == ("Architect", "Keller")
    assert found("architect") == found("keller") == ["Anna Keller"]
    assert freshness.look().is_fresh


def test_what_an_instance_holds_and_does_not_save_is_not_found(anna, found):
    anna.title, anna.room = "Pilot", "9.99"
    anna.save(update_fields=["room"])

    assert found("9.99") == ["Anna Frei"]
    assert not found("pilot")


def test_a_name_changed_meanwhile_counts_for_the_order_of_lists(anna):
    meanwhile(anna, given_name="Zoe")
    anna.family_name = "Keller"
    anna.save(update_fields=["family_name"])

    anna.refresh_from_db()
    assert anna.sort_key == "keller zoe"
    assert freshness.look().is_fresh


def test_saving_named_fields_notes_the_time_of_the_change(anna):
    before = anna.updated_at
    anna.room = "2.02"
    anna.save(update_fields=["room"])

    anna.refresh_from_db()
    assert anna.updated_at > before


def test_a_form_writes_the_columns_that_were_changed_in_it(anna, company):
    said = PersonForm(instance=anna).initial
    data = {name: "" if value is None else value for name, value in said.items()}
    data |= {"room": "3.03", "department": company.it.pk, "assistants": []}
    form = PersonForm(data, instance=anna)
    assert form.is_valid(), form.errors
    meanwhile(anna, title="Architect")
    form.save()

    anna.refresh_from_db()
    assert (anna.title, anna.room, anna.department) == ("Architect", "3.03", company.it)
