"""What cannot be dialled is refused with a sentence that helps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clicktodial.dialplan.number import NotANumber, Number, read, read_all


def sentence(text, **habits):
    with pytest.raises(NotANumber) as refused:
        read(text, **habits)
    assert str(refused.value).endswith(".")
    return str(refused.value)


@pytest.mark.parametrize("text", ["", "   ", "\n", "-", "()", "+", "\u200b", "~", ",,"])
def test_nothing_is_not_a_number(text):
    assert "no number here" in sentence(text)


@pytest.mark.parametrize("text", ["1" * 65, "4" * 500, " " * 100_000])
def test_a_long_text_is_told_its_length(text):
    assert f"{len(text)} characters" in sentence(text)


@pytest.mark.parametrize("text", ["1" * 31, "+" + "4" * 40, "x" + "1" * 60, "*" * 31])
def test_more_digits_than_any_number_has_are_told(text):
    assert "no phone number has more than 30" in sentence(text)


def test_more_than_a_pin_behind_the_number_is_told():
    assert "more than 23" in sentence("+41441234567,," + "1" * 30)


@pytest.mark.parametrize(
    "text",
    [
        "sip:anna@example.com",
        "sips:4567@example.com",
        "SIP:4567",
        "anna@example.com",
        "4567@10.0.0.1",
        "https://example.com/4567",
        "xmpp:anna@example.com",
    ],
)
def test_an_address_is_told_that_numbers_are_dialled(text):
    assert "address" in sentence(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Hans", "Hans"),
        ("044 123 45 67 Büro", "Büro"),
        ("044 123 45 67 a", "a"),
        ("call me", "call"),
        ("Телефон", "Телефон"),
        ("extension", "extension"),
        ("n/a", "n"),
        ("0x1F", "x"),
        ("12e5", "e"),
        ("Fax 044 123 45 67", "Fax"),
    ],
)
def test_letters_are_named(text, word):
    assert f"“{word}”" in sentence(text, region="CH")


@pytest.mark.parametrize("text", ["044\x00123", "\x07044 123 45 67", "044\x1b[31m", "\ue000123"])
def test_control_characters_are_named_by_code(text):
    assert "unprintable" in sentence(text, region="CH")
    assert "U+" in sentence(text, region="CH")


@pytest.mark.parametrize("text", ["044+123", "++41441234567", "123+", "x+41441234567"])
def test_a_plus_belongs_in_front(text):
    assert "+" in sentence(text, region="CH")


@pytest.mark.parametrize("text", ["044?123", "044 123 45 67 €", "²³", "½44", "{4567}", "=4567"])
def test_other_signs_are_named(text):
    assert "“" in sentence(text, region="CH")


@pytest.mark.parametrize(
    ("text", "region", "offer"),
    [
        ("1-800-FLOWERS", "US", "+1 800-356-9377"),
        ("1 800 flowers", "US", "+1 800-356-9377"),
        ("+1-800-FLOWERS", None, "+1 800-356-9377"),
        ("1-800-FLOWERS", None, "+1 800-356-9377"),
        ("1-800-FLOWERS", "CH", "+1 800-356-9377"),
        ("0800 HELPME", "CH", "+41 800 435 763"),
    ],
)
def test_a_vanity_number_is_offered_and_not_guessed(text, region, offer):
    with pytest.raises(NotANumber) as refused:
        read(text, region=region)
    assert refused.value.offer == offer
    assert offer in str(refused.value)
    assert isinstance(read(offer, region=region), Number)


@pytest.mark.parametrize("text", ["044 123 45 67 Hans", "Hans 044 123 45 67", "4567 OFFICE"])
def test_a_word_beside_a_number_is_no_vanity_number(text):
    with pytest.raises(NotANumber) as refused:
        read(text, region="CH")
    assert "stand for digits" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("Tel. 044 123 45 67 (Desk)", ("044 123 45 67",)),
        ("ask Nora on +41 (0)44 123 45 67 until noon", ("+41 (0)44 123 45 67",)),
        ("desk 044 123 45 67 home 079 123 45 67", ("044 123 45 67", "079 123 45 67")),
        ("Nora (Treasury), 044 123 45 67, ask before noon", ("044 123 45 67",)),
        ("room 4567", ()),
        ("order no 1234567890123456 of today", ()),
        ("tel:javascript:alert(1)", ()),
    ],
)
def test_a_whole_number_among_words_is_offered_and_not_guessed(text, offers):
    with pytest.raises(NotANumber) as refused:
        read(text, region="CH")
    assert refused.value.offers == offers
    assert all(isinstance(read(offer, region="CH"), Number) for offer in offers)


def test_two_numbers_in_a_field_are_offered():
    with pytest.raises(NotANumber) as refused:
        read("044 123 45 67, 079 123 45 67", region="CH")
    assert refused.value.offers == ("044 123 45 67", "079 123 45 67")
    assert refused.value.offer == ""


@given(st.text(max_size=80), st.sampled_from([None, "CH", "US", "DE", "IT", "XX"]))
def test_any_text_is_read_or_refused_and_only_dials_what_a_phone_has(text, region):
    try:
        numbers = read_all(text, region=region)
    except NotANumber:
        return
    for number in numbers:
        assert number.digits.removeprefix("+").strip("0123456789*#") == ""
        assert number.digits.removeprefix("+")
        assert number.after.strip("0123456789*#,;") == ""


@given(
    st.text(alphabet="0123456789+*#xpw,;/ ().-[]&\n", max_size=64)
    | st.from_regex(r"(x|\+41|1)[0-9]{1,60}([,;pwx]{1,2}[0-9]{1,25}){0,2}", fullmatch=True),
    st.sampled_from([None, "CH", "US", "DE", "IT"]),
)
def test_what_is_read_is_shown_and_read_again_the_same(text, region):
    try:
        number = read(text, region=region)
    except NotANumber:
        return
    assert read(number.display, region=region) == number
