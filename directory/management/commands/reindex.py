"""Writes every search key anew, while the site goes on."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clicktodial.jobs import runs, terminal
from clicktodial.jobs.models import Job
from directory.works import REINDEX


class Command(BaseCommand):
    help = "Writes every search key anew; searching goes on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        line = terminal.Line()
        try:
            job = runs.run(runs.begin(REINDEX, alone=REINDEX), tell=line)
        except runs.Busy as busy:
            raise CommandError(str(busy)) from None
        finally:
            line.close()
        if job.state != Job.State.DONE:
            raise CommandError(job.said)
        self.stdout.write(self.style.SUCCESS(job.said))
