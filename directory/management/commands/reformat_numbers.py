"""Reads every number of the directory anew, as the dial plan reads today."""

from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import IntegrityError, transaction

from clicktodial.dialplan import number as dialplan
from directory.models import Number

READ = ("e164", "extension", "display", "key", "reversed_key")
BATCH = 500


class Command(BaseCommand):
    help = (
        "Lists the numbers that read otherwise than they are kept, and the doubtful ones; "
        "changes nothing without --apply. What people wrote always stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--apply", action="store_true", help="keep the new reading")

    def handle(self, *args: Any, apply: bool = False, **options: Any) -> None:
        total = changed = doubtful = refused = 0
        rows = Number.objects.select_related("person__location").order_by("pk")
        numbers = rows.iterator(chunk_size=BATCH)
        while batch := list(islice(numbers, BATCH)):
            total += len(batch)
            doubtful += sum(map(self._tell_doubt, batch))
            fresh = list(self._read_anew(batch))
            changed += len(fresh)
            refused += _keep(fresh, tell=self.stderr.write) if apply else 0
        done = changed - refused
        verdict = f"{done} were kept anew." if apply else "Nothing was changed: add --apply."
        self.stdout.write(
            f"{total} numbers: {changed} read otherwise, {doubtful} are doubtful. {verdict}"
        )

    def _read_anew(self, batch: list[Number]) -> Iterator[Number]:
        """Those that read otherwise than they are kept, with the new reading."""
        for number in batch:
            before = [getattr(number, name) for name in READ]
            try:
                number.read()
            except dialplan.NotANumber:
                continue
            if before != [getattr(number, name) for name in READ]:
                kept = before[READ.index("display")] or "nothing"
                self.stdout.write(f"{_who(number)}: {kept} becomes {number.display}")
                yield number

    def _tell_doubt(self, number: Number) -> bool:
        location = number.person.location
        region = (location.country if location else "") or settings.DEFAULT_COUNTRY
        try:
            doubt = dialplan.read(number.written, region=region).doubt
        except dialplan.NotANumber as problem:
            doubt = str(problem)
        if doubt:
            self.stdout.write(f"{_who(number)}: “{number.written}” is doubtful. {doubt}")
        return bool(doubt)


def _who(number: Number) -> str:
    return f"{number.person} ({number.person_id}), {number.get_kind_display()}"


def _keep(fresh: list[Number], *, tell: Any) -> int:
    """Keeps them, one by one where one of them cannot be; how many were refused."""
    try:
        with transaction.atomic():
            Number.objects.bulk_update(fresh, READ)
    except IntegrityError:
        if len(fresh) == 1:
            tell(f"{_who(fresh[0])}: the person has this number already. Delete one of the two.")
            return 1
        return sum(_keep([number], tell=tell) for number in fresh)
    return 0
