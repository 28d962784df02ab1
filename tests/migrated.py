"""Empty databases that are migrated already: made once, and copied for each test that wants one.

To migrate from nothing takes longer than most of what is tested afterwards.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from django.db import connection

from tests import postgres as server

ROOT = Path(__file__).resolve().parents[1]
_kept: list[Path] = []


def keep(database: Path) -> None:
    """Copy the file that pytest has just migrated, before any test writes to it."""
    path = database.with_name(f"migrated-{database.name}")
    _copy(database, path)
    _kept.append(path)


def put_back(_: object) -> None:
    """What Django's `flush` does after a test, at a tenth of its time: the database is as migrated.

    Ids go on as they do there: what a cache still knows of an earlier test belongs to nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        used = cursor.fetchall()
        with closing(sqlite3.connect(_kept[0])) as kept:
            kept.backup(connection.connection)
        cursor.execute("DELETE FROM sqlite_sequence")
        cursor.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", used)


def sqlite(folder: Path) -> str:
    """The DATABASE_URL of a copy in this folder; the test asks for `django_db_setup`."""
    path = folder / "site.sqlite3"
    _copy(_kept[0], path)
    return f"sqlite:///{path}"


@contextmanager
def postgres() -> Iterator[str]:
    """The DATABASE_URL of a database of one's own; skipped where there is no server."""
    with server.wanted(), server.running(template=_on_postgres()) as url:
        yield url


@cache
def _on_postgres() -> str:
    """The name of a database that nobody uses but to copy it."""
    name, url = server.kept("migrated")
    surroundings = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    surroundings["TEST_DATABASE_URL"] = url
    command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
    subprocess.run(command, env=surroundings, cwd=ROOT, check=True)
    return name


def _copy(old: Path, new: Path) -> None:
    with closing(sqlite3.connect(old)) as database, closing(sqlite3.connect(new)) as copy:
        database.backup(copy)
