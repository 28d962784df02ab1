"""`manage.py move_database`: everything in a file of SQLite into DATABASE_URL's database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from clicktodial.operating import removal

SOURCE = "moved"


class Command(BaseCommand):
    help = (
        "Move the whole site from a file of SQLite into the database that DATABASE_URL names, such "
        "as PostgreSQL. Stop the site first, and run migrate on both."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from", dest="file", type=Path, required=True, help="the file of the site until now"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"].absolute()
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        connections.databases[SOURCE] = _sqlite(file)
        try:
            moved = removal.move(SOURCE, "default", told=self._tell)
        except (removal.CannotMove, DatabaseError) as error:
            raise CommandError(f"Nothing was moved. {error}") from error
        finally:
            connections[SOURCE].close()
            del connections.databases[SOURCE]
        self.stdout.write(f"{moved:>10,}  rows in all. Photos stay in MEDIA_ROOT.")

    def _tell(self, table: str, rows: int) -> None:
        if rows:
            self.stdout.write(f"{rows:>10,}  {table}")


def _sqlite(file: Path) -> dict[str, Any]:
    found = {"ENGINE": "django.db.backends.sqlite3", "NAME": file}
    # Nobody who still writes to the old file may go unnoticed.
    found["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 5}
    default = connections.databases["default"]
    completed = connections.configure_settings({"default": default, SOURCE: found})
    return dict(completed[SOURCE])
