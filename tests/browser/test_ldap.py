"""Sign-in by LDAP in a browser: a real slapd that holds what Active Directory holds."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import BrowserContext, Page, expect

from clicktodial.signin import roles
from clicktodial.ways_in import role_groups
from directory.models import Person
from tests import programs, slapd
from tests.signin import active_directory
from tests.signin.active_directory import ENTRIES, GUID, HELP_DESK, PASSWORD
from tests.slapd import Slapd

pytest.importorskip("django_auth_ldap", reason="python-ldap is not installed here")


@pytest.fixture(scope="module")
def server() -> Iterator[Slapd]:
    try:
        with slapd.running(ENTRIES) as running:
            yield running
    except programs.Missing as reason:
        programs.or_skip(reason)


@pytest.fixture
def page(
    server: Slapd, settings: Any, open_browser: Callable[..., BrowserContext], standing_clock: None
) -> Page:
    roles.make()
    settings.LDAP = replace(active_directory.at(server), name="Example Ltd")
    settings.ACCOUNTS = replace(
        settings.ACCOUNTS, role_groups=role_groups(f"help_desk={HELP_DESK}")
    )
    settings.AUTHENTICATION_BACKENDS = [
        *settings.AUTHENTICATION_BACKENDS,
        "clicktodial.signin.ldap.LdapBackend",
    ]
    page = open_browser().new_page()
    page.goto("/favourites/")
    return page


def sign_in(page: Page, *, username: str = "ada", password: str = PASSWORD) -> None:
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_the_organisations_password_leads_to_the_page_that_was_wanted_and_out_again(
    page: Page,
) -> None:
    entry = Person.objects.create(
        family_name="Lovelace", external_id=str(GUID), cucm_user_id="alovelace"
    )
    expect(page.get_by_text("user name and password of Example Ltd")).to_be_visible()

    sign_in(page)

    expect(page.get_by_role("heading", name="Favourites", exact=True)).to_be_visible()
    user = get_user_model().objects.get()
    assert (user.person, user.dial_profile.cucm_user_id) == (entry, "alovelace")
    page.locator(".menu summary").click()
    expect(page.get_by_role("link", name="Administration")).to_be_visible()  # of the help desk
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    page.goto("/favourites/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_who_is_kept_out_reads_why(page: Page, console: Any) -> None:
    sign_in(page, password="wrong")
    expect(page.get_by_role("alert")).to_contain_text("do not go together")

    sign_in(page, username="gone")  # disabled in the directory
    expect(page.get_by_role("alert")).to_contain_text("Your account here is closed")

    console.expect("429")
    for _ in range(4):
        sign_in(page, password="wrong")
    expect(page.get_by_text("it is closed for a quarter of an hour")).to_be_visible()
    assert not get_user_model().objects.exists()
