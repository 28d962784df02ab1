"""Writes every search key anew, while the site goes on."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from directory.models import Department, Location, Person
from directory.search import index

BATCH = 2000


class Command(BaseCommand):
    help = "Writes every search key anew; searching goes on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        index.refresh_departments(Department.objects.values_list("pk", flat=True))
        index.refresh_locations(Location.objects.values_list("pk", flat=True))
        total = Person.objects.count()
        done, last, start = 0, 0, time.monotonic()
        with index.in_bulk():
            while ids := list(
                Person.objects.filter(pk__gt=last)
                .order_by("pk")
                .values_list("pk", flat=True)[:BATCH]
            ):
                done += index.rewrite(ids)
                last = ids[-1]
                left = (time.monotonic() - start) / done * max(total - done, 0)
                self.stdout.write(f"{done} of {total} people, {left:.0f} s left")
            index.sweep()
        self.stdout.write(self.style.SUCCESS("The search index is fresh."))
