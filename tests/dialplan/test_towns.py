"""Where an area code belongs, as far as the first digits tell."""

import pytest

from clicktodial.dialplan import towns
from clicktodial.dialplan.number import read


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("+41 44 668 18 00", "Zurich"),
        ("+44 161 496 0000", "Manchester"),
        ("+44 20 7946 0018", "London"),
        ("+49 89 123456", "Munich"),
        ("+81 6 6012 3456", "Osaka, Osaka"),
        ("+1 212 736 5000", "New York, NY"),
        ("+1 512 736 5000", "Texas"),
        ("+33 1 42 34 56 78", "Paris"),
        ("+61 2 9374 4000", "Sydney"),
        ("+55 11 2345 6789", "São Paulo"),
        ("+86 10 6552 9988", "Beijing"),
    ],
)
def test_a_fixed_line_tells_its_town_or_region(text, town):
    assert towns.of(read(text)) == town


@pytest.mark.parametrize(
    "text",
    [
        "+41 79 123 45 67",  # a mobile, which moves about
        "+86 138 0013 8000",
        "+41 800 123 456",  # free of charge, from wherever
        "+65 6123 4567",  # a country without area codes
        "4567",
        "117",
    ],
)
def test_what_belongs_to_no_town_tells_none(text):
    assert towns.of(read(text, region="CH")) == ""


@pytest.mark.parametrize(
    ("language", "town"), [("de", "München"), ("", "Munich"), ("xx", "Munich")]
)
def test_a_town_has_its_name_in_the_readers_language_where_that_is_known(language, town):
    assert towns.of(read("+49 89 123456"), language=language) == town


def test_the_table_stands_in_the_order_that_it_is_searched_by():
    lines = towns.TABLE.read_text("utf-8").splitlines()
    found = [line.split("|") for line in lines if not line.startswith("#")]
    beginnings = [beginning for beginning, *_names in found]
    assert beginnings == sorted(set(beginnings))
    assert all(beginning.isdecimal() and all(names) for beginning, *names in found)
    assert len(found) > 20_000
