"""Copies of the site's data that can be put back: the database and the photos, as files."""

import os
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

BEGINNING = "clicktodial-"


class CannotCopy(Exception):
    """There is no copy; the text says why, and what there was before is untouched."""


def make(folder: Path, *, keep: int) -> list[Path]:
    """Write a copy of the database and one of the photos; only the latest `keep` of each stay.

    The site may be in use meanwhile: the database is copied as of one moment. CannotCopy where the
    disk is full, the folder is not to be written, or a program is missing.
    """
    name = BEGINNING + timezone.now().strftime("%Y%m%d-%H%M%S")
    copied = _of_sqlite if connection.vendor == "sqlite" else _of_postgres
    ending = ".sqlite3" if connection.vendor == "sqlite" else ".dump"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = [
            _written(folder / (name + ending), copied),
            _written(folder / f"{name}.photos.tar", _photos),
        ]
        for path in made:
            _forget_older(path, keep=keep)
    except (OSError, sqlite3.Error) as error:
        raise CannotCopy(f"The copy could not be written: {error}.") from error
    return made


def _written(path: Path, write: Callable[[Path], None]) -> Path:
    """A file that appears under its name only when it is whole; nobody else may read it."""
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        unfinished.touch(mode=0o600)
        write(unfinished)
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def _of_sqlite(path: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it


def _of_postgres(path: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise CannotCopy("pg_dump is not here: install PostgreSQL's client programs.")
    known: dict[str, Any] = connection.settings_dict
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    surroundings = {names[key]: str(known[key]) for key in names if known[key]}
    # In the environment rather than in the command, which everybody on the machine may read.
    told = subprocess.run(  # noqa: S603 - no word of it comes from a person
        [program, "--format=custom", f"--file={path}", str(known["NAME"])],
        env=os.environ | surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise CannotCopy(f"pg_dump gave up: {told.stderr.strip()}")


def _photos(path: Path) -> None:
    with tarfile.open(path, "w") as tar:
        if settings.MEDIA_ROOT.is_dir():
            tar.add(settings.MEDIA_ROOT, arcname="media")


def _forget_older(path: Path, *, keep: int) -> None:
    """Remove the oldest of this kind; names sort by their time."""
    kind = path.name.partition(".")[2]
    older = sorted(path.parent.glob(f"{BEGINNING}*.{kind}"), reverse=True)[keep:]
    for each in older:
        each.unlink()
