"""Programs that show a token, before the dialling tests' Unified CM and a few people."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from clicktodial.api.models import Scope, Token
from directory.models import Department, Number, Person
from tests.dialing.conftest import (  # noqa: F401 — fixtures are found by their names
    ada,
    browser_of,
    bruno,
    clusters,
    newcomer,
    running_simulator,
    simulator,
)

BOTH = [Scope.SEARCH, Scope.DIAL]


class Program:
    """A client of the API with one token and no cookie."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.client = Client(enforce_csrf_checks=True)

    def get(self, path: str, **options: Any) -> Any:
        return self.client.get(f"/api/v1/{path}", **self._with(options))

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        options = {"content_type": "application/json"} | self._with(options)
        return self.client.post(f"/api/v1/{path}", body, **options)

    def dial(self, number: str, *, key: str = "", **more: Any) -> Any:
        headers = {"Idempotency-Key": key or str(uuid4())}
        return self.post("calls", {"number": number, **more}, headers=headers)

    def _with(self, options: dict[str, Any]) -> dict[str, Any]:
        shown = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return options | {"headers": shown | options.get("headers", {})}


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def program_of() -> Callable[..., Program]:
    """A program with a new token of somebody's."""

    def make(user: Any, scopes: list[Scope] = BOTH) -> Program:
        _token, text = Token.objects.issue(user=user, name="CRM", scopes=scopes, days=30)
        return Program(text)

    return make


@pytest.fixture
def nora(db: None) -> Person:
    """A colleague with a number for everybody, and one that only her department sees."""
    nora = Person.objects.create(
        given_name="Nora",
        family_name="Keller",
        title="Treasurer",
        department=Department.objects.create(name="Finance"),
        email="nora@example.com",
    )
    for kind, written, visibility in (
        ("work", "+41 44 668 18 00", "everyone"),
        ("mobile", "+41 79 123 45 67", "department"),
        ("fax", "+41 44 668 18 99", "everyone"),
    ):
        Number.objects.create(person=nora, kind=kind, written=written, visibility=visibility)
    return nora
