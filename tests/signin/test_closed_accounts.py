"""Who has left gets in no more, and is out at the next page."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from clicktodial.api.models import Scope, Token
from clicktodial.signin import accounts
from clicktodial.signin.known import Reason, Refused
from clicktodial.signin.models import Identity
from directory.models import Person
from tests.signin.people import entry, known

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password"


@pytest.fixture
def ada() -> Any:
    user = get_user_model().objects.create_user("ada", password=PASSWORD)
    entry(account=user)
    return user


def sign_in(browser: Client) -> int:
    return browser.post("/sign-in/", {"username": "ada", "password": PASSWORD}).status_code


def test_who_has_left_cannot_sign_in(ada: Any) -> None:
    Person.objects.update(is_active=False)
    assert sign_in(Client()) == 200


def test_the_session_of_whoever_leaves_ends_at_the_next_page(ada: Any) -> None:
    browser = Client()
    assert sign_in(browser) == 302
    assert browser.get("/").status_code == 200
    Person.objects.update(is_active=False)  # as an import does, which tells no signal
    assert browser.get("/").url.startswith("/sign-in/")


def test_whoever_comes_back_gets_in_again(ada: Any) -> None:
    Person.objects.update(is_active=False)
    Person.objects.update(is_active=True)
    assert sign_in(Client()) == 302


def test_an_account_without_an_entry_is_open(ada: Any) -> None:
    Person.objects.all().delete()
    assert sign_in(Client()) == 302


def test_tokens_of_whoever_leaves_are_worth_nothing(ada: Any) -> None:
    _token, text = Token.objects.issue(user=ada, name="x", scopes=[Scope.SEARCH], days=1)
    ask = {"headers": {"Authorization": f"Bearer {text}"}}
    address = "/api/v1/people?q=ada"
    assert Client().get(address, **ask).status_code == 200
    Person.objects.update(is_active=False)
    assert Client().get(address, **ask).status_code == 401


def test_a_source_lets_nobody_in_whom_the_directory_says_has_left() -> None:
    entry(cucm_user_id="ada", is_active=False)
    with pytest.raises(Refused) as refused:
        accounts.admit(known())
    assert refused.value.reason is Reason.CLOSED


def test_what_the_source_closed_opens_when_the_source_vouches_again() -> None:
    user = accounts.admit(known())
    accounts.close(Identity.objects.get())
    user.refresh_from_db()
    assert not user.is_active
    assert accounts.open_account(user.pk) is None

    assert accounts.admit(known()) == user
    assert accounts.open_account(user.pk) == user


def test_what_an_administrator_closed_stays_closed() -> None:
    user = accounts.admit(known())
    user.is_active = False
    user.save()
    with pytest.raises(Refused):
        accounts.admit(known())


def test_asking_for_the_account_of_a_session_takes_one_query(
    ada: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert accounts.open_account(ada.pk) == ada


def test_sessions_end_after_their_hours(ada: Any, settings: Any) -> None:
    assert timedelta(seconds=settings.SESSION_COOKIE_AGE) == timedelta(hours=12)
