"""Outside working hours the time there stands at each number, in lists and on the person page."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from directory import lookup
from directory.models import Favourite, Location
from tests.directory.conftest import Company

NIGHT = datetime(2026, 3, 4, 18, 40, tzinfo=UTC)  # 02:40 in Singapore, 19:40 in Zurich
DAY = datetime(2026, 3, 4, 8, 5, tzinfo=UTC)  # 16:05 in Singapore, 9:05 in Zurich
SUNDAY = datetime(2026, 3, 8, 6, 40, tzinfo=UTC)  # 14:40 in Singapore


def shown(page: Client, path: str, when: datetime) -> str:
    with time_machine.travel(when, tick=False):
        return page.get(path).content.decode()


@pytest.fixture
def wei(company: Company, user: Any) -> Any:
    wei = company.add(
        "Wei", "Tan", ("work", "+65 6123 4567"), ("mobile", "+41 79 123 45 67"),
        location=company.singapore, department=company.it,
    )  # fmt: skip
    Favourite.objects.create(user=user, person=wei)
    return wei


@pytest.mark.parametrize("path", ["/?q=wei", "/", "/favourites/", "place", "department", "person"])
def test_the_time_stands_at_every_number(
    page: Client, company: Company, wei: Any, path: str
) -> None:
    path = {
        "place": reverse("directory:location", args=[company.singapore.pk]),
        "department": reverse("directory:department", args=[company.it.pk]),
        "person": wei.get_absolute_url(),
    }.get(path, path)
    night = shown(page, path, NIGHT)
    assert night.count('<span class="dial-off">02:40 in Singapore</span>') == 2
    assert night.count(', 02:40 in Singapore"') == 2  # the links' accessible names
    assert "dial-off" not in shown(page, path, DAY)
    assert "Sunday, 14:40 in Singapore" in shown(page, path, SUNDAY)


@pytest.mark.parametrize("path", ["/?q=wei", "/", "/favourites/", "place", "department", "person"])
def test_somebodys_own_hours_count_before_the_places(
    page: Client, company: Company, wei: Any, path: str
) -> None:
    wei.working_hours = "Mon-Wed 22:00-24:00; Thu 00:00-06:00"
    wei.save()
    path = {
        "place": reverse("directory:location", args=[company.singapore.pk]),
        "department": reverse("directory:department", args=[company.it.pk]),
        "person": wei.get_absolute_url(),
    }.get(path, path)
    assert "dial-off" not in shown(page, path, NIGHT)  # Thursday, 2:40 there
    assert shown(page, path, DAY).count('dial-off">16:05 in Singapore</span>') == 2  # Wednesday


def test_without_a_place_the_numbers_country_tells_the_time(page: Client, company: Company) -> None:
    company.add("Jo", "Roe", ("work", "+65 6123 4567"), ("mobile", "+1 212 555 0123"))
    page_at_night = shown(page, "/?q=roe", NIGHT)
    assert page_at_night.count("dial-off") == 1
    assert "02:40 in Singapore" in page_at_night


def test_a_minute_later_another_time_stands_there(page: Client, wei: Any) -> None:
    assert "02:40 in Singapore" in shown(page, "/?q=wei", NIGHT)
    assert "02:41 in Singapore" in shown(page, "/?q=wei", NIGHT.replace(minute=41))


def test_a_changed_place_is_seen_at_once(page: Client, company: Company, wei: Any) -> None:
    assert "dial-off" not in shown(page, "/?q=wei", DAY)
    company.singapore.working_days = "67"
    company.singapore.save()
    assert "Wednesday, 16:05 in Singapore" in shown(page, "/?q=wei", DAY)
    Location.objects.filter(pk=company.singapore.pk).update(time_zone="America/Lima")
    assert "Wednesday, 03:05 in Singapore" in shown(page, "/?q=wei", DAY)


def test_the_time_costs_no_query(
    page: Client, company: Company, wei: Any, django_assert_max_num_queries: Any
) -> None:
    page.get("/?q=wei")
    with django_assert_max_num_queries(20) as one:
        page.get("/?q=wei")
        queries = len(one)
    for number in range(5):
        place = Location.objects.create(name=f"Place {number}", time_zone="Asia/Singapore")
        company.add("Wei", f"Tan{number}", ("work", f"+65 6123 457{number}"), location=place)
    page.get("/?q=wei")
    with django_assert_max_num_queries(queries):
        page.get("/?q=wei")


def test_a_place_without_a_time_zone_has_its_countrys(company: Company) -> None:
    place = Location(name="Somewhere", city="Basel", country="CH")
    assert place.hours == Location(name="Basel", country="CH", time_zone="Europe/Zurich").hours
    assert Location(name="Somewhere", country="US").hours is None


def test_dialling_learns_the_hours_of_numbers_that_everybody_sees(company: Company) -> None:
    company.add(
        "Wei", "Tan", ("work", "+65 6123 4567"), ("mobile", "+65 8123 4567", "nobody"),
        location=company.singapore,
    )  # fmt: skip
    company.add("Bo", "Li", ("work", "+65 6123 4567"))
    found = lookup.hours_of(["6561234567", "6581234567", "4567", "", "\x00"])
    assert found == {"6561234567": company.singapore.hours}


def test_dialling_learns_somebodys_own_hours(company: Company, wei: Any) -> None:
    wei.working_hours = "Mon-Fri 09:00-12:00"
    wei.save()
    key = "6561234567"
    assert str(lookup.hours_of([key])[key].clock(DAY)) == "16:05 in Singapore"
    assert lookup.hours_of([key])[key].clock(DAY).is_outside_hours


def test_an_administrator_ticks_the_working_days(client: Client, boss: Any) -> None:
    client.force_login(boss)
    form = {"name": "Riyadh", "country": "SA", "time_zone": "Asia/Riyadh"}
    path = reverse("admin:directory_location_add")
    assert "Monday" in client.get(path).content.decode()
    client.post(path, form | {"working_days": ["7", "1", "2"]})
    riyadh = Location.objects.get(name="Riyadh")
    assert riyadh.working_days == "127"
    change = reverse("admin:directory_location_change", args=[riyadh.pk])
    assert client.get(change).content.decode().count("checked") == 3
    client.post(change, form)
    riyadh.refresh_from_db()
    assert riyadh.working_days == ""
    assert riyadh.hours is not None
    assert riyadh.hours.days == "12347"
    assert client.post(change, form | {"working_days": ["8"]}).context["errors"]


@pytest.mark.parametrize("days", ["21", "8", "11", "1,2", "Monday"])
def test_what_is_no_list_of_days_is_refused(company: Company, days: str) -> None:
    company.zurich.working_days = days
    with pytest.raises(ValidationError, match=r"1 for Monday|most 7 characters"):
        company.zurich.full_clean()
