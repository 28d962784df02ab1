"""Whose number is this? Direct, through a range of one's own numbers, behind a main number."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from clicktodial.dialing.models import Cluster, Contact, DialPlan, NumberRange
from clicktodial.dialplan import number as numbers
from directory import owners
from directory.models import Person
from directory.owners import How
from directory.visibility import viewer_of
from tests.directory.conftest import Company

MAIN = "+41 44 234 40 00"


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def zurich_direct(company: Company) -> NumberRange:
    """+41 44 234 4000 to 4999 are the extensions 4000 to 4999 of Zurich."""
    company.zurich.code = "ZRH"
    company.zurich.save()
    cluster = Cluster.objects.create(name="europe")
    plan = DialPlan.objects.create(cluster=cluster, name="Zurich", location="ZRH")
    return NumberRange.objects.create(
        plan=plan, name="Zurich, direct", first="+41442344000", last="+41442344999", keep=4
    )


@pytest.fixture
def eva(company: Company) -> Person:
    return company.add("Eva", "Müller", ("extension", "4567"), location=company.zurich)


@pytest.fixture
def reception(company: Company) -> Person:
    return company.add("", "Reception", ("main", MAIN), kind="service", location=company.zurich)


def asked(text: str, user: Any) -> owners.Identified:
    return owners.identify(text, viewer=viewer_of(user))


def named(found: owners.Identified) -> list[tuple[str, How]]:
    return [(owner.name, owner.how) for owner in found.owners]


def test_a_public_number_of_a_range_finds_who_has_the_extension(
    zurich_direct: NumberRange, eva: Person, user: Any
) -> None:
    found = asked("044 234 45 67", user)
    assert named(found) == [("Eva Müller", How.RANGE)]
    assert [each.location for each in found.ranges] == ["Zürich HQ"]


def test_the_same_extension_elsewhere_is_somebody_else(
    zurich_direct: NumberRange, company: Company, user: Any
) -> None:
    company.add("Jun", "Mori", ("extension", "4567"), location=company.singapore)
    company.add("No", "Place", ("extension", "4567"))
    assert asked("044 234 45 67", user).owners == ()


def test_an_extension_finds_who_has_the_public_number(
    zurich_direct: NumberRange, company: Company, user: Any
) -> None:
    company.add("Eva", "Müller", ("work", "+41 44 234 45 67"), location=company.zurich)
    assert named(asked("4567", user)) == [("Eva Müller", How.RANGE)]


def test_a_range_with_a_prefix_is_dialled_with_it_and_not_without(
    zurich_direct: NumberRange, company: Company, user: Any
) -> None:
    zurich_direct.prefix = "8"
    zurich_direct.save()
    company.add("Eva", "Müller", ("work", "+41 44 234 45 67"), location=company.zurich)
    assert named(asked("84567", user)) == [("Eva Müller", How.RANGE)]
    assert named(asked("4567", user)) == []


def test_a_plan_for_all_other_places_does_not_speak_for_one_with_its_own(
    zurich_direct: NumberRange, company: Company, eva: Person, user: Any
) -> None:
    plan = DialPlan.objects.create(cluster=Cluster.objects.get(), name="Others", location="")
    NumberRange.objects.create(
        plan=plan, name="Others", first="+41315554000", last="+41315554999", keep=4
    )
    company.add("Jun", "Mori", ("extension", "4567"), location=company.singapore)
    assert named(asked("+41315554567", user)) == [("Jun Mori", How.RANGE)]


def test_an_own_number_of_nobody_says_in_which_range_it_lies(
    page: Client, zurich_direct: NumberRange
) -> None:
    answer = page.get("/who/", {"number": "+41442344999"})
    assertContains(answer, "Nobody is listed with this number.")
    assertContains(answer, "in the range “Zurich, direct” of Zürich HQ")
    assertNotContains(page.get("/who/", {"number": "+41442345000"}), "Zurich, direct")


@pytest.mark.parametrize("text", [f"{MAIN} ext. 4567", "0442344000x4567"])
def test_a_main_number_with_an_extension_names_both(
    text: str, company: Company, reception: Person, eva: Person, user: Any
) -> None:
    company.add("Jun", "Mori", ("extension", "4567"), location=company.singapore)
    assert named(asked(text, user)) == [("Eva Müller", How.BEHIND), ("Reception", How.MAIN)]


def test_a_number_listed_with_its_extension_is_that_persons(company: Company, user: Any) -> None:
    company.add("Anna", "Frei", ("work", f"{MAIN} ext. 12"), location=company.zurich)
    company.add("Bo", "Li", ("work", f"{MAIN} ext. 13"), location=company.zurich)
    assert named(asked(f"{MAIN} ext. 12", user))[0] == ("Anna Frei", How.LISTED)
    assert ("Bo Li", How.LISTED) not in named(asked(f"{MAIN} ext. 12", user))


def test_a_stranger_among_the_numbers_of_one_place_looks_like_it(
    company: Company, user: Any
) -> None:
    for digits in ("1000", "1001"):
        company.add("A", digits, ("work", f"+41 44 668 {digits}"), location=company.zurich)
    assert asked("+41 44 668 18 99", user).looks_like == "Zürich HQ"
    assert asked("+41 44 669 18 99", user).looks_like == ""
    company.add("B", "2", ("work", "+41 44 668 10 02"), location=company.singapore)
    assert asked("+41 44 668 18 99", user).looks_like == ""


def test_a_stranger_from_elsewhere_looks_like_the_town_of_its_area_code(
    company: Company, page: Client, user: Any
) -> None:
    answer = page.get("/who/", {"number": "+44 161 496 0000"})
    assertContains(answer, "It looks like Manchester by its area code.")
    assertContains(answer, "United Kingdom, fixed line")
    with translation.override("de"):
        found = asked("+41 44 669 18 99", user)
        assert (found.town, found.country) == ("Zürich", "Schweiz")
    for digits in ("1000", "1001"):
        company.add("A", digits, ("work", f"+41 44 668 {digits}"), location=company.zurich)
    assert asked("+41 44 668 18 99", user).town == ""  # a location of one's own is nearer
    assert asked("+41 44 668 10 00", user).town == ""


def test_country_and_kind_are_said_as_far_as_they_are_known(page: Client) -> None:
    assertContains(page.get("/who/", {"number": "+44 7400 123456"}), "United Kingdom, mobile")
    answer = page.get("/who/", {"number": "+1 212 555 2368"})
    assertContains(answer, '<p class="muted">United States</p>', html=True)


def test_a_hidden_number_is_nobodys_by_every_way(
    zurich_direct: NumberRange, company: Company, reception: Person, user: Any
) -> None:
    company.add("Eva", "Müller", ("extension", "4567", "nobody"), location=company.zurich)
    company.add("Bo", "Li", ("mobile", "+41 79 222 33 44", "nobody"))
    for text in ("+41442344567", "4567", "+41792223344"):
        assert asked(text, user).owners == ()
    assert named(asked(f"{MAIN} ext. 4567", user)) == [("Reception", How.MAIN)]


def test_the_page_offers_to_dial_and_to_keep_a_stranger(page: Client, db: None) -> None:
    answer = page.get("/who/", {"number": "+44 20 7946 0000"})
    assertContains(answer, 'href="/dial/contacts/add/?number=%2B44%2020%207946%200000"')
    assertContains(answer, "/dial/?number=%2B44+20+7946+0000")


def test_a_contact_of_ones_own_is_named_and_nobody_elses(
    page: Client, user: Any, boss: Any
) -> None:
    Contact.objects.add(user, "The garage", numbers.read("+442079460000"))
    Contact.objects.add(boss, "Secret affair", numbers.read("+442079460000"))
    answer = page.get("/who/", {"number": "020 7946 0000".replace("0", "+44 ", 1)})
    assertContains(answer, "The garage")
    assertNotContains(answer, "Secret affair")


def test_what_is_no_number_is_told_in_a_sentence(page: Client, db: None) -> None:
    answer = page.get("/who/", {"number": "nobody knows"})
    assert answer.status_code == 422
    assertContains(answer, 'id="number-problem"', status_code=422)


def test_digits_that_find_nobody_are_told_about_in_the_search(
    page: Client, zurich_direct: NumberRange, reception: Person, eva: Person
) -> None:
    assertContains(page.get("/", {"q": "044 234 45 67"}), "Eva Müller")
    assertContains(page.get("/", {"q": f"{MAIN} ext. 4567"}), "Eva Müller")
    stranger = page.get("/", {"q": "+44 20 7946 0000"}, headers={"X-Fragment": "results"})
    assertContains(stranger, "United Kingdom")
    assertContains(stranger, "Save as my contact")
    assertContains(page.get("/", {"q": "9999999"}), "What was tried:")


def test_a_million_ranges_or_owners_cost_no_more_queries(
    company: Company, zurich_direct: NumberRange, user: Any, django_assert_max_num_queries: Any
) -> None:
    for each in range(30):
        company.add("A", f"B{each}", ("main", MAIN), location=company.zurich)
        NumberRange.objects.create(
            plan=zurich_direct.plan, name=f"r{each}", first="+41442344000", last="+41442344999",
            keep=4,
        )  # fmt: skip
    viewer = viewer_of(user)
    with django_assert_max_num_queries(5):
        found = owners.identify(f"{MAIN} ext. 99", viewer=viewer)
    assert len(found.owners) == owners.MOST_OWNERS
