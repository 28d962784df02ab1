"""With which word of several a search begins: the one that fewest have in their names."""

import pytest

from directory.search import plan, terms


@pytest.mark.parametrize(
    ("text", "word"),
    [("anna m", "anna"), ("m anna", "anna"), ("peter fr", "peter"), ("li wan", "wan")],
)
def test_a_search_begins_with_the_longer_word_where_another_has_one_letter_or_two(text, word):
    asked = terms.read(text, region="CH")

    assert [asked.terms[place].word for place in plan.drivers(asked)] == [word]


def test_a_search_begins_with_a_word_that_has_no_other_names_for_it():
    asked = terms.read("robert muf", region="CH")

    assert [asked.terms[place].word for place in plan.drivers(asked)] == ["muf"]
