"""Writes every search key anew, while the site goes on."""

from typing import Any

from django.core.management.base import BaseCommand

from directory.models import Department, Location, Person
from directory.search import index


class Command(BaseCommand):
    help = "Writes every search key anew; searching goes on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        index.refresh_departments(Department.objects.values_list("pk", flat=True))
        index.refresh_locations(Location.objects.values_list("pk", flat=True))
        total = Person.objects.count()
        done, last = 0, 0
        while ids := list(
            Person.objects.filter(pk__gt=last)
            .order_by("pk")
            .values_list("pk", flat=True)[: index.BATCH]
        ):
            done += index.refresh(ids)
            last = ids[-1]
            self.stdout.write(f"{done} of {total} people")
        self.stdout.write(self.style.SUCCESS("The search index is fresh."))
