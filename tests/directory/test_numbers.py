import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from clicktodial.dialplan.number import NotANumber, read
from directory.models import Number
from tests.directory.conftest import Company


def test_a_number_is_read_when_it_is_saved(company: Company) -> None:
    anna = company.add("Anna", "Frei", ("work", "044 668 18 00"))
    number = anna.numbers.get()
    assert (number.written, number.e164, number.key, number.reversed_key) == (
        "044 668 18 00", "+41446681800", "41446681800", "00818664414",
    )  # fmt: skip
    assert str(number) == "+41 44 668 18 00"


def test_an_extension_keeps_its_digits(company: Company) -> None:
    number = company.add("Anna", "Frei", ("extension", "4567")).numbers.get()
    assert (number.e164, number.extension, number.key, str(number)) == ("", "4567", "4567", "4567")
    assert number.e164_or_written == "4567"


@pytest.mark.parametrize("text", ["hello", "", "sip:anna@example.com", "++41"])
def test_an_unreadable_number_is_refused_with_its_sentence(company: Company, text: str) -> None:
    anna = company.add("Anna", "Frei")
    with pytest.raises(NotANumber):
        Number.objects.create(person=anna, written=text)
    with pytest.raises(ValidationError) as refused:
        Number(person=anna, written=text).full_clean()
    assert refused.value.message_dict["written"][0].endswith((".", "?"))
    assert not Number.objects.exists()


def test_a_number_is_listed_once_per_person_and_kind(company: Company) -> None:
    anna = company.add("Anna", "Frei", ("work", "044 668 18 00"))
    Number.objects.create(person=anna, kind="main", written="+41446681800")
    with pytest.raises(IntegrityError), transaction.atomic():
        Number.objects.create(person=anna, kind="work", written="+41446681800")


def test_a_fax_is_not_dialable(company: Company) -> None:
    anna = company.add("Anna", "Frei", ("fax", "044 668 18 00"), ("work", "044 668 18 01"))
    assert [number.dialable for number in anna.numbers.all()] == [False, True]


def test_what_follows_a_public_number_goes_along_to_be_shown(company: Company) -> None:
    bridge = company.add("Bridge", "", ("work", "+41 44 668 18 00,,1234#")).numbers.get()
    assert read(bridge.e164_or_written).after == ",,1234#"
