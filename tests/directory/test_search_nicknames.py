from collections.abc import Callable

import pytest

from tests.directory.conftest import Company

Found = Callable[..., list[str]]


@pytest.mark.parametrize("text", ["bob king", "king bob", "bob", "bobby", "rob king"])
def test_a_short_name_finds_the_whole_one(company: Company, found: Found, text: str) -> None:
    company.add("Robert", "King")
    assert found(text) == ["Robert King"]


def test_a_whole_name_finds_the_short_one(company: Company, found: Found) -> None:
    company.add("Bob", "King")
    assert found("robert king") == found("robert") == ["Bob King"]


def test_who_is_called_so_comes_before_who_may_be(company: Company, found: Found) -> None:
    company.add("Robert", "Aa")
    company.add("Bob", "Zz")
    company.add("Robert", "Mm", preferred_name="Bob")
    assert found("bob") == ["Bob Mm", "Bob Zz", "Robert Aa"]


@pytest.mark.parametrize("text", ["jrr tolkien", "jrr", "j r r tolkien", "tolkien j"])
def test_initials_are_found(company: Company, found: Found, text: str) -> None:
    company.add("John Ronald Reuel", "Tolkien")
    assert found(text) == ["John Ronald Reuel Tolkien"]
