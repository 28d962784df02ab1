"""Nobody passes without a token in force, and a token only counts in its header."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from clicktodial.api.models import Scope, Token
from tests.api.conftest import Program

NO_CALL = UUID(int=7)


@pytest.fixture
def employee(db: None) -> Any:
    return get_user_model().objects.create_user("emil", password="emil-pass")


@pytest.fixture
def program(program_of: Callable[..., Program], employee: Any) -> Program:
    return program_of(employee)


def _is_refused(program: Program, saying: str) -> None:
    answer = program.get("people?q=nora")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == saying
    assert answer.json()["next"].startswith("Make one under “How I dial”")


def test_a_token_opens(program: Program) -> None:
    assert program.get("people?q=nora").status_code == 200


def test_no_token_opens_nothing(db: None) -> None:
    _is_refused(Program(""), "This address wants a token.")


@pytest.mark.parametrize("text", ["ctd_guessed", "something", "ctd_" + "x" * 190, "ctd_é"])
def test_an_unknown_token_opens_nothing(text: str, db: None) -> None:
    assert Program(text).get("people?q=nora").status_code == 401


def test_an_expired_token_opens_nothing(program: Program) -> None:
    Token.objects.update(expires_at=timezone.now())
    _is_refused(program, "This token has expired.")


def test_a_revoked_token_opens_nothing(program: Program) -> None:
    Token.objects.all().revoke()
    _is_refused(program, "This token was revoked.")


def test_the_token_of_a_closed_account_opens_nothing(program: Program, employee: Any) -> None:
    employee.is_active = False
    employee.save()
    _is_refused(program, "This token is not known.")


def test_a_session_opens_nothing(employee: Any) -> None:
    browser = Client()
    browser.force_login(employee)
    for path in ("people?q=nora", f"calls/{NO_CALL}"):
        assert browser.get(f"/api/v1/{path}").status_code == 401
    assert browser.post("/api/v1/calls", {"number": "4567"}).status_code == 401


@pytest.mark.parametrize("name", ["access_token", "token", "api_key", "q"])
def test_a_token_in_an_address_is_refused(name: str, program: Program) -> None:
    for sender in (program, Program("")):
        answer = sender.get(f"people?q=nora&{name}={program.token}")
        assert answer.status_code == 400
        assert answer.json()["type"] == "urn:clicktodial:problem:token-in-address"
        assert program.token not in answer.content.decode()


@pytest.mark.parametrize(
    ("scope", "path"), [(Scope.SEARCH, f"calls/{NO_CALL}"), (Scope.DIAL, "people?q=nora")]
)
def test_a_token_does_only_what_it_was_made_for(
    scope: Scope, path: str, program_of: Callable[..., Program], employee: Any
) -> None:
    answer = program_of(employee, [scope]).get(path)
    assert answer.status_code == 403
    assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]


def test_each_token_has_its_own_limit(
    program: Program, program_of: Callable[..., Program], employee: Any, settings: Any
) -> None:
    settings.API_REQUESTS_A_MINUTE = 2
    with time_machine.travel("2026-03-02 09:00:10+00:00", tick=False):
        Token.objects.update(expires_at=timezone.now() + timedelta(days=1))
        answers = [program.get("people?q=nora") for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[2].headers["Retry-After"] == "50"
        assert answers[2].json()["next"] == "Wait 50 seconds."
        assert program_of(employee).get("people?q=nora").status_code == 200


def test_the_last_use_is_kept_to_the_minute(program: Program) -> None:
    program.get("people?q=nora")
    used = Token.objects.get().last_used_at
    assert timezone.now() - used < timedelta(seconds=10)
    program.get("people?q=nora")
    assert Token.objects.get().last_used_at == used


def test_a_refused_token_was_not_used(program: Program) -> None:
    Token.objects.all().revoke()
    program.get("people?q=nora")
    assert Token.objects.get().last_used_at is None


def test_nothing_else_is_below_the_apis_address(program: Program) -> None:
    for path in ("nowhere", "people/x", "people/1/", "calls/1"):
        answer = program.get(path)
        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_no_answer_is_kept_by_a_cache_or_open_to_other_sites(program: Program) -> None:
    for sender in (program, Program("")):
        answer = sender.get("people?q=nora", headers={"Origin": "https://elsewhere.example"})
        assert "no-store" in answer.headers["Cache-Control"]
        assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_the_token_is_nowhere_but_with_its_person(program: Program) -> None:
    kept = json.dumps(list(Token.objects.values()), default=str)
    assert program.token not in kept
    assert program.token.removeprefix("ctd_") not in kept
