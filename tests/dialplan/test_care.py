"""Emergency and premium numbers are known per country, and so is the time zone there."""

import subprocess
import sys
from zoneinfo import ZoneInfo

import phonenumbers
import pytest

from clicktodial.dialplan import care, zones
from clicktodial.dialplan.care import Care
from clicktodial.dialplan.number import read


def of(text, region, **where):
    return care.of(read(text, region=region), region=region or "", **where)


@pytest.mark.parametrize(
    ("region", "text"),
    [
        ("CH", "112"),
        ("CH", "117"),
        ("CH", "118"),
        ("CH", "144"),
        ("CH", "x117"),
        ("CH", "+41 117"),
        ("DE", "110"),
        ("GB", "999"),
        ("US", "911"),
        ("AU", "000"),
        ("JP", "119"),
        ("IN", "108"),
        ("SG", "995"),
        (None, "112"),
        (None, "911"),
    ],
)
def test_emergency_numbers_ask_first(region, text):
    assert of(text, region) is Care.EMERGENCY
    assert Care.EMERGENCY.asks_first


def test_an_emergency_number_is_known_behind_the_outside_prefix():
    assert of("0112", "CH", outside_prefix="0") is Care.EMERGENCY
    assert of("9911", "US", outside_prefix="9") is Care.EMERGENCY
    assert of("0112", "CH", outside_prefix="9") is Care.ORDINARY


def test_an_emergency_number_is_known_in_what_the_rules_made():
    assert of("4567", "CH", dialled="117") is Care.EMERGENCY
    assert of("4567", "CH", outside_prefix="0", dialled="0117") is Care.EMERGENCY


def test_the_country_where_the_phone_stands_decides():
    number = read("999", region="GB")
    assert care.of(number, region="GB") is Care.EMERGENCY
    assert care.of(number, region="CH") is Care.ORDINARY
    assert care.of(number) is Care.EMERGENCY


@pytest.mark.parametrize(
    ("region", "text", "expected"),
    [
        ("CH", "0900 123 456", Care.PREMIUM),
        ("DE", "0900 3 123456", Care.PREMIUM),
        ("GB", "0909 879 0000", Care.PREMIUM),
        ("US", "1 900 234 5678", Care.PREMIUM),
        (None, "+41 900 123 456", Care.PREMIUM),
        ("CH", "0840 123 456", Care.SHARED_COST),
        ("CH", "0800 123 456", Care.TOLL_FREE),
        ("US", "1 800 234 5678", Care.TOLL_FREE),
        (None, "+800 1234 5678", Care.TOLL_FREE),
        ("CH", "044 123 45 67", Care.ORDINARY),
        ("CH", "4567", Care.ORDINARY),
        ("CH", "1121", Care.ORDINARY),
        ("CH", "*21*4567#", Care.ORDINARY),
    ],
)
def test_what_a_call_costs_is_known(region, text, expected):
    assert of(text, region) is expected


def test_a_short_premium_number_is_told_from_a_colleague_by_the_outside_prefix():
    assert of("1811", "CH", outside_prefix="0") is Care.ORDINARY
    assert of("01811", "CH", outside_prefix="0") is Care.PREMIUM


def test_only_emergency_and_premium_ask_first():
    assert {care for care in Care if care.asks_first} == {Care.EMERGENCY, Care.PREMIUM}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("+65 6123 4567", "Asia/Singapore"),
        ("+41 44 123 45 67", "Europe/Zurich"),
        ("+91 98765 43210", "Asia/Kolkata"),
        ("+1 876 555 0123", "America/Jamaica"),
    ],
)
def test_the_time_zone_at_the_other_end_is_told(text, name):
    assert care.zone(read(text)) == name


@pytest.mark.parametrize("text", ["+1 408 555 1212", "+7 495 123 45 67", "+800 1234 5678", "4567"])
def test_no_time_is_guessed_where_a_country_has_several_or_none_is_known(text):
    assert care.zone(read(text, region="CH")) == ""


def test_every_zone_of_the_table_exists():
    for region in phonenumbers.SUPPORTED_REGIONS:
        if name := zones.of(region):
            assert ZoneInfo(name).key == name


def test_the_heavy_parts_of_the_library_stay_out_of_memory():
    program = (
        "import sys, clicktodial.dialplan.care as care, clicktodial.dialplan.exchange\n"
        "from clicktodial.dialplan import number\n"
        "care.of(number.read('+65 6123 4567')); care.zone(number.read('+65 6123 4567'))\n"
        "bad = {'phonenumbers.' + n for n in ('geocoder', 'carrier', 'timezone')} | {'django'}\n"
        "sys.exit(' '.join(bad & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
