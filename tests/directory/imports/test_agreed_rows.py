"""Rows that agreed are passed by, and whatever was changed in between is seen all the same."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection, connections
from django.utils import timezone

from directory import owned
from directory.imports import triggers
from directory.models import AgreedRow, Department, ImportRun, Location, Number, OwnField, Person
from tests import postgres
from tests.directory.imports.conftest import STAFF, Importer, only, sheet

Staff = Callable[[], ImportRun]
Change = Callable[[], object]


@pytest.fixture
def agreed(importer: Importer, staff: Staff) -> Importer:
    """Three people, each of whose rows was found to say what the directory says."""
    staff()
    assert not importer.plan(STAFF).items.exists()
    assert AgreedRow.objects.count() == 3
    return importer


def _run(statement: str) -> Change:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


def _save(**values: object) -> Change:
    def save() -> None:
        person = Person.objects.get(external_id="E2")
        for name, value in values.items():
            setattr(person, name, value)
        person.save()

    return save


CHANGES: dict[str, Change] = {
    "a save": _save(title="Queen"),
    "an update": lambda: Person.objects.filter(external_id="E2").update(title="Queen"),
    "SQL": _run("UPDATE directory_person SET title = 'Queen' WHERE external_id = 'E2'"),
    "a department": _save(department=None),
    "a location by SQL": _run("UPDATE directory_person SET location_id = NULL"),
    "no manager": _save(manager=None),
    "a number by SQL": _run("UPDATE directory_number SET written = '044 668 18 09'"),
    "a number less": lambda: Number.objects.filter(person__external_id="E2").delete(),
    "a number less by SQL": _run("DELETE FROM directory_number"),
    "a number more": lambda: Number.objects.create(
        person=Person.objects.get(external_id="E2"), kind="mobile", written="079 999 99 99"
    ),
    "a number of another person": lambda: Number.objects.filter(written="044 668 18 01").update(
        person=Person.objects.get(external_id="E3")
    ),
    "no longer shown": lambda: Person.objects.filter(external_id="E2").update(is_active=False),
    "gone": lambda: Person.objects.filter(external_id="E2").update(
        missing_since=timezone.localdate() - timedelta(days=2)
    ),
    "another source": _run("UPDATE directory_person SET source = 'Branch'"),
    "another id": _save(external_id="E22"),
    "deleted": lambda: Person.objects.filter(external_id="E2").delete(),
    "another id of the manager": lambda: Person.objects.filter(external_id="E1").update(
        external_id="E11"
    ),
    "the manager deleted": lambda: Person.objects.filter(external_id="E1").delete(),
    "the department renamed": _run("UPDATE directory_department SET name = 'Treasures'"),
    "another of the path": lambda: Department.objects.filter(name="Finance").update(name="Money"),
    "the location deleted": lambda: Location.objects.all().delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_changed_in_between_is_seen(agreed: Importer, change: Change) -> None:
    change()
    assert agreed.plan(STAFF).items.exists()


def test_rows_that_agreed_are_passed_by(agreed: Importer) -> None:
    # Without its triggers nothing ends an agreement: what is overlooked then was not looked at.
    name, statement = next(each for each in triggers.every() if "person_update" in each[0])
    table = " ON directory_person" * (connection.vendor == "postgresql")
    _run(f"DROP TRIGGER {name}{table}")()
    Person.objects.filter(external_id="E2").update(title="Queen")
    _run(statement)()
    run = agreed.plan(STAFF)
    assert (run.items.count(), run.counts["unchanged"], run.counts["rows"]) == (0, 3, 3)


def test_nothing_is_passed_by_where_a_trigger_is_missing(agreed: Importer) -> None:
    name, _statement = next(each for each in triggers.every() if "person_update" in each[0])
    table = " ON directory_person" * (connection.vendor == "postgresql")
    _run(f"DROP TRIGGER {name}{table}")()
    Person.objects.filter(external_id="E2").update(title="Queen")
    assert only(agreed.plan(STAFF), "changed").label == "Bruno Graf"


def test_triggers_that_were_lost_come_back_and_nothing_counts_until_then(agreed: Importer) -> None:
    triggers.make()
    assert triggers.complete()
    assert not AgreedRow.objects.exists()


def test_what_somebody_gives_back_to_the_source_is_said_by_it_again(agreed: Importer) -> None:
    ada = Person.objects.get(external_id="E1")
    owned.keep(ada, fields=["mobile"])
    ada.numbers.filter(kind="mobile").delete()
    assert not agreed.plan(STAFF).items.exists()
    assert not agreed.plan(STAFF).items.exists()
    OwnField.objects.all().delete()
    assert only(agreed.plan(STAFF), "changed").label == "Ada Frei"


def test_another_country_reads_every_number_anew(agreed: Importer, settings: Any) -> None:
    stale = set(AgreedRow.objects.values_list("digest", flat=True))
    settings.DEFAULT_COUNTRY = "AT"
    agreed.plan(STAFF)
    assert stale.isdisjoint(AgreedRow.objects.values_list("digest", flat=True))


def test_another_mapping_looks_at_every_row(agreed: Importer) -> None:
    mapping = {"id": "external_id", "given name": "family_name"}
    assert agreed.plan(STAFF, mapping=mapping).counts["changed"] == 3


def test_an_id_that_stands_twice_is_told_with_its_line(agreed: Importer) -> None:
    twice = STAFF + STAFF.splitlines()[2] + "\n"
    assert only(agreed.plan(twice), "conflict").line == 5


def test_what_is_doubtful_is_told_each_time(importer: Importer) -> None:
    text = sheet("E1,Ada,Frei,,n/a,,,,,,")
    importer.do(text)
    for _time in range(3):
        assert only(importer.plan(text), "doubtful").label == "Ada Frei"


def test_a_row_over_several_lines_agrees_as_any_other(importer: Importer) -> None:
    text = sheet('E1,Ada,"Frei\n-Graf",,,,,,,,', "E2,Bruno,Graf,,,,,,,,")
    importer.do(text)
    importer.plan(text)
    run = importer.plan(text.replace("Bruno", "Bruna"))
    assert only(run, "changed").line == 4
    assert run.counts["unchanged"] == 1
    assert AgreedRow.objects.count() == 2


def test_a_line_within_a_row_is_no_row(importer: Importer) -> None:
    importer.do(sheet("E1,Ada,Frei,,,,,,,,", "E2,Bruno,Graf,,,,,,,,"))
    text = sheet("E1,Ada,Frei,,,,,,,,", "E2,Bruno,Graf,,,,,,,,")
    importer.plan(text)
    inside = sheet('E2,Bruno,Graf,"', "E1,Ada,Frei,,,,,,,,", '",,,,,,,')
    assert only(importer.plan(inside), "gone").label == "Ada Frei"


def test_a_department_that_is_new_makes_no_other_row_a_stranger(agreed: Importer) -> None:
    before = set(AgreedRow.objects.values_list("digest", flat=True))
    agreed.do(STAFF.replace("bruno,Finance / Treasury", "bruno,Sales"))
    agreed.plan(STAFF)
    assert len(before & set(AgreedRow.objects.values_list("digest", flat=True))) == 2


def test_rows_of_a_workbook_agree_too(importer: Importer) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["id", "name", "title"], [1, "Ada Frei", "Head"], [2, "Bruno Graf", "Buyer"]):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    importer.do(file.getvalue())
    importer.plan(file.getvalue())
    assert AgreedRow.objects.count() == 2
    Person.objects.filter(external_id="2").update(title="Queen")
    assert only(importer.plan(file.getvalue()), "changed").label == "Bruno Graf"


# --- On PostgreSQL --------------------------------------------------------------------------------


def test_what_somebody_else_is_writing_meanwhile_is_not_kept(
    transactional_db: None, importer: Importer, staff: Staff
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    staff()
    other = connections.create_connection("default")
    with closing(other), other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("UPDATE directory_number SET written = '044 668 18 09'")
        assert not importer.plan(STAFF).items.exists()
        assert not AgreedRow.objects.exists()
        cursor.execute("COMMIT")
    assert importer.plan(STAFF).items.exists()


@pytest.mark.long
def test_postgresql_sees_all_this_too() -> None:
    if connection.vendor == "postgresql":
        pytest.skip("this is PostgreSQL")
    with postgres.required() as url:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]
        ran = subprocess.run(
            command, env={**os.environ, "TEST_DATABASE_URL": url}, check=False,
            capture_output=True, text=True, cwd=Path(__file__).parents[3],
        )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-3000:]
