"""`python -m tests.upgrades.keep VERSION`: keep this database as one that the version left.

DATABASE_URL names a small database, filled by hand or from the demo, with a person `ada` who has
an account, and no secret in it. On PostgreSQL it takes pg_dump.
"""

import gzip
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import django

FOLDER = Path(__file__).parent / "releases"


def keep(version: str) -> Path:
    """Write the database down as SQL; the file that holds it now."""
    from django.apps import apps
    from django.db import connection

    empty = [m._meta.label for m in apps.get_models() if not m._base_manager.exists()]
    print("Without a row, so not tried by any upgrade:", ", ".join(empty) or "nothing")
    sql = _sqlite if connection.vendor == "sqlite" else _postgres
    engine = "sqlite" if connection.vendor == "sqlite" else "postgres"
    path = FOLDER / f"{version}.{engine}.sql.gz"
    with path.open("xb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(sql(connection.settings_dict).encode())
    return path


def _sqlite(settings: dict[str, Any]) -> str:
    with closing(sqlite3.connect(settings["NAME"])) as database:
        return "\n".join(database.iterdump())


def _postgres(settings: dict[str, Any]) -> str:
    where = {"-h": settings["HOST"], "-p": settings["PORT"], "-U": settings["USER"]}
    options = [word for name, value in where.items() if value for word in (name, str(value))]
    plain = ("--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=500")
    told = subprocess.run(
        ["pg_dump", *options, *plain, settings["NAME"]],
        env=os.environ | {"PGPASSWORD": settings["PASSWORD"] or ""},
        capture_output=True,
        text=True,
        check=True,
    )
    # Words to psql alone; the rest is SQL for anybody.
    return "\n".join(line for line in told.stdout.splitlines() if not line.startswith("\\"))


if __name__ == "__main__":
    django.setup()
    print(keep(sys.argv[1]))
