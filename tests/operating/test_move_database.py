"""The whole site moves from SQLite to PostgreSQL by one command, or not at all."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.operating import company

pytestmark = pytest.mark.long

ADD = (
    "import django; django.setup(); from directory.models import Person; "
    "print(Person.objects.create(family_name='Newcomer').pk)"
)


def tables(**where):
    return look("tables", **where)["tables"]


def look(what, **where):
    return json.loads(company.done("-m", "tests.upgrades.look", what, **where))[0]


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """Both databases after a move, and what the command said."""
    folder = tmp_path_factory.mktemp("move")
    with company.sqlite_site(folder) as old, company.empty_postgres() as new:
        file = old.removeprefix("sqlite:///")
        where = {"database_url": new, "folder": folder}
        said = company.manage("move_database", "--from", file, **where)
        before = tables(database_url=old, folder=folder)
        found = look("tables,pages", **where)
        yield {
            "file": file,
            "said": said,
            "old": before,
            "new": found["tables"],
            "pages": found["pages"],
            **where,
        }


@pytest.fixture
def where(moved):
    return {"database_url": moved["database_url"], "folder": moved["folder"]}


def test_every_row_arrives(moved):
    mine = {name: count for name, count in moved["old"].items() if name != "sqlite_sequence"}

    assert mine["directory_person"] == 29
    assert {name: moved["new"].get(name) for name in mine} == mine


def test_the_command_tells_each_table(moved):
    assert "        29  directory_person\n" in moved["said"]


def test_people_are_found_and_pages_open_after_the_move(moved):
    assert moved["pages"]["ada"] == 1
    assert set(moved["pages"]["statuses"].values()) == {200}


def test_a_click_of_before_the_move_keeps_its_one_call(moved):
    assert moved["pages"]["seen"] == "+41446681800"


def test_times_are_carried_and_not_made_anew(moved, where):
    ask = (
        "import django; django.setup(); from clicktodial.dialing.models import Call; "
        "print(Call.objects.order_by('pk').first().placed_at.timestamp())"
    )
    with closing(sqlite3.connect(moved["file"])) as old:
        written = old.execute("SELECT placed_at FROM dialing_call ORDER BY id").fetchone()[0]
        same = f"SELECT unixepoch('{written}')"
        second = old.execute(same).fetchone()[0]

    assert int(float(company.run("-c", ask, **where).stdout)) == second


def test_a_new_row_gets_a_number_of_its_own(where):
    answer = company.run("-c", ADD, **where)

    assert answer.returncode == 0, answer.stderr
    assert int(answer.stdout) > 29


def test_a_database_in_use_is_not_written_over(moved, where):
    before = tables(**where)

    said = company.refusal("move_database", "--from", moved["file"], **where)

    assert "Nothing was moved. The new database is in use: it has users." in said
    assert tables(**where) == before


def test_a_file_that_is_not_there_is_told(where):
    said = company.refusal("move_database", "--from", "nowhere.sqlite3", **where)

    assert "There is no file" in said


def test_a_file_that_is_no_database_is_told(where, tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("Buy milk. " * 200)

    assert "Nothing was moved." in company.refusal("move_database", "--from", str(file), **where)


def test_an_empty_file_is_told(where, tmp_path):
    file = tmp_path / "empty.sqlite3"
    file.touch()

    said = company.refusal("move_database", "--from", str(file), **where)

    assert "There is no site in the database that is to be moved." in said


def test_a_database_of_another_version_is_told(moved, where, tmp_path):
    with company.as_it_was(company.LATEST, folder=tmp_path) as old:
        with closing(sqlite3.connect(old.removeprefix("sqlite:///"))) as database:
            database.execute("DELETE FROM django_migrations WHERE name = '0005_identity'")
            database.execute("DELETE FROM django_migrations WHERE app = 'api'")
            database.commit()
        said = company.refusal("move_database", "--from", old.removeprefix("sqlite:///"), **where)

    assert "Run migrate on both databases first" in said
