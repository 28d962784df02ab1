"""What people and other systems write is read as what they mean."""

import csv
from pathlib import Path

import pytest

from clicktodial.dialplan.number import Kind, read

with Path(__file__).with_name("numbers.csv").open(encoding="utf-8", newline="") as table:
    ROWS = [tuple(row.values()) for row in csv.DictReader(table)]


@pytest.mark.parametrize(("region", "written", "kind", "digits", "after"), ROWS)
def test_a_written_number_is_read(region, written, kind, digits, after):
    number = read(written, region=region or None)
    assert (number.kind, number.digits, number.after) == (kind, digits, after)


@pytest.mark.parametrize(("region", "written"), [row[:2] for row in ROWS])
def test_its_display_is_read_as_the_same_number(region, written):
    number = read(written, region=region or None)
    assert read(number.display, region=region or None) == number


def test_the_table_holds_hundreds_of_rows_from_many_countries():
    assert len(ROWS) > 400
    assert len({row[0] for row in ROWS}) > 60


def test_what_was_written_is_kept():
    assert read(" 044/123.45.67 ", region="CH").written == " 044/123.45.67 "


def test_numbers_are_equal_when_the_same_is_dialled_and_the_same_follows():
    assert read("044 123 45 67", region="CH") == read("+41441234567")
    assert read("+41441234567,1") != read("+41441234567")


def test_extension_lengths_decide_what_a_bare_number_is():
    assert read("4567", region="CH", extension_lengths=(3,)).kind is Kind.DIGITS
    assert read("5551212", region="US", extension_lengths={7}).kind is Kind.EXTENSION
    assert read("x4567", region="CH", extension_lengths=(3,)).kind is Kind.EXTENSION


def test_a_number_that_fits_no_country_is_left_alone_and_doubted():
    number = read("+41 44 123")
    assert (number.kind, number.digits) == (Kind.DIGITS, "+4144123")
    assert number.doubt == "The number of digits does not fit the country."


def test_a_local_number_without_its_area_code_is_not_guessed():
    number = read("1234567", region="DE")
    assert (number.kind, number.digits) == (Kind.DIGITS, "1234567")
    assert "area code" in number.doubt


def test_an_extension_is_never_doubted():
    assert read("4567", region="CH").doubt == ""
