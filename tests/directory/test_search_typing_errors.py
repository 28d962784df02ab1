from collections.abc import Callable

import pytest

from directory import search
from directory.search.spelling import one_error
from directory.visibility import ANYBODY
from tests.directory.conftest import Company

Found = Callable[..., list[str]]


@pytest.mark.parametrize("text", ["Feritag", "Fretag", "Frreitag", "Freitog", "anna freitga"])
def test_one_typing_error_is_forgiven(company: Company, text: str) -> None:
    company.add("Anna", "Freitag")
    found = search.find(text, viewer=ANYBODY)
    assert [row.name for row in found.people] == ["Anna Freitag"]
    assert found.corrected == ("freitag",)


def test_a_name_that_is_there_is_no_typing_error(company: Company, found: Found) -> None:
    company.add("Min", "Kang")
    company.add("Bob", "King")
    assert found("kang") == ["Min Kang"]


def test_two_errors_and_short_words_are_not_guessed(company: Company, found: Found) -> None:
    company.add("Anna", "Freitag")
    company.add("Bo", "Lee")
    assert found("feritga") == []
    assert found("leo") == []


def test_the_nearest_is_offered_where_nobody_is_found(company: Company) -> None:
    company.add("Anna", "Frei")
    found = search.find("anna zorkovic", viewer=ANYBODY)
    assert (found.people, found.total) == ((), 0)
    assert [row.name for row in found.nearest] == ["Anna Frei"]
    assert found.nearest_to == "anna"
    assert [row.name for row in search.find("freibergen", viewer=ANYBODY).nearest] == ["Anna Frei"]


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("king", "kang", True), ("king", "king", True), ("king", "kign", True),
        ("king", "kings", True), ("king", "kin", True), ("king", "gnik", False),
        ("king", "kangs", False), ("king", "ki", False), ("", "a", True),
    ],
)  # fmt: skip
def test_an_error_is_one_letter_or_two_swapped(one: str, other: str, is_one: bool) -> None:
    assert one_error(one, other) == one_error(other, one) == is_one
