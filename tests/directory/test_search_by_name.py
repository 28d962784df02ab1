from collections.abc import Callable

import pytest

from tests.directory.conftest import Company

Found = Callable[..., list[str]]


@pytest.mark.parametrize(
    "text",
    [
        "anna maria frei", "frei anna", "Frei, Anna", "fr an", "an fr", "maria", "ANNA",
        "  anna\t frei ", "an ma fr",
    ],
)  # fmt: skip
def test_a_name_is_found_in_any_order_and_by_the_beginnings_of_its_words(
    company: Company, found: Found, text: str
) -> None:
    company.add("Anna Maria", "Frei")
    company.add("Bo", "Li")
    assert found(text) == ["Anna Maria Frei"]


def test_every_word_must_be_found(company: Company, found: Found) -> None:
    company.add("Anna", "Frei")
    assert found("anna meier") == []


@pytest.mark.parametrize("text", ["robert king", "bob king", "king bob", "king"])
def test_the_preferred_name_is_shown_and_both_are_found(
    company: Company, found: Found, text: str
) -> None:
    company.add("Robert", "King", preferred_name="Bob")
    assert found(text) == ["Bob King"]


@pytest.mark.parametrize(
    ("family", "texts"),
    [
        ("Müller", ["Müller", "Mueller", "Muller", "MÜLLER", "müll", "muel", "mül"]),
        ("Mueller", ["Müller", "Mueller", "Muller"]),
        ("Sørensen", ["Sørensen", "Sorensen", "Soerensen"]),
        ("Łukasik", ["Łukasik", "Lukasik", "lukas"]),
        ("Đorđević", ["Dordevic", "Đorđević"]),
        ("Þórsdóttir", ["Thorsdottir", "Þórsdóttir"]),
        ("Ærø", ["aero", "Ærø"]),
        ("Œuvre", ["oeuvre", "œuvre"]),
        ("Strauß", ["Strauss", "strauß", "STRAUSS"]),
        ("Işık", ["isik", "Işık", "IŞIK"]),
        ("Åkesson", ["akesson", "aakesson", "Åkesson"]),
        ("O’Brien", ["O'Brien", "OBrien", "o brien", "brien", "O’Brien"]),
        ("Meyer-Lüdenscheid", ["meyer ludenscheid", "luedenscheid", "meyerludenscheid"]),
        ("Nguyễn", ["nguyen", "Nguyễn"]),
        ("Иванов", ["иванов", "Иван"]),
        ("山田", ["山田", "山"]),
        ("हिन्दी", ["हिन्दी", "हिन"]),
        ("김", ["김"]),
    ],
)
def test_accents_and_letters_written_out_do_not_matter(
    company: Company, found: Found, family: str, texts: list[str]
) -> None:
    company.add("X", family)
    company.add("Y", "Somebody")
    for text in texts:
        assert found(text) == [f"X {family}"], text


def test_a_decomposed_letter_is_the_same_letter(company: Company, found: Found) -> None:
    company.add("X", "Mu\u0308ller")
    assert found("Mueller") == found("M\u00fcller") == ["X Mu\u0308ller"]


def test_a_person_with_one_name_is_found(company: Company, found: Found) -> None:
    company.add("Suharto", "")
    company.add("", "Reception", kind="service")
    assert found("suh") == ["Suharto"]
    assert found("recep") == ["Reception"]


def test_the_whole_name_comes_before_the_longer_one_and_then_the_alphabet(
    company: Company, found: Found
) -> None:
    for given in ("Zoe", "Anna"):
        company.add(given, "Freitag")
    company.add("Frei", "")
    company.add("Bo", "Frei")
    assert found("frei") == ["Frei", "Bo Frei", "Anna Freitag", "Zoe Freitag"]


def test_a_new_name_is_found_at_once_and_the_old_one_no_more(
    company: Company, found: Found
) -> None:
    person = company.add("Anna", "Frei")
    person.family_name = "Gross"
    person.save()
    assert found("gross") == ["Anna Gross"]
    assert found("frei") == []


def test_people_who_left_are_not_found(company: Company, found: Found) -> None:
    company.add("Anna", "Frei", is_active=False)
    assert found("anna") == []
