"""Every page carries the site's protection: policy, cookies, sign-in limits, no open redirects."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

pytestmark = pytest.mark.django_db

PAGES = ["/", "/favourites/", "/departments/", "/dial/", "/dial/profile/", "/admin/", "/nowhere/"]


@pytest.fixture
def browser() -> Client:
    user = get_user_model().objects.create_superuser("ada", password="a-long-password")
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.mark.parametrize("page", [*PAGES, "/sign-in/"])
def test_every_page_has_a_policy_without_inline_code(page: str, browser: Client) -> None:
    answer = (Client() if page == "/sign-in/" else browser).get(page)
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"


@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_inline_script_or_style(page: str, browser: Client) -> None:
    shown = browser.get(page).content.decode()
    inline = re.findall(r"<script(?![^>]*\b(?:src|type=\"application/json\"))[^>]*>", shown)
    assert inline == []
    assert not re.search(r"<style|\sstyle=\"|\son(click|load|error|submit)=", shown)


@pytest.mark.parametrize("page", PAGES[:6])
def test_no_page_opens_without_signing_in(page: str) -> None:
    answer = Client().get(page)
    assert answer.status_code == 302
    assert answer.url.startswith(("/sign-in/", "/admin/login/"))


def test_cookies_stay_with_the_site_and_out_of_scripts(settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    get_user_model().objects.create_user("ada", password="a-long-password")
    browser = Client()
    browser.get("/sign-in/")
    browser.post("/sign-in/", {"username": "ada", "password": "a-long-password"})
    for name in ("sessionid", "csrftoken"):
        cookie = browser.cookies[name]
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")


def test_a_guessed_password_closes_the_sign_in_for_a_while() -> None:
    get_user_model().objects.create_user("ada", password="a-long-password")
    browser = Client()
    for _ in range(5):
        answer = browser.post("/sign-in/", {"username": "ada", "password": "wrong"})
    assert answer.status_code == 429
    assert "failed too often" in answer.content.decode()
    right = browser.post("/sign-in/", {"username": "ada", "password": "a-long-password"})
    assert right.status_code == 429


def test_guessing_at_one_name_leaves_others_alone() -> None:
    get_user_model().objects.create_user("bruno", password="a-long-password")
    browser = Client()
    for _ in range(6):
        browser.post("/sign-in/", {"username": "ada", "password": "wrong"})
    right = browser.post("/sign-in/", {"username": "bruno", "password": "a-long-password"})
    assert right.status_code == 302


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", r"/\evil.example"])
def test_signing_in_never_leads_to_another_site(target: str) -> None:
    get_user_model().objects.create_user("ada", password="a-long-password")
    answer = Client().post(
        f"/sign-in/?next={target}",
        {"username": "ada", "password": "a-long-password", "next": target},
    )
    assert answer.url == "/"


def test_signing_out_takes_a_post(browser: Client) -> None:
    assert browser.get("/sign-out/").status_code == 405
    assert "You are signed out" in browser.post("/sign-out/").content.decode()
    assert browser.get("/").status_code == 302


def test_the_sign_in_page_bears_the_sites_own_name(settings: Any) -> None:
    assert settings.SITE_NAME in Client().get("/sign-in/").content.decode()
