"""FAC and CMC go behind the number for the one who sends them, and are shown to nobody."""

import copy
import pickle
import traceback

import pytest

from clicktodial.dialplan.codes import Fac, NotACode, append


@pytest.mark.parametrize(
    ("fac", "cmc", "hash_sign", "sent"),
    [
        ("111", "", True, "5555111#"),
        ("", "222", True, "5555222#"),
        ("111", "222", True, "5555111222#"),
        ("111", "222", False, "5555111222"),
        ("", "", True, "5555"),
        (" 111 ", " 222 ", True, "5555111222#"),
    ],
)
def test_codes_follow_the_number_as_the_guide_says(fac, cmc, hash_sign, sent):
    made = append("5555", fac=Fac(fac) if fac else None, cmc=cmc, hash_sign=hash_sign)
    assert made.reveal() == sent
    assert made.digits == "5555"
    assert made.has_codes == (sent != "5555")


@pytest.mark.parametrize("show", [str, repr, "{}".format, "{:>40}".format, lambda v: f"{[v]}"])
def test_no_code_is_ever_printed(show):
    assert "98765" not in show(Fac("98765"))
    made = append("5555", fac=Fac("98765"), cmc="43210")
    assert "98765" not in show(made)
    assert "43210" not in show(made)
    assert "5555" in show(made)


@pytest.mark.parametrize("leave", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_code_is_not_stored(leave):
    with pytest.raises(TypeError):
        leave(Fac("98765"))
    with pytest.raises(TypeError):
        leave(append("5555", fac=Fac("98765")))


@pytest.mark.parametrize("text", ["", "abc", "98765a", "1" * 17, "٩٨٧", "12 34", "12#"])
def test_what_is_no_code_is_refused_without_repeating_it(text):
    with pytest.raises(NotACode) as refused:
        Fac(text)
    assert text == "" or text not in "".join(traceback.format_exception_only(refused.value))


def test_codes_are_compared_by_value_and_are_no_keys():
    assert Fac("111") == Fac("111")
    assert Fac("111") != Fac("112")
    assert Fac("111") != "111"
    with pytest.raises(TypeError):
        hash(Fac("111"))
