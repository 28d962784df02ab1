"""The style guide shows the fragments of the real pages in every state, in the demo alone."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from clicktodial.demo.styleguide import ERRORS
from directory.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(settings: Any) -> Client:
    settings.ROOT_URLCONF = "clicktodial.demo.urls"
    browser = Client()
    browser.force_login(get_user_model().objects.create_user("ada", password="a-long-password"))
    return browser


def test_every_state_of_the_call_bar_is_shown(browser: Client) -> None:
    page = browser.get("/styleguide/").content.decode()
    for state in ("placing", "accepted", "refused", "unknown", "ended"):
        assert f'data-state="{state}"' in page


def test_it_shows_the_directory_s_own_people(browser: Client) -> None:
    manager = None
    for name in ("Top", "Middle", "Low"):
        manager = Person.objects.create(given_name=name, family_name="Keller", manager=manager)
    page = browser.get("/styleguide/").content.decode()
    assert page.count("Middle Keller") >= 3  # as a result, in short, and in the chart
    assert "Nobody found for" in page


@pytest.mark.parametrize("code", ERRORS)
def test_every_error_page_can_be_looked_at(code: str, browser: Client) -> None:
    page = browser.get(f"/styleguide/errors/{code}/").content.decode()
    assert "<h1>" in page
    assert "To the directory" in page or "Search the directory" in page


def test_a_real_site_has_none(client: Client) -> None:
    user = get_user_model().objects.create_user("bruno", password="a-long-password")
    client.force_login(user)
    assert client.get("/styleguide/").status_code == 404
