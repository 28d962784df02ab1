"""The dial plan, which knows no Django, answers in the language of the person who asked."""

import pytest
from django.utils import translation

from clicktodial.dialplan import number, words


@pytest.fixture
def shouting():
    """A language in which everything is said in capitals."""
    words.speak(str.upper, lambda one, many, count: (one if count == 1 else many).upper())
    yield
    words.speak(translation.gettext, translation.ngettext)


def test_a_refusal_is_translated_when_it_is_made(shouting):
    with pytest.raises(number.NotANumber, match=r"THERE IS NO NUMBER HERE\. WRITE DIGITS ONLY"):
        number.read("")


def test_a_number_is_spoken_in_that_language(shouting):
    assert number.read("+41446681800").spoken.startswith("PLUS 4 1, ")
