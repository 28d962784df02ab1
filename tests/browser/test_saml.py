"""Sign-in by SAML in a browser: a real provider, and Apache as deploy/apache/saml.conf has it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Browser, BrowserContext, Page, expect

from clicktodial.signin import roles
from clicktodial.ways_in import role_groups
from directory.models import Person
from tests import apache, programs, saml_provider
from tests.apache import Apache
from tests.browser import behind_apache
from tests.saml_provider import PASSWORD, Provider


@pytest.fixture(scope="module")
def provider_and_apache(
    static_files: None, django_db_setup: None
) -> Iterator[tuple[Provider, Apache]]:
    with ExitStack() as stack:
        own = stack.enter_context(behind_apache.served())
        folder = stack.enter_context(apache.folder())
        try:
            provider = saml_provider.prepared(folder)
            saml_provider.write_key(folder, "saml")
            running = stack.enter_context(
                apache.running(
                    "saml.conf",
                    folder=folder,
                    port=programs.free_port(),
                    site=own,
                    modules={"auth_mellon": "libapache2-mod-auth-mellon"},
                )
            )
            site = running.get("/mellon/metadata")
            stack.enter_context(saml_provider.running(provider, site=site))
        except programs.Missing as reason:
            programs.or_skip(reason)
        yield provider, running


@pytest.fixture
def provider(provider_and_apache: tuple[Provider, Apache]) -> Iterator[Provider]:
    yield provider_and_apache[0]
    provider_and_apache[0].spoil("")


@pytest.fixture(scope="module")
def site(provider_and_apache: tuple[Provider, Apache]) -> str:
    return provider_and_apache[1].address


@pytest.fixture(scope="module")
def chromium(chromium: Browser, provider_and_apache: tuple[Provider, Apache]) -> Iterator[Browser]:
    with behind_apache.computer(chromium) as browser:
        yield browser


@pytest.fixture(autouse=True)
def believed(transactional_db: None, settings: Any) -> None:
    behind_apache.believe(settings, email_header="X-Remote-Email", groups_header="X-Remote-Groups")
    roles.make()
    settings.ACCOUNTS = replace(
        settings.ACCOUNTS, role_groups=role_groups("help_desk=führung; employee=Everybody")
    )


@pytest.fixture
def page(open_browser: Callable[..., BrowserContext]) -> Page:
    return open_browser().new_page()


def sign_in(page: Page, path: str = "/", username: str = "ada") -> None:
    page.goto(path)
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go").click()
    page.get_by_role("button", name="Go on").click()


def test_the_provider_signs_in_and_tells_address_and_groups(page: Page, site: str) -> None:
    entry = Person.objects.create(family_name="Lovelace", email="ada@example.com")

    sign_in(page, "/favourites/")

    expect(page).to_have_url(f"{site}/favourites/")
    assert behind_apache.who(page) == "ada"
    user = get_user_model().objects.get()
    assert (user.person, user.email) == (entry, "ada@example.com")
    assert {group.name for group in user.groups.all()} == {"Help desk", "Employee"}
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("your computer stays signed in")).to_be_visible()


def test_nobody_becomes_another_or_gets_a_role_by_headers_of_ones_own(page: Page) -> None:
    get_user_model().objects.create_superuser("admin")
    page.context.set_extra_http_headers(behind_apache.spoofed("admin"))

    sign_in(page, username="bruno")

    assert behind_apache.who(page) == "bruno"
    user = get_user_model().objects.get(username="bruno")
    assert user.email == "bruno@example.com"
    assert [group.name for group in user.groups.all()] == ["Employee"]


def test_an_answer_that_is_not_the_providers_to_us_lets_nobody_in(
    page: Page, provider: Provider, console: Any
) -> None:
    console.expect("Failed to load resource")
    for how in ("signature", "audience", "name"):
        provider.spoil(how)
        sign_in(page)
        expect(page.get_by_role("heading")).to_contain_text("Bad Request")
        page.context.clear_cookies()
    assert not get_user_model().objects.exists()
