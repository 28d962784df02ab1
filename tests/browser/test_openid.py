"""Sign-in by OpenID Connect in a browser, at a real provider in a process of its own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import override_settings
from playwright.sync_api import BrowserContext, Page, expect

from clicktodial import settings as product
from clicktodial.audit.models import Entry
from clicktodial.signin import roles
from clicktodial.signin.models import Identity
from clicktodial.ways_in import OpenId, role_groups
from clicktodial.webdialer import Secret
from directory.models import Person
from tests import identity_provider
from tests.browser import site as sites
from tests.identity_provider import CLIENT_ID, PASSWORD, Provider

AFTER = "django.contrib.auth.middleware.LoginRequiredMiddleware"
RECHECK = "clicktodial.signin.openid_views.RecheckMiddleware"
NOT_IN = "You are not signed in"


@pytest.fixture(scope="module")
def openid_site(static_files: None, django_db_setup: None) -> Iterator[str]:
    place = product.MIDDLEWARE.index(AFTER)
    middleware = [*product.MIDDLEWARE[:place], RECHECK, *product.MIDDLEWARE[place:]]
    with override_settings(MIDDLEWARE=middleware), sites.serve() as address:
        yield address


@pytest.fixture(scope="module")
def provider(openid_site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    folder = tmp_path_factory.mktemp("provider")
    with identity_provider.running(folder, site=openid_site) as running:
        yield running


@pytest.fixture(autouse=True)
def openid(provider: Provider, settings: Any, transactional_db: None) -> Iterator[OpenId]:
    roles.make()
    settings.OPENID = OpenId(
        issuer=provider.issuer,
        client_id=CLIENT_ID,
        client_secret=Secret(provider.secret),
        name="Example Ltd",
        id_claim="employee_number",
    )
    settings.ACCOUNTS = replace(
        settings.ACCOUNTS, role_groups=role_groups("help_desk=help desk people;employee=Everybody")
    )
    settings.AUTHENTICATION_BACKENDS = [
        *settings.AUTHENTICATION_BACKENDS,
        "clicktodial.signin.openid.OpenIdBackend",
    ]
    yield settings.OPENID
    provider.spoil("")
    provider.open_account("ada")


@pytest.fixture
def page(open_browser: Callable[..., BrowserContext], openid_site: str) -> Page:
    return open_browser().new_page()


def to_provider(page: Page, site: str, path: str = "/") -> None:
    page.goto(site + path)
    page.get_by_role("link", name="Sign in with Example Ltd").click()


def sign_in(page: Page, site: str, path: str = "/", username: str = "ada") -> None:
    to_provider(page, site, path)
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go").click()
    page.wait_for_url(f"{site}/**")


def test_a_provider_that_wants_its_token_back_gets_it_in_no_address(
    page: Page, openid_site: str, openid: OpenId, settings: Any, provider: Provider
) -> None:
    settings.OPENID = replace(openid, sign_out_hint=True)
    sign_in(page, openid_site)
    kept = str(SessionStore(Session.objects.get().session_key).load())
    assert "eyJ" not in kept  # how every token begins
    asked: list[Any] = []
    page.on("request", lambda request: asked.append(request))
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Sign out").click()

    expect(page).to_have_url(f"{openid_site}/signed-out/")
    (there,) = [each for each in asked if each.url == f"{provider.issuer}/logout/"]
    assert "id_token_hint=eyJ" in there.post_data
    assert not [each.url for each in asked if "eyJ" in each.url]
    to_provider(page, openid_site)
    expect(page.get_by_role("heading", name="The provider's own sign-in")).to_be_visible()


def test_without_javascript_a_button_signs_out_at_the_provider(
    open_browser: Callable[..., BrowserContext], openid_site: str, provider: Provider
) -> None:
    page = open_browser(java_script_enabled=False).new_page()
    sign_in(page, openid_site)
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Sign out").click()

    page.get_by_role("button", name="Sign out at Example Ltd").click()
    page.get_by_role("button", name="Sign out here, too").click()

    expect(page).to_have_url(f"{openid_site}/signed-out/")
    to_provider(page, openid_site)
    expect(page.get_by_role("heading", name="The provider's own sign-in")).to_be_visible()


def make_due() -> None:
    """The next page that is opened asks the provider again."""
    for row in Session.objects.all():
        store = SessionStore(row.session_key)
        if "oidc_id_token_expiration" in store:
            store["oidc_id_token_expiration"] = 0
            store.save()


def test_the_provider_signs_in_and_out(page: Page, openid_site: str, provider: Provider) -> None:
    entry = Person.objects.create(
        family_name="Lovelace", external_id="E-ada", cucm_user_id="alovelace"
    )
    asked: list[dict[str, list[str]]] = []
    page.on(
        "request",
        lambda request: (
            "/authorize/" in request.url and asked.append(parse_qs(urlsplit(request.url).query))
        ),
    )

    sign_in(page, openid_site, "/favourites/")

    expect(page).to_have_url(f"{openid_site}/favourites/")
    first = asked[0]
    assert first["code_challenge_method"] == ["S256"]
    assert all(len(first[name][0]) >= 32 for name in ("code_challenge", "state", "nonce"))
    assert first["response_type"] == ["code"]
    user = get_user_model().objects.get()
    assert (user.username, user.first_name, user.email) == ("ada", "Ada", "ada@example.com")
    assert (user.person, user.dial_profile.cucm_user_id) == (entry, "alovelace")
    assert {group.name for group in user.groups.all()} == {"Help desk", "Employee"}
    assert user.is_staff
    assert "openid_token" not in SessionStore(Session.objects.get().session_key)

    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign out here, too").click()

    expect(page).to_have_url(f"{openid_site}/signed-out/")
    assert not [address for address in addresses if "eyJ" in address]
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    to_provider(page, openid_site)
    expect(page.get_by_role("heading", name="The provider's own sign-in")).to_be_visible()
    assert {"signed_in", "signed_out"} <= set(Entry.objects.values_list("action", flat=True))


def test_the_provider_is_asked_again_and_its_no_ends_the_session(
    page: Page, openid_site: str, provider: Provider
) -> None:
    sign_in(page, openid_site)
    make_due()
    page.goto(f"{openid_site}/favourites/")
    expect(page).to_have_url(f"{openid_site}/favourites/")  # without a word

    provider.close_account("ada")
    make_due()
    page.goto(f"{openid_site}/favourites/")

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert urlsplit(page.url).query == "next=/favourites/"


def test_what_is_wrong_lets_nobody_in_and_is_told(
    page: Page, openid_site: str, provider: Provider, settings: Any, console: Any
) -> None:
    sign_in(page, openid_site)  # the browser is known at the provider from now on
    page.context.clear_cookies(name="sessionid")
    console.expect("Failed to load resource")
    get_user_model().objects.all().delete()

    for how in ("audience", "issuer", "nonce", "signature", "unsigned"):
        provider.spoil(how)
        to_provider(page, openid_site)
        expect(page.get_by_role("heading", name=NOT_IN)).to_be_visible()
        assert not get_user_model().objects.exists(), how
    provider.spoil("")

    Person.objects.create(family_name="Lovelace", external_id="E-ada", is_active=False)
    to_provider(page, openid_site)
    expect(page.get_by_text("Your account here is closed")).to_be_visible()
    assert Identity.objects.get().tie == "tied"

    settings.OPENID = replace(settings.OPENID, client_secret=Secret("another"))
    to_provider(page, openid_site)
    expect(page.get_by_text("Something went wrong between this site")).to_be_visible()

    page.goto(f"{openid_site}/sign-in/openid/back/?code=slipped&state=in")
    expect(page.get_by_role("heading", name=NOT_IN)).to_be_visible()

    cache.clear()
    settings.OPENID = replace(settings.OPENID, issuer="http://127.0.0.1:1/o")
    to_provider(page, openid_site)
    expect(page.get_by_text("Something went wrong between this site")).to_be_visible()
    page.get_by_role("link", name="Back to the sign-in page").click()
    expect(page.get_by_label("Password")).to_be_visible()


def test_a_page_that_a_script_fetches_is_not_sent_away(
    page: Page, openid_site: str, provider: Provider
) -> None:
    sign_in(page, openid_site)
    make_due()
    told = page.evaluate("fetch('/?q=ada').then(answer => answer.status + ' ' + answer.url)")
    assert told == f"200 {openid_site}/?q=ada"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/"])
def test_signing_in_never_leads_to_another_site(
    page: Page, openid_site: str, target: str, tmp_path: Path
) -> None:
    page.goto(f"{openid_site}/sign-in/openid/?next={target}")
    page.get_by_label("Username").fill("bruno")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go").click()
    expect(page).to_have_url(f"{openid_site}/")
