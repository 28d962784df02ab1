"""Names in scripts that leave vowels out, or write them otherwise, are found in Latin letters."""

from collections.abc import Callable

import pytest

from directory.search.scripts import in_latin
from tests.directory.conftest import Company


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("محمد", "mohammed"), ("مُحَمَّد", "mohammed"), ("ليلى", "layla"), ("ليلي", "layla"),
        ("أحمد", "ahmed"), ("الحدّاد", "al haddad"), ("المنصوري", "al mansouri"),
        ("فاطمة الزهراء", "fatima al zhra"), ("بوتين", "butin"), ("وردة", "wrda"),
        ("רבקה כהן", "rivka cohen"), ("שָׂרָה", "sarah"), ("ורד", "vrd"), ("אילנה", "ailna"),
        ("देवी", "devi"), ("राहुल शर्मा", "rahul sharma"), ("मनमोहन", "manmohan"),
        ("प्रिया", "priya"), ("रमेश", "ramesh"), ("फ़रहान", "farhan"), ("अमिताभ", "amitabh"),
        ("नरेंद्र", "narendr"),
    ],
)  # fmt: skip
def test_a_name_is_written_as_its_bearers_mostly_do(text: str, latin: str) -> None:
    assert in_latin(text) == latin


@pytest.mark.parametrize(
    ("given", "family", "asked"),
    [
        ("ليلى", "الحدّاد", "layla haddad"), ("محمد", "الهاشمي", "muhammad hash"),
        ("ليلى", "الحدّاد", "ليلى"), ("רבקה", "כהן", "cohen"), ("רבקה", "כהן", "כהן רבקה"),
        ("राहुल", "शर्मा", "sharma rah"), ("राहुल", "शर्मा", "राहुल"),
        ("ليلى", "الحدّاد", "leyla"),
    ],
)  # fmt: skip
def test_a_person_is_found_in_both_scripts(
    company: Company, found: Callable[..., list[str]], given: str, family: str, asked: str
) -> None:
    company.add("Anna", "Frei")
    company.add(given, family)
    assert found(asked) == [f"{given} {family}"]


@pytest.mark.parametrize("text", ["ـ", "ال", "َ", "ا", "ה", "्", "़", "ं", "क", "ّ", "١٢", "Ḥ", "ﷺ"])
def test_no_fragment_of_a_script_is_too_short(text: str) -> None:
    assert isinstance(in_latin(text), str)
