"""A small company's site in a database of its own, and its command line."""

import atexit
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from tests import migrated
from tests.upgrades.kept import RELEASES, ROOT, as_it_was, done, run

__all__ = ["ROOT", "as_it_was", "done", "run"]

LATEST = next(name for name in reversed(RELEASES) if ".sqlite." in name)


@contextmanager
def sqlite_site(folder):
    """The DATABASE_URL of a site on SQLite with people, calls and rules in it."""
    yield f"sqlite:///{shutil.copy(_migrated(), folder / 'site.sqlite3')}"


@cache
def _migrated():
    """The file of such a site, made once for all tests of this process."""
    folder = Path(tempfile.mkdtemp(prefix="clicktodial-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with as_it_was(LATEST, folder=folder) as url:
        manage("migrate", "--no-input", database_url=url, folder=folder)
        with closing(sqlite3.connect(folder / "site.sqlite3")) as database:
            database.execute("PRAGMA journal_mode=DELETE")  # all of it in the one file
    return folder / "site.sqlite3"


@contextmanager
def empty_postgres():
    """The DATABASE_URL of a migrated, empty PostgreSQL."""
    with migrated.postgres() as url:
        yield url


def manage(*arguments, **where):
    """What a command says that must go well."""
    return done("manage.py", *arguments, **where)


def refusal(*arguments, **where):
    """What a command says that must not go well."""
    answer = run("manage.py", *arguments, **where)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr
    return answer.stderr
