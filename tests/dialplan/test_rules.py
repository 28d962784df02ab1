"""Rules make the dial string in Unified CM's terms, and every step is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clicktodial.dialplan.number import Kind, NotANumber, read
from clicktodial.dialplan.rules import NotARule, Plan, Plus, Range, Rule, apply

ZURICH = Range("Zurich house", "+41445550000", "+41445559999", keep=4)
BERLIN = Range("Berlin, on net", "+49305550000", "+49305559999", keep=4, prefix="8")
CLASSIC = Plan(ranges=(ZURICH, BERLIN), plus=Plus.REPLACE, outside_prefix="0")


def dialled(text, rules, region="CH"):
    return apply(read(text, region=region), rules).digits


@pytest.mark.parametrize(
    ("rule", "number", "digits"),
    [
        (Rule("all"), "+41441234567", "+41441234567"),
        (Rule("plus", begins_with="+", remove=1, prefix="00"), "+41441234567", "0041441234567"),
        (Rule("home", begins_with="+41", remove=3, prefix="00"), "+41441234567", "00441234567"),
        (Rule("12", digits=12, remove=3, prefix="0"), "+41441234567", "0441234567"),
        (Rule("11", digits=11, remove=3, prefix="0"), "+41441234567", "+41441234567"),
        (Rule("other", begins_with="+49", remove=1, prefix="9"), "+41441234567", "+41441234567"),
        (Rule("site", digits=4, prefix="8"), "4567", "84567"),
        (Rule("ext", kinds=(Kind.EXTENSION,), prefix="8"), "+41441234567", "+41441234567"),
        (Rule("ch", countries=("CH",), remove=3, prefix="0"), "+41441234567", "0441234567"),
        (Rule("jm", countries=("JM",), remove=1), "+18765550123", "18765550123"),
        (Rule("us", countries=("US",), remove=1), "+18765550123", "+18765550123"),
        (Rule("ch", countries=("CH",), prefix="8"), "4567", "4567"),
        (Rule("dot", pattern=r"\+41.XXXXXXXXX", prefix="0"), "+41441234567", "0441234567"),
        (Rule("code", begins_with="*21*", remove=4, prefix="*22*"), "*21*4567#", "*22*4567#"),
    ],
)
def test_a_rule_does_what_unified_cm_would(rule, number, digits):
    assert dialled(number, [rule]) == digits


def test_the_first_rule_that_fits_decides():
    rules = [
        Rule("narrow", begins_with="+4144", remove=1, prefix="1"),
        Rule("wide", begins_with="+41", remove=1, prefix="2"),
        Rule("any", begins_with="+", remove=1, prefix="3"),
    ]
    assert dialled("+41441234567", rules) == "141441234567"
    assert dialled("+41441234567", rules[::-1]) == "341441234567"
    assert apply(read("+41791234567"), rules).steps[0].rule == "wide"


def test_without_rules_a_number_is_dialled_as_it_is_and_that_is_told():
    made = apply(read("+41441234567"), [])
    assert made.digits == "+41441234567"
    assert not made.changed
    assert [step.why for step in made.steps] == ["No rule fits: it is dialled as it is."]


def test_a_step_tells_the_rule_and_its_reason():
    rule = Rule("Home", begins_with="+41", digits=12, remove=3, prefix="00")
    (step,) = apply(read("+41441234567"), [rule]).steps
    assert (step.rule, step.before, step.after) == ("Home", "+41441234567", "00441234567")
    assert step.why == (
        "The number begins with +41 and has 12 digits: "
        "its first 3 digits are removed and 00 goes in front."
    )


def test_a_colleague_is_called_internally():
    assert dialled("+41 44 555 45 67", CLASSIC) == "4567"
    assert dialled("+49 30 5554567", CLASSIC) == "84567"
    assert dialled("+41 44 556 45 67", CLASSIC) == "00041445564567"


def test_a_range_comes_before_every_rule():
    plan = Plan(ranges=(ZURICH,), rules=(Rule("all", begins_with="+", remove=1),))
    assert dialled("+41 44 555 45 67", plan) == "4567"


def test_plus_and_outside_prefix_follow_when_no_rule_fits():
    made = apply(read("+41441234567"), CLASSIC)
    assert [step.after for step in made.steps] == ["0041441234567", "00041441234567"]
    assert made.display == "0 0041 44 123 45 67"


def test_home_numbers_are_dialled_nationally_where_the_plan_says_so():
    plan = Plan(plus=Plus.REPLACE, home_code="41", outside_prefix="0")
    assert dialled("+41441234567", plan) == "00441234567"
    assert apply(read("+41441234567"), plan).display == "0 044 123 45 67"
    assert dialled("+49301234567", plan) == "00049301234567"


@pytest.mark.parametrize("text", ["4567", "*21*4567#", "044 123", "112"])
def test_only_public_numbers_get_the_outside_prefix(text):
    assert dialled(text, CLASSIC) == read(text, region="CH").digits


def test_a_rule_that_would_bury_a_plus_is_passed_over_and_told():
    made = apply(read("+41441234567"), [Rule("Nine", digits=12, prefix="9")])
    assert made.digits == "+41441234567"
    assert made.steps[0].rule == "Nine"
    assert "cannot be dialled" in made.steps[0].why


def test_a_rule_that_would_remove_everything_is_passed_over_and_told():
    made = apply(read("4567"), [Rule("Ten", remove=10, prefix="9"), Rule("Next", prefix="8")])
    assert made.digits == "84567"
    assert [step.rule for step in made.steps] == ["Ten", "Next"]


def test_what_follows_the_number_is_never_dialled():
    assert dialled("+41441234567,,123#", CLASSIC) == "00041441234567"


@pytest.mark.parametrize(
    ("make", "place"),
    [
        (lambda: Rule(""), "name"),
        (lambda: Rule("a", begins_with="0x"), "begins_with"),
        (lambda: Rule("a", begins_with="4+"), "begins_with"),
        (lambda: Rule("a", begins_with="1" * 101), "begins_with"),
        (lambda: Rule("a", begins_with="١٢"), "begins_with"),
        (lambda: Rule("a", digits=0), "digits"),
        (lambda: Rule("a", begins_with="+41", digits=2), "digits"),
        (lambda: Rule("a", remove=-1), "remove"),
        (lambda: Rule("a", digits=4, remove=4), "remove"),
        (lambda: Rule("a", prefix="9,"), "prefix"),
        (lambda: Rule("a", begins_with="+41", prefix="9"), "prefix"),
        (lambda: Rule("a", pattern="(1+)+"), "pattern"),
        (lambda: Rule("a", pattern="9.X!", remove=1), "remove"),
        (lambda: Rule("a", countries=("Swiss",)), "countries"),
        (lambda: Range("a", "4000", "4999", 4), "first"),
        (lambda: Range("a", "+41445550000", "+4144555999", 4), "last"),
        (lambda: Range("a", "+41445559999", "+41445550000", 4), "last"),
        (lambda: Range("a", "+41445550000", "+41445559999", 0), "keep"),
        (lambda: Range("a", "+41445550000", "+41445559999", 3), "keep"),
        (lambda: Range("a", "+41445550000", "+41445559999", 4, prefix="+"), "prefix"),
        (lambda: Plan(outside_prefix="0"), "outside_prefix"),
        (lambda: Plan(home_code="+41"), "home_code"),
        (lambda: Plan(international_prefix="00 "), "international_prefix"),
    ],
)
def test_what_cannot_work_is_refused_by_its_field(make, place):
    with pytest.raises(NotARule) as refused:
        make()
    assert refused.value.place == place
    assert str(refused.value).endswith(".")


SIGNS = st.text(alphabet="0123456789*#", max_size=4)
PATTERNS = st.sampled_from(["", "", "!", r"\+!", "X!", r"\+41.X!", "[1-5]XXX", "*!", "0.!"])


@st.composite
def any_rule(draw):
    fields = {
        "begins_with": draw(st.sampled_from(["", "", "+", "+4", "0", "4", "*"])),
        "digits": draw(st.none() | st.integers(0, 14)),
        "remove": draw(st.integers(0, 6)),
        "prefix": draw(st.sampled_from(["", "+"])) + draw(SIGNS),
        "pattern": draw(PATTERNS),
        "kinds": tuple(draw(st.lists(st.sampled_from(list(Kind)), max_size=2))),
        "countries": tuple(draw(st.lists(st.sampled_from(["CH", "DE", "US"]), max_size=1))),
    }
    try:
        return Rule(f"rule {draw(st.integers(0, 99))}", **fields)
    except NotARule:
        return Rule("plain")


PLANS = st.builds(
    Plan,
    ranges=st.lists(st.sampled_from([ZURICH, BERLIN]), max_size=2).map(tuple),
    rules=st.lists(any_rule(), max_size=8).map(tuple),
    plus=st.just(Plus.REPLACE),
    home_code=st.sampled_from(["", "41", "1"]),
    outside_prefix=SIGNS,
    international_prefix=SIGNS,
    national_prefix=SIGNS,
)
TEXTS = st.sampled_from(["+41445554567", "4567", "*21*4567#", "+14085551212", "0"]) | st.text(
    alphabet="+0123456789*#", min_size=1, max_size=16
)


@given(TEXTS, PLANS)
def test_no_plan_makes_digits_that_were_not_shown(text, plan):
    try:
        number = read(text, region="CH")
    except NotANumber:
        return
    made = apply(number, plan)
    assert made.steps[0].before == number.digits
    assert made.steps[-1].after == made.digits
    for step, following in zip(made.steps, made.steps[1:], strict=False):
        assert step.after == following.before
    assert made.digits
    assert made.digits.removeprefix("+").strip("0123456789*#") == ""
    assert "".join(sign for sign in made.display if sign in "+*#0123456789") == made.digits
    assert apply(number, plan) == made


@given(TEXTS, st.lists(any_rule(), max_size=8))
def test_the_rule_that_is_told_is_the_first_that_fits(text, rules):
    try:
        number = read(text, region="CH")
    except NotANumber:
        return
    fitting = [rule.name for rule in rules if rule.fits(number)]
    told = [step.rule for step in apply(number, rules).steps if step.rule]
    assert told == fitting[: len(told)]
    assert bool(told) == bool(fitting)
