"""The client matter is found by name, among one's recent ones, or stands there already."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model

from clicktodial.dialing import matters
from clicktodial.dialing.models import ClientMatter, Cluster, MatterUse, ProtectedNumber
from clicktodial.dialplan.number import read
from tests.dialing.scene import PROTECTED


@pytest.fixture
def asks(clusters: dict[str, Cluster]) -> None:
    ProtectedNumber.objects.create(cluster=clusters["west"], begins_with="5", asks_cmc=True)


@pytest.fixture
def many(clusters: dict[str, Cluster]) -> None:
    names = [f"{town} {year}" for town in ("Basel", "Chur", "Genf") for year in range(1950, 2020)]
    ClientMatter.objects.bulk_create(
        ClientMatter(code=f"{1000 + place}", name=name) for place, name in enumerate(names)
    )


def offered(page: Any) -> list[str]:
    return re.findall(r'name="cmc" value="(\d+)"', page.content.decode())


def chosen(page: Any) -> list[str]:
    return re.findall(r'name="cmc" value="(\d+)" checked', page.content.decode())


def call(browser: Any, number: str, code: str) -> None:
    browser.post("/dial/", {"number": number, "click": uuid4(), "shown": number, "cmc": code})


def test_a_search_offers_what_it_finds_and_keeps_the_number(
    ada: Any, asks: None, many: None, browser_of: Any
) -> None:
    page = browser_of(ada).get("/dial/", {"number": PROTECTED, "matter": "chur 195"})
    assert len(offered(page)) == 10
    assert f'name="number" value="{PROTECTED}"' in page.content.decode()


def test_a_search_by_code_finds_by_its_beginning(
    ada: Any, asks: None, many: None, browser_of: Any
) -> None:
    page = browser_of(ada).get("/dial/", {"number": PROTECTED, "matter": "1007"})
    assert offered(page) == ["1007"]


def test_a_search_that_finds_nothing_says_so(
    ada: Any, asks: None, many: None, browser_of: Any
) -> None:
    page = browser_of(ada).get("/dial/", {"number": PROTECTED, "matter": "<b>x"})
    assert "Nothing found for “&lt;b&gt;x”." in page.content.decode()


def test_too_many_found_are_said_to_be_too_many(
    ada: Any, asks: None, many: None, browser_of: Any
) -> None:
    page = browser_of(ada).get("/dial/", {"number": PROTECTED, "matter": "basel"})
    assert len(offered(page)) == matters.MOST_FOUND
    assert "More than 20 found" in page.content.decode()


def test_ones_recent_ones_come_without_a_search_the_latest_first(
    ada: Any, asks: None, many: None, browser_of: Any
) -> None:
    browser = browser_of(ada)
    for number, code in (("5001", "1003"), ("5002", "1001"), ("5003", "1002")):
        call(browser, number, code)
    page = browser.get("/dial/", {"number": "5009"})
    assert offered(page) == ["1002", "1001", "1003"]
    assert chosen(page) == []


def test_the_one_used_last_for_a_number_is_chosen_beforehand(
    ada: Any, asks: None, many: None, browser_of: Any
) -> None:
    browser = browser_of(ada)
    call(browser, "5001", "1003")
    call(browser, "5002", "1001")
    page = browser.get("/dial/", {"number": "5001"})
    assert chosen(page) == ["1003"]
    assert "Last used for this number" in page.content.decode()
    call(browser, "5001", "1001")
    assert chosen(browser.get("/dial/", {"number": "5001"})) == ["1001"]


def test_what_somebody_else_used_is_their_own(
    ada: Any, bruno: Any, asks: None, many: None, browser_of: Any
) -> None:
    ClientMatter.objects.get(code="1003").use(bruno, "5001")
    assert offered(browser_of(ada).get("/dial/", {"number": "5001"})) == []


def test_a_few_are_all_offered_at_once(ada: Any, asks: None, browser_of: Any) -> None:
    ClientMatter.objects.create(code="7", name="One")
    ClientMatter.objects.create(code="8", name="Two")
    ClientMatter.objects.create(code="9", name="Closed", is_active=False)
    assert offered(browser_of(ada).get("/dial/", {"number": "5001"})) == ["7", "8"]


def test_one_number_of_one_person_has_one_last_matter(many: None) -> None:
    user = get_user_model().objects.create_user("eva")
    for code in ("1001", "1002"):
        matters.remember(user, read("+41 44 668 18 00"), cmc=code)
    assert MatterUse.objects.get().matter.code == "1002"
