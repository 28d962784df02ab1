from collections.abc import Callable

import pytest

from directory import search
from directory.visibility import viewer_of
from tests.directory.conftest import Company

Found = Callable[..., list[str]]


@pytest.mark.parametrize(
    "text",
    [
        "+41 44 668 18 00", "+41446681800", "0041 44 668 18 00", "044 668 18 00", "0446681800",
        "+41 (0)44 668 18 00", "044/668.18-00", "(044) 668 18 00", "668 18 00", "1800", "18 00",
        "800", "044 668", "+41 44 66", "004144", "tel:+41446681800", "４４６６８１８００",
        "tel. 044 668 18 00",
    ],
)  # fmt: skip
def test_a_number_is_found_in_any_format_and_by_its_last_digits(
    company: Company, found: Found, text: str
) -> None:
    company.add("Anna", "Frei", ("work", "+41 44 668 18 00"))
    company.add("Bo", "Li", ("work", "+65 6123 4567"))
    assert found(text) == ["Anna Frei"]


def test_a_national_number_is_read_by_the_country_of_the_location(
    company: Company, found: Found
) -> None:
    company.add("Bo", "Li", ("work", "6123 4567"), location=company.singapore)
    for text in ("+65 6123 4567", "006561234567", "61234567", "4567"):
        assert found(text) == ["Bo Li"], text


def test_an_extension_comes_before_a_number_that_ends_so(company: Company, found: Found) -> None:
    company.add("Anna", "Arm", ("work", "+41 44 668 18 00"))
    company.add("Zoe", "Zuber", ("extension", "1800"))
    assert found("1800") == ["Zoe Zuber", "Anna Arm"]


def test_an_extension_behind_a_main_number_is_found(company: Company, found: Found) -> None:
    company.add("Anna", "Frei", ("work", "+41 44 668 18 00 ext. 4711"))
    assert found("4711") == ["Anna Frei"]


def test_a_word_and_digits_together_narrow(company: Company, found: Found) -> None:
    company.add("Anna", "Frei", ("extension", "1800"))
    company.add("Anna", "Gross", ("extension", "1801"))
    assert found("anna 1801") == ["Anna Gross"]


def test_digits_in_the_middle_find_nobody(company: Company, found: Found) -> None:
    company.add("Anna", "Frei", ("work", "+41 44 668 18 00"))
    assert found("6818") == []


def test_a_row_carries_its_numbers_in_order_and_a_fax_is_not_dialable(
    company: Company, user: object
) -> None:
    company.add("Anna", "Frei", ("fax", "044 668 18 99"), ("mobile", "079 123 45 67"))
    [row] = search.find("anna", viewer=viewer_of(user)).people
    assert [(each.kind, each.e164_or_written, each.dialable) for each in row.numbers] == [
        ("fax", "+41446681899", False),
        ("mobile", "+41791234567", True),
    ]
