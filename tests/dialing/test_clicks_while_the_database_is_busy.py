"""A click that a busy database cannot take in time dials nothing, and says so."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from clicktodial.dialing.models import Call
from clicktodial.simulator import Simulator

PATIENCE = 200  # milliseconds, where the site itself waits for twenty seconds


@pytest.fixture
def busy(ada: Any) -> Iterator[sqlite3.Connection]:
    """Somebody else is SQLite's one writer."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has as many writers as it likes")
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(name, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other
        if other.in_transaction:
            other.execute("ROLLBACK")
    connection.close()


@pytest.fixture
def page(ada: Any) -> Client:
    client = Client()
    client.force_login(ada)
    return client


def test_nothing_is_dialled_and_it_is_said(
    page: Client, busy: sqlite3.Connection, simulator: Simulator
) -> None:
    answer = page.post(reverse("dialing:dial"), {"number": "4567", "click": uuid4()})
    assert answer.status_code == 409
    assert "Nothing was dialled" in answer.content.decode()
    assert not simulator.calls
    assert not Call.objects.exists()


def test_the_same_click_dials_once_the_writing_is_over(
    page: Client, busy: sqlite3.Connection, simulator: Simulator
) -> None:
    click = {"number": "4567", "click": uuid4()}
    page.post(reverse("dialing:dial"), click)
    busy.execute("ROLLBACK")
    page.post(reverse("dialing:dial"), click)
    assert len(simulator.calls) == 1
