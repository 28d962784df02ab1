"""A field with several numbers is taken apart, and one number is left whole."""

import pytest

from clicktodial.dialplan.number import NotANumber, read_all

A, B = "+41441234567", "+41791234567"


@pytest.mark.parametrize(
    "field",
    [
        "044 123 45 67, 079 123 45 67",
        "044 123 45 67,079 123 45 67",
        "044 123 45 67; 079 123 45 67",
        "044 123 45 67;+41791234567",
        "044 123 45 67 / 079 123 45 67",
        "044 123 45 67/079 123 45 67",
        "044/123.45.67 / 079/123.45.67",
        "044 123 45 67/+41 79 123 45 67",
        "044 123 45 67 or 079 123 45 67",
        "044 123 45 67 oder 079 123 45 67",
        "044 123 45 67 & 079 123 45 67",
        "044 123 45 67\n079 123 45 67",
        "044 123 45 67\r\n\r\n079 123 45 67\n",
        "Tel: 044 123 45 67, Mobile: 079 123 45 67",
        "tel:+41441234567, tel:+41791234567",
        "+41 (0)44 123 45 67 | +41 (0)79 123 45 67",
        "044 123 45 67, 079 123 45 67, 044 123 45 67",
    ],
)
def test_two_numbers_are_two(field):
    assert [number.digits for number in read_all(field, region="CH")] == [A, B]


@pytest.mark.parametrize(
    ("field", "digits", "after"),
    [
        ("044/123.45.67", A, ""),
        ("044 / 123 45 67", A, ""),
        ("044 123 45 67, ext. 12", A, "12"),
        ("044 123 45 67,,123#", A, ",,123#"),
        ("044 123 45 67,123456#", A, ",123456#"),
        ("tel:+41441234567;ext=12", A, "12"),
        ("044 123 45 67,", A, ""),
        ("0444/5678", "04445678", ""),
    ],
)
def test_one_number_is_one(field, digits, after):
    (number,) = read_all(field, region="CH")
    assert (number.digits, number.after) == (digits, after)


def test_two_extensions_are_two():
    assert [n.digits for n in read_all("4567/4568", region="CH")] == ["4567", "4568"]
    assert [n.digits for n in read_all("4567, 4568", region="CH")] == ["4567", "4568"]


@pytest.mark.parametrize(
    "field", ["044 123 45 67/68", "+41 44 123 45 67 / 68 / 69", "044/1234567/8"]
)
def test_a_shortened_second_number_is_not_guessed(field):
    with pytest.raises(NotANumber, match="in full"):
        read_all(field, region="CH")


def test_a_field_with_a_fault_in_it_is_refused_as_a_whole():
    with pytest.raises(NotANumber, match="Hans"):
        read_all("044 123 45 67, Hans", region="CH")


@pytest.mark.parametrize("field", ["", " , ", "1" * 5000])
def test_a_field_without_a_number_is_refused(field):
    with pytest.raises(NotANumber):
        read_all(field)
