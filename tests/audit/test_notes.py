"""A note tells who did what about whom, holds no secret, and never stops what it tells of."""

import logging
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from clicktodial.audit import trail
from clicktodial.audit.models import Entry
from clicktodial.webdialer import Secret

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Any:
    return get_user_model().objects.create_user("ada", password="ada-pass")


def test_a_note_keeps_who_did_what_and_about_whom(ada: Any) -> None:
    bruno = get_user_model().objects.create_user("bruno")
    trail.note(trail.Action.EXPORTED, by=ada, about=bruno, rows=3)
    entry = Entry.objects.get()
    assert (entry.actor, entry.actor_name, entry.action) == (ada, "ada", "exported")
    assert (entry.about_app, entry.about_model) == ("auth", "user")
    assert (entry.about_id, entry.about_name, entry.facts) == (str(bruno.pk), "bruno", {"rows": 3})


def test_the_names_stay_when_their_people_have_gone(ada: Any) -> None:
    trail.note(trail.Action.EXPORTED, by=ada, about=ada)
    ada.delete()
    entry = Entry.objects.get()
    assert entry.actor is None
    assert (entry.actor_name, entry.about_name) == ("ada", "ada")


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("password", "hunter2-hunter2"),
        ("client_secret", "hunter2-hunter2"),
        ("fac", "hunter2-hunter2"),
        ("value", Secret("hunter2-hunter2")),
        ("number", "+41 79 555 01 02"),
        ("anything", ["044 555 01 02"]),
        ("nested", {"token": "hunter2-hunter2"}),
    ],
)
def test_secrets_and_telephone_numbers_are_not_kept(ada: Any, name: str, fact: Any) -> None:
    trail.note(trail.Action.CHANGED, by=ada, **{name: fact})
    kept = str(Entry.objects.get().facts)
    assert "hunter2" not in kept
    assert "555" not in kept


def test_dates_counts_and_names_are_kept(ada: Any) -> None:
    facts = {
        "begin": "2026-11-23",
        "rows": 12345678,
        "file": "people 2026.csv",
        "hash": "ab12" * 16,
    }
    trail.note(trail.Action.IMPORTED, by=ada, **facts)
    assert Entry.objects.get().facts == facts


def test_a_note_that_cannot_be_written_stops_nothing(
    ada: Any, caplog: pytest.LogCaptureFixture
) -> None:
    nobody = get_user_model()(pk=2**70, username="nobody")  # no database can keep this key
    with transaction.atomic():
        trail.note(trail.Action.CHANGED, by=nobody)
        get_user_model().objects.create_user("bruno")
    assert get_user_model().objects.filter(username="bruno").exists()
    assert "lost a note" in caplog.text
    assert caplog.records[-1].levelno == logging.ERROR


def test_a_note_within_a_broken_transaction_stops_nothing(ada: Any) -> None:
    def add_twice() -> None:
        with transaction.atomic():
            try:
                get_user_model().objects.create_user("ada")
            finally:
                trail.note(trail.Action.CHANGED, by=ada)

    with pytest.raises(IntegrityError):
        add_twice()
    assert not Entry.objects.exists()


def test_what_is_rolled_back_was_not_done(ada: Any) -> None:
    with transaction.atomic():
        trail.note(trail.Action.CHANGED, by=ada)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()


def test_an_entry_cannot_be_changed(ada: Any) -> None:
    trail.note(trail.Action.CHANGED, by=ada)
    entry = Entry.objects.get()
    entry.actor_name = "bruno"
    with pytest.raises(TypeError):
        entry.save()
