"""What imports leave behind: grace that is over, plans nobody needs any more, old photos."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from directory.imports import tidying

DAYS = 90


class Command(BaseCommand):
    help = (
        "No longer shows people who are gone and whose days of grace are over; forgets the lines, "
        "files and old photos of imports after --days, which can then not be undone any more."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=DAYS, help=f"default: {DAYS}")

    def handle(self, *args: Any, days: int = DAYS, **options: Any) -> None:
        hidden = tidying.hide_gone()
        forgotten = tidying.forget(older_than=timedelta(days=max(days, 0)))
        self.stdout.write(f"{hidden} people are no longer shown; {forgotten} imports forgotten.")
