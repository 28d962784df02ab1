"""The invented company is large, well spread, well formed and always the same."""

from collections import Counter

import pytest

from clicktodial.demo import company, names
from clicktodial.demo.services import every_service
from clicktodial.demo.staff import HEROES, _Hiring, everybody, latin
from clicktodial.dialplan import number

ENTRIES = (*everybody().people, *every_service())


def test_at_least_three_hundred_people_work_in_six_countries():
    people = everybody().people

    assert len(people) >= 300
    assert len({person.site.country for person in people}) >= 6
    assert len({person.site.code for person in people}) >= 8


def test_it_is_the_same_company_every_time():
    assert _Hiring().staff() == _Hiring().staff()


def test_departments_stand_in_three_levels():
    parents = {each.code: each.parent for each in everybody().departments}
    levels = Counter(
        1 + bool(parent) + bool(parents.get(parent, "")) for parent in parents.values()
    )

    assert set(levels) == {1, 2, 3}


def test_everybody_reports_in_the_end_to_one_person():
    managers = {person.id: person.manager for person in everybody().people}
    for person in managers:
        steps = 0
        while managers[person]:
            person, steps = managers[person], steps + 1
            assert steps < 6
        assert person == everybody().people[0].id


def test_every_department_has_exactly_one_head():
    heads = Counter(person.leads for person in everybody().people if person.leads)

    assert heads == dict.fromkeys((each.code for each in everybody().departments), 1)


@pytest.mark.parametrize("field", ["id", "user_id", "email", "extension"])
def test_nobody_shares_what_must_be_unique(field):
    found = Counter(getattr(person, field) for person in everybody().people)

    assert [value for value, times in found.items() if times > 1 or not value] == []


def test_no_two_people_show_the_same_number_as_their_own():
    own = Counter(
        telephone.written
        for person in everybody().people
        for telephone in person.numbers
        if telephone.kind in {"extension", "mobile", "home"}
    )

    assert [written for written, times in own.items() if times > 1] == []


def test_every_number_is_read_as_what_it_is():
    for entry in ENTRIES:
        for telephone in entry.numbers:
            read = number.read(telephone.written, region=entry.site.country)
            inside = telephone.kind == "extension"
            assert read.kind is (number.Kind.EXTENSION if inside else number.Kind.E164), telephone
            if not inside:
                assert read.region == entry.site.country, telephone


def test_no_number_can_ring_a_stranger():
    """Each is in a range kept for fiction, or in one that is given to nobody."""
    kept_for_fiction = ("+442079460", "+447700900", "+33199", "+3363998")
    kept_for_fiction += ("+151255501", "+173755501")
    given_to_nobody = ("+4144000", "+4131000", "+4179000", "+35120", "+35190", "+4812000", "+4840")
    given_to_nobody += ("+9714000", "+97159", "+655550", "+657550", "+8160000", "+81900000")
    for entry in ENTRIES:
        for telephone in entry.numbers:
            e164 = number.read(telephone.written, region=entry.site.country).e164
            assert not e164 or e164.startswith(kept_for_fiction + given_to_nobody), telephone


def test_every_kind_of_number_appears():
    kinds = Counter(telephone.kind for entry in ENTRIES for telephone in entry.numbers)

    assert {"work", "extension", "mobile", "fax", "main", "home"} <= set(kinds)


def test_somebody_is_behind_a_main_number_and_a_bridge_asks_for_its_pin():
    after = {
        telephone.kind: number.read(telephone.written).after
        for entry in ENTRIES
        for telephone in entry.numbers
        if telephone.kind == "main" or "#" in telephone.written
    }

    assert after["main"].isdigit()
    assert after["work"] == ",,1234#"


def test_every_awkward_name_found_a_post():
    hired = {person.name for person in everybody().people}
    missing = [name for several in names.AWKWARD.values() for name in several if name not in hired]

    assert missing == []


def test_the_demo_people_are_where_the_welcome_says():
    people = {person.user_id: person for person in everybody().people}

    for hero in HEROES:
        assert people[hero.user_id].name == hero.name
        assert people[hero.user_id].site.code == hero.site


def test_a_third_or_so_have_a_photo():
    share = sum(person.has_photo for person in everybody().people) / len(everybody().people)

    assert 0.25 < share < 0.45


def test_every_site_tells_the_time_of_its_country():
    zones = {site.country: site.time_zone for site in company.SITES}

    assert zones["JP"] == "Asia/Tokyo"
    assert len(set(zones.values())) >= 6


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Łukasz", "lukasz"), ("Ødegård", "odegard"), ("Groß", "gross"), ("O'Brien", "obrien")],
)
def test_user_ids_are_made_of_plain_letters(name, letters):
    assert latin(name) == letters
