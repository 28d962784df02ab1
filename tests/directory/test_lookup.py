from typing import Any

import pytest

from clicktodial.dialplan.number import NotANumber
from directory import lookup, owners
from directory.visibility import viewer_of
from tests.directory.conftest import Company


@pytest.mark.parametrize(
    "text", ["+41 44 668 18 00", "0041446681800", "044 668 18 00", "+41 (0)44 668 18 00"]
)
def test_a_number_in_any_format_names_all_its_owners(
    company: Company, user: Any, text: str
) -> None:
    company.add("Zoe", "Zuber", ("main", "044 668 18 00"))
    company.add("Anna", "Arm", ("work", "+41446681800"))
    found = owners.identify(text, viewer=viewer_of(user)).owners
    assert [(owner.name, owner.kind) for owner in found] == [
        ("Anna Arm", "work"),
        ("Zoe Zuber", "main"),
    ]


def test_an_unreadable_text_is_told_so(company: Company, user: Any) -> None:
    with pytest.raises(NotANumber):
        owners.identify("not a number", viewer=viewer_of(user))


def test_the_call_log_gets_a_name_two_names_or_none(company: Company) -> None:
    company.add("Anna", "Arm", ("work", "+41446681800"))
    assert lookup.name_of("+41446681800") == "Anna Arm"
    company.add("Bo", "Li", ("work", "+41446681800"))
    assert lookup.name_of("044 668 18 00") == "Anna Arm / Bo Li"
    company.add("Zoe", "Zuber", ("work", "+41446681800"))
    assert lookup.name_of("41446681800") == ""


@pytest.mark.parametrize("key", ["", "\x00", "abc", "9" * 500, "+"])
def test_a_key_that_is_none_has_no_name(company: Company, key: str) -> None:
    assert lookup.name_of(key) == ""


def test_an_extension_has_a_name(company: Company) -> None:
    company.add("Anna", "Arm", ("extension", "4567"))
    assert lookup.name_of("4567") == "Anna Arm"
