"""`manage.py back_up FOLDER`: the database and the photos, as files that can be put back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clicktodial.operating import copies


class Command(BaseCommand):
    help = (
        "Copy the database and the photos into a folder, while the site is in use. The keys that "
        "open the sealed passwords (ENCRYPTION_KEYS) are not in it: keep them elsewhere."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--keep", type=int, default=14, help="how many copies to keep (default: 14)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] < 1:
            raise CommandError("--keep must be at least 1.")
        try:
            made = copies.make(options["folder"], keep=options["keep"])
        except copies.CannotCopy as error:
            raise CommandError(str(error)) from error
        for path in made:
            self.stdout.write(f"{path.stat().st_size:>14,} bytes  {path}")
