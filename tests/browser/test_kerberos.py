"""Sign-in by Kerberos in a browser: a real KDC, Apache as deploy/apache/kerberos.conf has it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Browser, BrowserContext, Page, expect

from clicktodial.signin.models import Identity
from directory.models import Person
from tests import apache, kerberos, programs
from tests.apache import HOST, Apache
from tests.browser import behind_apache
from tests.kerberos import REALM, Realm

# The browser asks for a ticket for the host that it was told to look for the name at.
SERVICES = (f"HTTP/{HOST}", "HTTP/127.0.0.1")
FLAG = f"--auth-server-allowlist={HOST}"
MODULES = {
    "auth_gssapi": "libapache2-mod-auth-gssapi",
    "session": "apache2",
    "session_cookie": "apache2",
}


@pytest.fixture(scope="module")
def realm_and_apache(static_files: None, django_db_setup: None) -> Iterator[tuple[Realm, Apache]]:
    with ExitStack() as stack:
        own = stack.enter_context(behind_apache.served())
        folder = stack.enter_context(apache.folder())
        try:
            realm = stack.enter_context(
                kerberos.running(folder, people=("ada",), services=SERVICES)
            )
            running = apache.running(
                "kerberos.conf",
                folder=folder,
                port=programs.free_port(),
                site=own,
                modules=MODULES,
                environment=realm.environment,
            )
            yield realm, stack.enter_context(running)
        except programs.Missing as reason:
            programs.or_skip(reason)


@pytest.fixture(scope="module")
def site(realm_and_apache: tuple[Realm, Apache]) -> str:
    return realm_and_apache[1].address


@pytest.fixture(scope="module")
def chromium(chromium: Browser, realm_and_apache: tuple[Realm, Apache]) -> Iterator[Browser]:
    """The computer at which ada has signed in."""
    realm, running = realm_and_apache
    with behind_apache.computer(chromium, FLAG, environment=realm.signed_in("ada")) as browser:
        # At the first ticket it is asked for, Chromium only loads its Kerberos; it answers then.
        with browser.new_context(ignore_https_errors=True) as context:
            context.new_page().goto(running.address)
        yield browser


@pytest.fixture(autouse=True)
def believed(transactional_db: None, settings: Any) -> None:
    behind_apache.believe(settings, realm=REALM)


@pytest.fixture
def page(open_browser: Callable[..., BrowserContext]) -> Page:
    return open_browser().new_page()


def test_the_computers_ticket_signs_in_and_does_so_again_after_signing_out(
    page: Page, site: str
) -> None:
    entry = Person.objects.create(family_name="Lovelace", cucm_user_id="ada")

    page.goto(f"{site}/favourites/")

    assert behind_apache.who(page) == "ada"
    user = get_user_model().objects.get()
    assert (user.person, user.dial_profile.cucm_user_id) == (entry, "ada")
    assert Identity.objects.get().subject == "ada@example.com"
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("your computer stays signed in")).to_be_visible()
    page.goto(site)
    assert behind_apache.who(page) == "ada"


def test_nobody_becomes_another_by_headers_of_ones_own(page: Page, site: str) -> None:
    get_user_model().objects.create_superuser("admin")
    page.context.set_extra_http_headers(behind_apache.spoofed("admin"))

    page.goto(site)

    assert behind_apache.who(page) == "ada"
    page.context.clear_cookies()
    page.goto(site)
    assert behind_apache.who(page) == "ada"


def test_a_computer_without_a_ticket_is_told_what_to_do_and_gets_nowhere(
    chromium: Browser, realm_and_apache: tuple[Realm, Apache], site: str
) -> None:
    strange = {"KRB5CCNAME": "FILE:/nowhere"} | realm_and_apache[0].environment
    with behind_apache.computer(chromium, FLAG, environment=strange) as browser:
        page = browser.new_page(ignore_https_errors=True)
        page.set_extra_http_headers(behind_apache.spoofed("ada"))
        for path in ("/", "/admin/", "/sign-in/"):
            answer = page.goto(site + path)
            assert answer is not None
            assert answer.status == 401
            expect(page.get_by_role("heading")).to_have_text("Your computer did not sign you in")
            # To ask for one would sign in a computer whose ticket came a moment late.
            expect(page.locator("link[rel=icon]")).to_have_attribute("href", "data:,")
        for path in ("/api/v1/people", "/phone/"):  # open to all at the proxy, not at the site
            answer = page.goto(site + path)
            assert answer is not None
            assert answer.status in (401, 403, 404)
        page.goto(realm_and_apache[1].site)  # past the proxy
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert not get_user_model().objects.exists()
