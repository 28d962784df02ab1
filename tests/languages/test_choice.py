"""Everybody reads the site in the language they chose, or in the one their browser asks for."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from clicktodial.languages.models import Preference

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return get_user_model().objects.create_user("ada", password="ada-pass")


@pytest.fixture
def browser(client, ada):
    client.force_login(ada)
    return client


def language_of(answer):
    assert answer.status_code == 200
    return re.search(r'<html lang="([^"]+)" dir="([^"]+)"', answer.content.decode()).groups()


def test_the_browser_is_asked_first(browser):
    answer = browser.get("/", headers={"accept-language": "fr-CH, fr;q=0.9, en;q=0.8"})

    assert language_of(answer) == ("fr", "ltr")
    assert "Accept-Language" in answer["Vary"]


def test_a_language_that_we_do_not_speak_gives_the_sites_own(browser):
    assert language_of(browser.get("/", headers={"accept-language": "tlh"})) == ("en", "ltr")


def test_a_choice_counts_before_the_browser(browser):
    browser.post("/language/", {"language": "de"})

    answer = browser.get("/", headers={"accept-language": "fr"})

    assert language_of(answer) == ("de", "ltr")


def test_arabic_is_written_from_the_right(browser):
    browser.post("/language/", {"language": "ar"})

    assert language_of(browser.get("/")) == ("ar", "rtl")


def test_a_choice_is_known_on_another_machine(browser, ada):
    browser.post("/language/", {"language": "ja"})
    elsewhere = Client()
    elsewhere.post("/sign-in/", {"username": "ada", "password": "ada-pass"})

    assert language_of(elsewhere.get("/")) == ("ja", "ltr")


def test_a_choice_can_be_left_to_the_browser_again(browser, ada):
    browser.post("/language/", {"language": "es"})
    browser.post("/language/", {"language": ""})

    assert language_of(browser.get("/", headers={"accept-language": "de"})) == ("de", "ltr")
    assert not Preference.objects.filter(user=ada).exists()


def test_nobody_signed_in_can_choose_too(client):
    client.post("/language/", {"language": "de"})

    assert language_of(client.get("/sign-in/")) == ("de", "ltr")
    assert not Preference.objects.exists()


def test_a_language_that_is_none_is_refused_and_changes_nothing(browser):
    answer = browser.post("/language/", {"language": "klingon"})

    assert answer.status_code == 400
    assert language_of(browser.get("/")) == ("en", "ltr")


def test_looking_at_the_page_changes_nothing(browser):
    browser.get("/language/", {"language": "de"})

    assert language_of(browser.get("/")) == ("en", "ltr")


def test_one_gets_back_to_where_one_was(browser):
    answer = browser.post("/language/", {"language": "de", "next": "/favourites/"})

    assert answer["Location"] == "/favourites/"


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_nobody_is_sent_to_another_site(browser, away):
    answer = browser.post("/language/", {"language": "de", "next": away})

    assert answer["Location"] == "/"


def test_every_language_is_named_in_its_own_words(client):
    page = client.get("/language/").content.decode()

    for code, name in (("de", "Deutsch"), ("ja", "日本語"), ("ar", "العربية")):
        assert f'<span class="choice-title" lang="{code}" dir="auto">{name}</span>' in page


def test_the_foot_of_each_page_leads_to_the_choice(browser):
    page = browser.get("/favourites/", headers={"accept-language": "de"}).content.decode()

    assert re.search(
        r'href="/language/\?next=%2Ffavourites%2F"><span[^>]*>[^<]+</span>Deutsch', page
    )
