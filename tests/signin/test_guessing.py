"""Guessing is stopped by name and address; the help desk opens what it closed."""

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory

from clicktodial.audit.models import Entry
from clicktodial.signin import roles
from clicktodial.signin.guessing import address_of

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password"
ATTEMPTS = "/admin/signin/failedsignin/"


@pytest.fixture
def ada() -> Any:
    return get_user_model().objects.create_user("ada", password=PASSWORD)


@pytest.fixture
def helper(client: Client) -> Client:
    roles.make()
    user = get_user_model().objects.create_user("hedy", is_staff=True)
    user.groups.add(user.groups.model.objects.get(name="Help desk"))
    client.force_login(user)
    return client


def sign_in(password: str, **place: Any) -> int:
    sent = {"username": "ada", "password": password}
    return Client().post("/sign-in/", sent, **place).status_code


def shut_out() -> None:
    for _ in range(5):
        sign_in("wrong")
    assert sign_in(PASSWORD) == 429


def test_the_help_desk_sees_who_is_shut_out_and_lets_them_in(ada: Any, helper: Client) -> None:
    shut_out()
    assert "ada" in helper.get(ATTEMPTS).content.decode()
    chosen = {"action": "let_in_again", "_selected_action": [AccessAttempt.objects.get().pk]}

    assert "1 may try again" in helper.post(ATTEMPTS, chosen, follow=True).content.decode()

    assert sign_in(PASSWORD) == 302
    assert Entry.objects.get(action="let_in_again").facts == {"user_name": "ada"}


def test_what_was_typed_in_is_nowhere_to_be_seen(ada: Any, helper: Client) -> None:
    sign_in("my-bank-password")
    attempt = AccessAttempt.objects.get()
    assert "my-bank-password" not in f"{attempt.post_data} {attempt.get_data}"
    page = helper.get(f"{ATTEMPTS}{attempt.pk}/change/").content.decode()
    assert "my-bank-password" not in page
    assert "csrfmiddlewaretoken=" not in page


def test_the_page_says_how_long_and_who_helps(ada: Any) -> None:
    shut_out()
    page = Client().post("/sign-in/", {"username": "ada", "password": "x"}).content.decode()
    assert "quarter of an hour" in page
    assert "help desk can open it" in page


def test_behind_a_proxy_the_visitor_counts_and_not_the_proxy(ada: Any, settings: Any) -> None:
    settings.PROXIES = 1
    for _ in range(5):
        sign_in("wrong", headers={"X-Forwarded-For": "203.0.113.9"})
    assert sign_in(PASSWORD, headers={"X-Forwarded-For": "203.0.113.9"}) == 429
    assert sign_in(PASSWORD, headers={"X-Forwarded-For": "198.51.100.4"}) == 302


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "203.0.113.9", "10.0.0.5"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 10.0.0.6", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.5"),
        (1, "nonsense", "10.0.0.5"),
        (1, "", "10.0.0.5"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(
    proxies: int, header: str, address: str, settings: Any
) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": header}, REMOTE_ADDR="10.0.0.5")
    assert address_of(request) == address
