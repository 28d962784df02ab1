"""A number to be read is seen in its groups, heard digit by digit, and never turned round."""

import pytest
from django.template import Context, Template
from django.utils import translation


def _render(source: str, number: str) -> str:
    return Template("{% load dial %}" + source).render(Context({"number": number}))


@pytest.mark.parametrize(
    ("shown", "heard"),
    [
        ("+41 44 123 45 67", "plus 4 1, 4 4, 1 2 3, 4 5, 6 7"),
        ("ext. 4567", "extension 4 5 6 7"),
        ("112", "1 1 2"),
        ("8841#", "8 8 4 1, hash key"),
    ],
)
def test_digits_are_seen_together_and_heard_one_by_one(shown: str, heard: str) -> None:
    made = _render("{% digits number %}", shown)
    assert f'<bdi class="number" dir="ltr" aria-hidden="true">{shown}</bdi>' in made
    assert f'<span class="visually-hidden">{heard}</span>' in made


def test_words_in_the_place_of_a_number_are_heard_as_they_are() -> None:
    assert _render("{{ number|spoken }}", "number not shown") == "number not shown"


def test_a_number_keeps_its_order_among_words_from_right_to_left() -> None:
    assert _render("{{ number|isolated }}", "+41 44") == "+41 44"
    with translation.override("ar"):
        assert _render("{{ number|isolated }}", "+41 44") == "\u2068+41 44\u2069"
