"""Nobody carries the directory away: lookups by one person are limited within a minute."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

pytestmark = pytest.mark.django_db
PAGES = ("/?q=a", "/people/1/", "/departments/1/", "/locations/1/")


@pytest.fixture(autouse=True)
def three_a_minute(settings: Any) -> Iterator[Any]:
    settings.LOOKUPS_A_MINUTE = 3
    cache.clear()
    with time_machine.travel("2026-11-23 10:00:00Z", tick=False) as clock:
        yield clock
    cache.clear()


def _browser(name: str) -> Client:
    browser = Client()
    browser.force_login(get_user_model().objects.create_user(name))
    return browser


def test_too_many_lookups_are_told_how_long_to_wait() -> None:
    ada = _browser("ada")
    answers = [ada.get(page) for page in PAGES]
    assert [answer.status_code for answer in answers] == [200, 404, 404, 429]
    assert answers[-1].headers["Retry-After"] == "60"
    assert "too often" in answers[-1].content.decode()


def test_one_persons_haste_does_not_slow_another() -> None:
    ada, bruno = _browser("ada"), _browser("bruno")
    for page in PAGES:
        ada.get(page)
    assert bruno.get("/?q=a").status_code == 200


def test_the_next_minute_is_a_new_one(three_a_minute: Any) -> None:
    ada = _browser("ada")
    for page in PAGES:
        ada.get(page)
    three_a_minute.shift(60)
    assert ada.get("/?q=a").status_code == 200
