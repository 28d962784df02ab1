"""A database of any released version becomes one of this version, and keeps what was in it."""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests import postgres

pytestmark = pytest.mark.long

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RELEASES = sorted(path.name for path in (HERE / "releases").glob("*.sql.gz"))
NOTHING_MAY_BE_SKIPPED = os.environ.get("CI") == "true"


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
    try:
        with postgres.running() as url:
            host = url.partition("@/")[2].rpartition("/")[0]
            with psycopg.connect(host=f"/{host}", user="clicktodial", dbname="postgres") as door:
                door.execute(sql_of(release))
            yield url
    except postgres.NoPostgres as error:
        if NOTHING_MAY_BE_SKIPPED:
            raise
        pytest.skip(str(error))


def run(*arguments, database_url, folder):
    surroundings = os.environ | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
    }
    answer = subprocess.run(
        [sys.executable, *arguments], env=surroundings, cwd=ROOT, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


@pytest.fixture(scope="module", params=RELEASES, ids=[name[:-7] for name in RELEASES])
def upgraded(request, tmp_path_factory):
    """What is found in a release's database before and after `migrate`."""
    folder = tmp_path_factory.mktemp("upgrade")
    with as_it_was(request.param, folder=folder) as url:
        where = {"database_url": url, "folder": folder}
        before = json.loads(run("-m", "tests.upgrades.look", "tables", **where))
        run("manage.py", "migrate", "--no-input", "--verbosity", "0", **where)
        run("manage.py", "check", "--database", "default", **where)
        after = json.loads(run("-m", "tests.upgrades.look", "tables", **where))
        found = json.loads(run("-m", "tests.upgrades.look", "pages", **where))
        run("manage.py", "migrate", "--check", **where)
    return {"before": before, "after": after, **found}


def test_every_row_is_still_there(upgraded):
    lost = {
        table: (count, upgraded["after"].get(table))
        for table, count in upgraded["before"].items()
        if table != "django_migrations" and upgraded["after"].get(table, 0) < count
    }

    assert upgraded["before"]["dialing_call"] == 2
    assert lost == {}


def test_people_are_found_by_name(upgraded):
    assert upgraded["ada"] == 1


def test_a_click_of_before_keeps_its_call(upgraded):
    assert upgraded["seen"] == "+41446681800"


def test_the_pages_open(upgraded):
    assert set(upgraded["statuses"].values()) == {200}, upgraded["statuses"]
