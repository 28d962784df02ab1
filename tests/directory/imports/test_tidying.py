"""The nightly command: grace that is over, and what is no longer kept."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from clicktodial.jobs.kinds import Failed
from directory import search
from directory.models import ImportRun, Person
from directory.visibility import ANYBODY
from tests.directory.imports.conftest import STAFF, Importer

Staff = Callable[[], ImportRun]


def tidy(*arguments: Any) -> str:
    said = io.StringIO()
    call_command("tidy_imports", *arguments, stdout=said)
    return said.getvalue()


def test_grace_ends_without_another_import(importer: Importer, staff: Staff) -> None:
    staff()
    importer.source.grace_days = 7
    importer.source.save()
    importer.do(STAFF.rsplit("E3", 1)[0])
    assert "0 people" in tidy()
    Person.objects.filter(external_id="E3").update(
        missing_since=timezone.localdate() - timedelta(days=7)
    )
    assert "1 people" in tidy()
    assert not search.find("ito", viewer=ANYBODY).people


def test_what_is_long_ago_is_forgotten_and_cannot_be_undone(
    importer: Importer, staff: Staff
) -> None:
    run = staff()
    assert "0 imports" in tidy()
    ImportRun.objects.update(begun_at=timezone.now() - timedelta(days=91))
    assert "1 imports" in tidy()
    run.refresh_from_db()
    assert (run.state, run.items.count(), run.counts["new"]) == ("applied", 0, 3)
    with pytest.raises(Failed, match="too long ago"):
        importer.undo(run)
    assert Person.objects.count() == 3
