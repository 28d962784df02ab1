"""An empty site is claimed by whoever reads its log, once, and by nobody else."""

import logging
import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client

from clicktodial.audit.models import Entry
from clicktodial.start import code, middleware

pytestmark = pytest.mark.django_db
User = get_user_model()
PASSWORD = "correct-horse-battery"


@pytest.fixture
def fresh_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that serves, as wsgi.py begins it."""
    monkeypatch.setitem(middleware._process, "may_be_open", False)
    middleware.look()


def begin(browser: Client, **fields: str) -> Any:
    sound = {
        "code": code.code(),
        "username": "greta",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    return browser.post("/start/", sound | fields)


def test_whoever_comes_to_an_empty_site_is_led_to_the_first_start(fresh_process: None) -> None:
    answer = Client().get("/", follow=True)
    assert answer.redirect_chain[-1][0] == "/start/"
    assert "Nobody has an account here yet" in answer.content.decode()


def test_the_log_tells_the_code_and_the_page_does_not(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        page = Client().get("/start/").content.decode()
    told = re.findall(r"enter the code (\S+)", caplog.text)
    assert told == [code.code()]
    assert code.code() not in page


def test_with_the_code_an_administrator_is_made_and_signed_in() -> None:
    browser = Client()
    answer = begin(browser)
    assert (answer.status_code, answer.url) == (302, "/admin/")
    user = User.objects.get()
    assert (user.username, user.is_staff, user.is_superuser) == ("greta", True, True)
    assert "First steps" in browser.get("/admin/").content.decode()
    assert Entry.objects.filter(action="added", actor=user).exists()
    assert Client().post("/sign-in/", {"username": "greta", "password": PASSWORD}).url == "/"


@pytest.mark.parametrize("typed", ["lower", "without-dashes", "with-spaces"])
def test_the_code_may_be_typed_in_any_way(typed: str) -> None:
    whole = code.code()
    ways = {
        "lower": whole.lower(),
        "without-dashes": whole.replace("-", ""),
        "with-spaces": f" {whole.replace('-', ' ')} ",
    }
    assert begin(Client(), code=ways[typed]).status_code == 302


@pytest.mark.parametrize("wrong", ["", "AAAA-AAAA-AAAA", "ABCD", "x" * 41])
def test_without_the_code_nobody_is_made(wrong: str) -> None:
    answer = begin(Client(), code=wrong)
    assert answer.status_code == 400
    assert not User.objects.exists()


def test_a_weak_password_is_refused_in_words() -> None:
    answer = begin(Client(), password1="12345678", password2="12345678")
    assert "too common" in answer.content.decode()
    assert not User.objects.exists()


def test_the_code_is_worth_nothing_once_there_is_an_account(fresh_process: None) -> None:
    known = code.code()
    begin(Client())
    stranger = Client()
    assert stranger.get("/start/").status_code == 404
    assert begin(stranger, code=known, username="mallory").status_code == 404
    assert User.objects.count() == 1
    assert stranger.get("/sign-in/").status_code == 200


@pytest.mark.usefixtures("standing_clock")
def test_guessing_is_stopped(settings: Any) -> None:
    settings.STARTS_A_MINUTE = 3
    answers = [begin(Client(), code="AAAA-AAAA-AAAA").status_code for _ in range(4)]
    assert answers == [400, 400, 400, 429]
    assert begin(Client()).status_code == 429


def test_another_database_has_another_code() -> None:
    from django.db.migrations.recorder import MigrationRecorder
    from django.utils import timezone

    before = code.code()
    first = MigrationRecorder.Migration.objects.order_by("pk").values("pk")[:1]
    MigrationRecorder.Migration.objects.filter(pk__in=first).update(applied=timezone.now())
    assert code.code() != before


def test_where_nobody_has_a_password_here_there_is_no_first_start(settings: Any) -> None:
    from dataclasses import replace

    settings.ACCOUNTS = replace(settings.ACCOUNTS, local=False)
    assert Client().get("/start/").status_code == 404


def test_a_command_shows_the_code_until_there_is_an_account(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("start_code")
    assert capsys.readouterr().out.strip() == code.code()
    begin(Client())
    with pytest.raises(CommandError, match="accounts already"):
        call_command("start_code")
