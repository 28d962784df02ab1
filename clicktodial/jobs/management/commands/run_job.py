"""Does one long work that a page has begun."""

import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clicktodial.jobs import runs, terminal
from clicktodial.jobs.models import Job


class Command(BaseCommand):
    help = "Does one long work that a page has begun; pages call this by themselves."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("job", type=int)

    def handle(self, *args: Any, job: int, **options: Any) -> None:
        found = Job.objects.filter(pk=job).first()
        if found is None:
            raise CommandError("There is no such work.")
        signal.signal(signal.SIGTERM, _stop)
        line = terminal.Line()
        ended = runs.run(found, tell=line)
        line.close()
        self.stdout.write(ended.said)
        if ended.state != Job.State.DONE:
            raise SystemExit(1)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt
