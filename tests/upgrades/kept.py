"""The databases that released versions left, opened, and the command line over them."""

import gzip
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests import postgres

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def version_of(release):
    """The three numbers of a file's release, to be compared."""
    return tuple(map(int, release.split(".")[:3]))


RELEASES = sorted(
    (path.name for path in (HERE / "releases").glob("*.sql.gz")),
    key=lambda name: (version_of(name), name),
)
LATEST = version_of(RELEASES[-1])


def sql_of(release):
    """What made the database, as SQL."""
    return gzip.decompress((HERE / "releases" / release).read_bytes()).decode()


@contextmanager
def as_it_was(release, *, folder):
    """The DATABASE_URL of a database that holds what the release left."""
    if ".sqlite." in release:
        path = folder / "site.sqlite3"
        with closing(sqlite3.connect(path)) as database:
            database.executescript(sql_of(release))
        yield f"sqlite:///{path}"
        return
    psycopg = pytest.importorskip("psycopg")
    with postgres.required() as url:
        host, _, name = url.partition("@/")[2].rpartition("/")
        with psycopg.connect(host=f"/{host.lstrip('/')}", user="clicktodial", dbname=name) as door:
            door.execute(sql_of(release))
        yield url


def run(*arguments, database_url, folder):
    """What `python …` says, whatever its status."""
    surroundings = os.environ | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
    }
    return subprocess.run(
        [sys.executable, *arguments], env=surroundings, cwd=ROOT, capture_output=True, text=True
    )


def done(*arguments, **where):
    """What `python …` says that must go well."""
    answer = run(*arguments, **where)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout
