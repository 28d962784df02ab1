"""A reverse proxy says who somebody is; nobody else can."""

from dataclasses import replace
from ipaddress import ip_network
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from clicktodial.audit.models import Entry
from clicktodial.signin import proxy, roles
from clicktodial.ways_in import RemoteUser, role_groups
from clicktodial.webdialer import Secret
from directory.models import Person

pytestmark = pytest.mark.django_db

SECRET = "the-proxy-and-the-site-know-it"
PROXY, ELSEWHERE = "10.0.0.5", "203.0.113.9"
MIDDLEWARE = "clicktodial.signin.proxy.ProxyMiddleware"


@pytest.fixture(autouse=True)
def remote(settings: Any) -> RemoteUser:
    settings.REMOTE_USER = RemoteUser(header="X-Remote-User", proxies=(ip_network(PROXY),))
    before = "django.contrib.auth.middleware.LoginRequiredMiddleware"
    place = settings.MIDDLEWARE.index(before)
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:place], MIDDLEWARE, *settings.MIDDLEWARE[place:]]
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, proxy.PATH]
    return settings.REMOTE_USER


def visit(
    browser: Client | None = None,
    name: str = "ada",
    *,
    path: str = "/",
    at: str = PROXY,
    **more: str,
) -> Any:
    headers = {
        "X-Remote-User": name,
        **{key.replace("_", "-"): value for key, value in more.items()},
    }
    return (browser or Client()).get(path, headers=headers, REMOTE_ADDR=at)


def is_in(answer: Any) -> bool:
    return answer.status_code == 200


def test_whom_the_proxy_names_is_signed_in() -> None:
    browser = Client()
    assert is_in(visit(browser))
    assert is_in(visit(browser))
    user = get_user_model().objects.get()
    assert user.username == "ada"
    assert not user.has_usable_password()
    assert Entry.objects.filter(action="signed_in").count() == 1


@pytest.mark.parametrize("at", [ELSEWHERE, "", "127.0.0.1", "10.0.0.50"])
def test_from_anywhere_else_the_header_is_nothing(at: str) -> None:
    assert not is_in(visit(at=at))
    assert not get_user_model().objects.exists()


def test_the_proxys_address_cannot_be_claimed_by_a_header(settings: Any) -> None:
    settings.PROXIES = 1
    assert not is_in(visit(at=ELSEWHERE, X_Forwarded_For=PROXY))


def test_without_a_proxy_or_a_secret_nobody_is_believed(remote: RemoteUser, settings: Any) -> None:
    settings.REMOTE_USER = replace(remote, proxies=())
    assert not is_in(visit())


def test_the_secret_is_believed_where_there_is_no_address(
    remote: RemoteUser, settings: Any
) -> None:
    settings.REMOTE_USER = replace(remote, proxies=(), secret=Secret(SECRET))
    assert is_in(visit(at="", X_Remote_User_Secret=SECRET))
    assert not is_in(visit(at="", X_Remote_User_Secret=SECRET[:-1]))
    assert not is_in(visit(at=""))


def test_where_both_are_set_both_must_be_right(remote: RemoteUser, settings: Any) -> None:
    settings.REMOTE_USER = replace(remote, secret=Secret(SECRET))
    assert is_in(visit(X_Remote_User_Secret=SECRET))
    assert not is_in(visit())
    assert not is_in(visit(at=ELSEWHERE, X_Remote_User_Secret=SECRET))


@pytest.mark.parametrize("at", [PROXY, ELSEWHERE])
def test_nothing_behind_ever_sees_the_headers(at: str, remote: RemoteUser, settings: Any) -> None:
    settings.REMOTE_USER = replace(
        remote, email_header="X-Remote-Email", groups_header="X-Remote-Groups"
    )
    seen: dict[str, Any] = {}

    def view(request: HttpRequest) -> HttpResponse:
        seen.update(request.META)
        return HttpResponse()

    names = ("X-Remote-User", "X-Remote-Email", "X-Remote-Groups", "X-Remote-User-Secret")
    request = RequestFactory().get("/", headers=dict.fromkeys(names, "x"), REMOTE_ADDR=at)
    request.session = Client().session
    request.user = get_user_model()(username="x")
    proxy.ProxyMiddleware(view)(request)
    assert not [name for name in seen if "REMOTE_" in name and name.startswith("HTTP_")]


def test_a_header_that_came_twice_is_not_believed() -> None:
    assert not is_in(visit(name="admin,ada"))


def test_somebody_else_at_the_same_browser_is_somebody_else() -> None:
    browser = Client()
    visit(browser, "ada")
    assert visit(browser, "bruno").wsgi_request.user.username == "bruno"
    assert not browser.get("/", REMOTE_ADDR=PROXY).wsgi_request.user.is_authenticated


def test_a_session_by_password_is_left_alone() -> None:
    user = get_user_model().objects.create_user("rescue", password="a-long-password")
    browser = Client()
    browser.force_login(user)
    assert browser.get("/", REMOTE_ADDR=ELSEWHERE).status_code == 200
    assert visit(browser, "ada").wsgi_request.user == user


def test_signing_out_says_that_the_computer_stays_signed_in() -> None:
    browser = Client()
    visit(browser)
    headers = {"X-Remote-User": "ada"}
    page = browser.post("/sign-out/", headers=headers, REMOTE_ADDR=PROXY)
    assert "your computer stays signed in" in page.content.decode()
    assert not page.wsgi_request.user.is_authenticated
    assert is_in(visit(browser))


def test_who_has_left_is_told_so_and_stays_out() -> None:
    Person.objects.create(family_name="Lovelace", cucm_user_id="ada", is_active=False)
    answer = visit()
    assert answer.status_code == 403
    assert "Your account here is closed" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "username"),
    [
        ("ada@EXAMPLE.COM", "ada"),
        ("EXAMPLE.COM\\ada", "ada"),
        ("ada@OTHER.COM", "ada@OTHER.COM"),
        ("ada", "ada"),
    ],
)
def test_only_our_own_realm_is_taken_off_a_name(
    name: str, username: str, remote: RemoteUser, settings: Any
) -> None:
    settings.REMOTE_USER = replace(remote, realm="example.com")
    visit(name=name)
    assert get_user_model().objects.get().username == username


def test_groups_and_address_come_along_where_settings_name_the_headers(
    remote: RemoteUser, settings: Any
) -> None:
    roles.make()
    settings.REMOTE_USER = replace(
        remote, email_header="X-Remote-Email", groups_header="X-Remote-Groups"
    )
    settings.ACCOUNTS = replace(settings.ACCOUNTS, role_groups=role_groups("help_desk=first line"))
    visit(X_Remote_Email="ada@example.com", X_Remote_Groups="Choir; First Line")
    user = get_user_model().objects.get()
    assert user.email == "ada@example.com"
    assert [group.name for group in user.groups.all()] == ["Help desk"]


def test_names_have_any_letters(remote: RemoteUser, settings: Any) -> None:
    roles.make()
    settings.REMOTE_USER = replace(remote, groups_header="X-Remote-Groups")
    settings.ACCOUNTS = replace(settings.ACCOUNTS, role_groups=role_groups("help_desk=führung"))

    def sent(text: str) -> str:  # as octets come in by WSGI
        return text.encode().decode("latin-1")

    visit(name=sent("jürg"), X_Remote_Groups=sent("Führung"))

    user = get_user_model().objects.get()
    assert user.username == "jürg"
    assert [group.name for group in user.groups.all()] == ["Help desk"]


def test_guessing_cannot_close_the_proxys_door() -> None:
    for _ in range(6):
        Client().post("/sign-in/", {"username": "ada", "password": "x"}, REMOTE_ADDR=PROXY)
    assert is_in(visit())
