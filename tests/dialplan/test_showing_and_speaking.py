"""A number is shown grouped, said digit by digit, and found by its key."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat

from clicktodial.dialplan.number import read

CASES = [
    ("+41441234567", "+41 44 123 45 67", "plus 4 1, 4 4, 1 2 3, 4 5, 6 7", "41441234567"),
    ("x4567", "ext. 4567", "extension 4 5 6 7", "4567"),
    ("*21*4567#", "*21*4567#", "star, 2 1, star, 4 5 6 7, hash key", "*21*4567#"),
    (
        "+14085551212 x12",
        "+1 408-555-1212 ext. 12",
        "plus 1, 4 0 8, 5 5 5, 1 2 1 2, then extension 1 2",
        "14085551212",
    ),
    (
        "+41441234567,,9#",
        "+41 44 123 45 67,,9#",
        "plus 4 1, 4 4, 1 2 3, 4 5, 6 7, pause, pause, 9, hash key",
        "41441234567",
    ),
]


@pytest.mark.parametrize(("written", "display", "spoken", "key"), CASES)
def test_a_number_is_shown_said_and_keyed(written, display, spoken, key):
    number = read(written)
    assert (number.display, number.spoken, number.key) == (display, spoken, key)


def test_a_number_is_national_at_home():
    number = read("+41441234567;ext=12")
    assert number.display_in("ch") == "044 123 45 67 ext. 12"
    assert number.display_in("DE") == number.display
    assert read("4567").display_in("CH") == "ext. 4567"


def test_the_country_of_a_shared_code_is_told():
    assert read("+18765550123").region == "JM"
    assert read("+14085551212").region == "US"
    assert read("+80012345678").region == ""
    assert read("4567", region="CH").region == "CH"


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_grouping_agrees_with_the_library(region):
    for kind in (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE):
        example = phonenumbers.example_number_for_type(region, kind)
        if example is None:
            continue
        e164 = phonenumbers.format_number(example, PhoneNumberFormat.E164)
        shown = phonenumbers.format_number(example, PhoneNumberFormat.INTERNATIONAL)
        assert (read(e164).e164, read(e164).display) == (e164, shown)


@given(
    st.sampled_from(sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)),
    st.text(alphabet="0123456789", min_size=2, max_size=14),
)
def test_reading_agrees_with_the_library_wherever_both_see_a_number(code, national):
    written = f"+{code}{national}"
    number = read(written)
    try:
        parsed = phonenumbers.parse(written)
    except phonenumbers.NumberParseException:
        assert number.e164 == ""
        return
    if number.e164:
        assert number.e164 == phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
        reason = phonenumbers.is_possible_number_with_reason(parsed)
        assert reason == phonenumbers.ValidationResult.IS_POSSIBLE
        assert read(number.e164) == number
        assert read(number.display) == number


@given(
    st.sampled_from(["CH", "DE", "US", "GB", "IT", "BR", "AR", "MX", "RU", "AU"]),
    st.text(alphabet="0123456789", min_size=6, max_size=14),
)
def test_a_national_number_is_stable_once_it_is_read(region, national):
    number = read(national, region=region)
    assert read(number.digits, region=region) == number
    assert read(number.display, region="JP" if number.e164 else region) == number
