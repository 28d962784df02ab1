"""An error page says what happened, what to do, and by what the help desk finds it in the log."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Any:
    return get_user_model().objects.create_user("ada", password="a-long-password")


def shown(browser: Client, address: str, status: int, **fields: Any) -> str:
    answer = browser.post(address, fields) if fields else browser.get(address)
    assert answer.status_code == status
    page = answer.content.decode()
    assert f"<code>{answer.headers['X-Request-ID']}</code>" in page
    return page


def test_a_page_that_is_not_there(ada: Any) -> None:
    browser = Client()
    browser.force_login(ada)
    assert "Search the directory" in shown(browser, "/people/999999/", 404)


def test_a_page_that_is_not_open_to_one(ada: Any) -> None:
    browser = Client()
    browser.force_login(ada)
    assert "Nothing was dialled" in shown(browser, "/admin/login/", 403)


def test_a_form_from_a_stale_page(ada: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert "reload the page" in shown(browser, "/sign-in/", 403, username="ada", password="x")


def test_a_host_that_is_not_ours() -> None:
    browser = Client(headers={"Host": "evil.example.com"})
    assert "could not be read" in shown(browser, "/sign-in/", 400)


def test_too_often(ada: Any, settings: Any) -> None:
    settings.LOOKUPS_A_MINUTE = 0
    browser = Client()
    browser.force_login(ada)
    assert "too often" in shown(browser, "/", 429)
