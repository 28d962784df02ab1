"""`import_people`: what it tells a person, a program and a timer."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from clicktodial.jobs import runs
from directory.imports import works
from directory.models import ImportRun, ImportSource, Person
from tests.directory.imports.conftest import STAFF

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(STAFF, encoding="utf-8")
    return path


def run(*arguments: Any) -> tuple[int, str]:
    """Exit status and what was said."""
    said = io.StringIO()
    options = [str(each) for each in arguments]
    try:
        call_command("import_people", *options, stdout=said, stderr=io.StringIO())
    except SystemExit as end:
        return int(end.code or 0), said.getvalue()
    return 0, said.getvalue()


def test_a_timer_imports_and_says_so_to_programs(sheet: Path) -> None:
    status, said = run(sheet, "--source", "Personnel", "--yes", "--json")
    told = json.loads(said)
    assert (status, told["state"], told["counts"]["new"]) == (0, "applied", 3)
    assert len(told["sha256"]) == 64
    assert Person.objects.count() == 3


def test_without_yes_the_plan_waits(sheet: Path) -> None:
    status, said = run(sheet, "--source", "Personnel")
    assert (status, said) == (2, "3 rows read; new: 3.\n")
    assert not Person.objects.exists()
    assert ImportRun.objects.get().state == "planned"


def test_a_dry_run_leaves_nothing(sheet: Path) -> None:
    status, said = run(sheet, "--source", "Personnel", "--dry-run")
    assert (status, "new: 3" in said) == (0, True)
    assert ImportRun.objects.get().state == "discarded"


def test_nothing_to_do_is_fine(sheet: Path) -> None:
    run(sheet, "--source", "Personnel", "--yes")
    assert run(sheet, "--source", "Personnel") == (0, "3 rows read; nothing changes.\n")


def test_too_many_gone_have_a_status_of_their_own(sheet: Path) -> None:
    run(sheet, "--source", "Personnel", "--yes")
    sheet.write_text(STAFF.rsplit("E3", 1)[0], encoding="utf-8")
    assert run(sheet, "--source", "Personnel", "--yes")[0] == 3
    assert Person.objects.filter(missing_since=None).count() == 3
    assert run(sheet, "--source", "Personnel", "--yes", "--allow-shrink")[0] == 0
    assert Person.objects.filter(missing_since=None).count() == 2


def test_columns_that_are_named_are_kept_for_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Key,Who,Job\n1,Ada Frei,Head\n", encoding="utf-8")
    with pytest.raises(CommandError, match="which column holds the id"):
        run(path, "--source", "Odd")
    maps = ["--map", "Key=external_id", "--map", "Who=name", "--map", "Job=title"]
    assert run(path, "--source", "Odd", "--yes", *maps)[0] == 0
    assert ImportSource.objects.get().mapping["Job"] == "title"
    path.write_text("Key,Who,Job\n1,Ada Frei,Queen\n", encoding="utf-8")
    assert run(path, "--source", "Odd", "--yes")[0] == 0
    assert Person.objects.get().title == "Queen"


def test_an_import_is_taken_back(sheet: Path) -> None:
    _status, said = run(sheet, "--source", "Personnel", "--yes", "--json")
    status, told = run("--undo", json.loads(said)["run"])
    assert (status, told) == (0, "The import was undone.\n")
    assert not Person.objects.exists()


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(b'id,name\n1,"Ada\n')
    with pytest.raises(CommandError, match="quotation mark is opened"):
        run(path, "--source", "Personnel", "--yes")
    with pytest.raises(CommandError, match="There is no file"):
        run(tmp_path / "none.csv", "--source", "Personnel")


def test_two_imports_at_once_are_refused(sheet: Path) -> None:
    runs.begin(works.PLAN, alone=works.ALONE, about="another")
    with pytest.raises(CommandError, match="another” goes on already"):
        run(sheet, "--source", "Personnel", "--yes")
    assert not Person.objects.exists()
    assert not ImportRun.objects.exists()
