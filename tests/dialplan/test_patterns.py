"""Patterns in Unified CM's wildcards fit what they say, in time linear in the number."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clicktodial.dialplan.pattern import NotAPattern, Pattern


class Counted(str):
    """Digits that count how often one of them is looked at."""

    looks = 0

    def __iter__(self):
        for sign in super().__iter__():
            self.looks += 1
            yield sign


@pytest.mark.parametrize(
    ("pattern", "fitting", "other"),
    [
        ("4567", ["4567"], ["456", "45678", "4568", ""]),
        ("45XX", ["4500", "4599"], ["4600", "45*0", "450"]),
        ("0!", ["01", "0123456"], ["0", "1", "0*"]),
        ("!", ["0", "999"], ["", "*", "+1"]),
        ("!5!", ["151", "555", "1251"], ["55", "15", "5"]),
        ("[2-5]X", ["20", "59"], ["10", "60"]),
        ("[27]", ["2", "7"], ["3", "27"]),
        ("[^2-5]X", ["10", "60"], ["20", "*0"]),
        ("[*#]X", ["*1", "#1"], ["11"]),
        (r"\+41!", ["+411", "+41441234567"], ["+41", "0041", "41441234567"]),
        ("*21*!#", ["*21*4567#"], ["*21*#", "21*4567#"]),
        ("9.1XX", ["9112"], ["112", "9.112"]),
    ],
)
def test_a_pattern_fits_what_it_says(pattern, fitting, other):
    made = Pattern(pattern)
    assert [made.fits(digits) for digits in fitting] == [True] * len(fitting)
    assert [made.fits(digits) for digits in other] == [False] * len(other)


def test_the_dot_says_what_is_removed_and_the_head_what_all_begin_with():
    assert (Pattern(r"\+41.X!").removes, Pattern(r"\+41.X!").head) == (3, "+41")
    assert (Pattern("X!").removes, Pattern("X!").head) == (0, "")
    assert Pattern("[4]5!").head == "45"


@pytest.mark.parametrize(
    ("pattern", "hint"),
    [
        ("", "1 to 100"),
        ("1" * 101, "1 to 100"),
        (".", "dot"),
        ("9.", "dot"),
        (".9", "dot"),
        ("9.1.1", "second dot"),
        ("!.1", "fixed"),
        ("1+", "\\+"),
        (r"1\+", "front"),
        ("(a|a)*", "sign 1"),
        ("9.@", "“@”"),
        ("[12", "never closed"),
        ("[]", "leaves no digit"),
        ("[^0-9]", "leaves no digit"),
        ("[5-2]", "must be digits"),
        ("[a-z]", "must be digits"),
        ("[1-]", "must be digits"),
        ("\\", "sign 1"),
        ("1 2", "sign 2"),
        ("٤٥", "sign 1"),
    ],
)
def test_what_is_no_pattern_is_refused_with_its_place(pattern, hint):
    with pytest.raises(NotAPattern, match=re.escape(hint)):
        Pattern(pattern)


PIECES = st.sampled_from(["1", "2", "X", "!", "[2-5]", "[^1]", "*", "#"])


def as_expression(pieces):
    told = {"X": "[0-9]", "!": "[0-9]+", "*": r"\*", "[^1]": "[02-9]"}
    return "".join(told.get(piece, piece) for piece in pieces)


@given(st.lists(PIECES, min_size=1, max_size=5), st.text(alphabet="12359*#", max_size=7))
def test_a_pattern_agrees_with_the_expression_it_stands_for(pieces, digits):
    expected = re.fullmatch(as_expression(pieces), digits) is not None
    assert Pattern("".join(pieces)).fits(digits) is expected


@given(
    st.lists(st.sampled_from(["!", "!X", "X!", "[1-3]!", "1!"]), min_size=1, max_size=16),
    st.integers(0, 3000),
)
def test_every_digit_is_looked_at_no_more_than_once(pieces, size):
    digits = Counted("1" * size + "#")
    Pattern("".join(pieces)).fits(digits)
    assert digits.looks <= size + 1


def test_a_hopeless_number_is_left_at_its_first_wrong_digit():
    digits = Counted("2" * 5000)
    assert not Pattern("1!").fits(digits)
    assert digits.looks == 1
