"""Imports people from a CSV or XLSX file: for a terminal, a timer, a script."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clicktodial.jobs import runs, terminal
from clicktodial.jobs.models import Job
from directory.imports import fields, works
from directory.models import ImportItem, ImportRun, ImportSource

WAITS, STOPPED = 2, 3
_TOLD = 200  # lines of each kind
_LISTED = (
    ImportItem.Kind.CONFLICT,
    ImportItem.Kind.REFUSED,
    ImportItem.Kind.DOUBTFUL,
)


class Command(BaseCommand):
    help = (
        "Plans an import of people from a CSV or XLSX file and tells the plan; does it with --yes. "
        "Exit status: 0 done, or nothing to do; 1 it cannot be done, and nothing was; 2 the plan "
        "waits to be confirmed; 3 more people would be gone than the source allows."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="the file; or use --undo")
        parser.add_argument("--source", default="", help="where the people come from, by name")
        parser.add_argument(
            "--map", action="append", default=[], metavar="HEADING=FIELD",
            help="what a column holds; kept for the next time. Nothing behind = leaves it out. "
            f"Fields: {', '.join(fields.ALL)}",
        )  # fmt: skip
        parser.add_argument("--match-by", choices=("email", "cucm_user_id", "nobody"))
        parser.add_argument("--photos", default="", help="a folder or a zip file of photos")
        parser.add_argument("--yes", action="store_true", help="do what the plan says")
        parser.add_argument("--dry-run", action="store_true", help="tell the plan and forget it")
        parser.add_argument(
            "--allow-shrink", action="store_true", help="it is right that so many are gone"
        )
        parser.add_argument("--json", action="store_true", help="tell it for programs")
        parser.add_argument("--undo", type=int, metavar="RUN", help="take back an import")
        parser.add_argument(
            "--partly", action="store_true", help="undo all but who was changed since"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["undo"]:
            job = self._do(works.UNDO, run=options["undo"], partly=options["partly"])
            self._tell({"state": "undone", "said": job.said}, options)
            return
        run = self._planned(options)
        if options["dry_run"]:
            told = self._told(run)
            works.discard(run)
            self._tell(told, options)
            return
        if self._nothing_changes(run):
            told = self._told(run)
            works.discard(run)
            self._tell(told, options)
            return
        if run.shrinks and not options["allow_shrink"]:
            self._tell(self._told(run), options)
            gone, shown = run.count("newly_gone"), run.count("shown")
            self.stderr.write(
                f"Stopped: {gone} of {shown} people would be gone. If that is right: --allow-shrink"
            )
            sys.exit(STOPPED)
        if not options["yes"]:
            self._tell(self._told(run), options)
            self.stderr.write("Nothing was done. Confirm it in the administration, or add --yes.")
            sys.exit(WAITS)
        self._do(works.APPLY, run=run.pk, shrink=options["allow_shrink"])
        run.refresh_from_db()
        self._tell(self._told(run), options)

    def _planned(self, options: dict[str, Any]) -> ImportRun:
        file = Path(options["file"] or "")
        if not options["file"] or not options["source"]:
            raise CommandError("Name the file, and with --source where its people come from.")
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        source, _made = ImportSource.objects.get_or_create(name=options["source"][:60])
        self._set(source, options)
        run = ImportRun.objects.create(source=source, file_name=file.name[:200])
        try:
            self._do(
                works.PLAN, run=run.pk, path=str(file.resolve()), photos=options["photos"],
                about=file.name,
            )  # fmt: skip
        except CommandError:
            run.refresh_from_db()
            if run.state == ImportRun.State.UPLOADED:
                run.delete()
            raise
        run.refresh_from_db()
        return run

    def _set(self, source: ImportSource, options: dict[str, Any]) -> None:
        for each in options["map"]:
            heading, equals, name = each.rpartition("=")
            if not equals or (name and name not in fields.ALL):
                raise CommandError(f"--map {each}: write HEADING=FIELD, with one of the fields.")
            source.mapping[heading] = name
        if match := options["match_by"]:
            source.match_by = "" if match == "nobody" else match
        source.save()

    def _do(self, kind: str, *, about: str = "", **arguments: Any) -> Job:
        line = terminal.Line()
        try:
            job = runs.run(runs.begin(kind, alone=works.ALONE, about=about, **arguments), tell=line)
        except runs.Busy as busy:
            raise CommandError(str(busy)) from None
        finally:
            line.close()
        if job.state != Job.State.DONE:
            raise CommandError(job.said)
        return job

    @staticmethod
    def _nothing_changes(run: ImportRun) -> bool:
        told = (*_LISTED, "")
        return not run.items.exclude(kind__in=told).exists()

    @staticmethod
    def _told(run: ImportRun) -> dict[str, Any]:
        items = run.items.filter(kind__in=_LISTED).order_by("pk")
        columns = ("kind", "line", "external_id", "label", "reason")
        return {
            "run": run.pk,
            "source": run.source.name,
            "state": run.state,
            "file": run.file_name,
            "sha256": run.digest,
            "said": run.said,
            "counts": run.counts,
            "told": list(items.values(*columns)[:_TOLD]),
        }

    def _tell(self, told: dict[str, Any], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for each in told.get("told", ()):
            where = f"line {each['line']}" if each["line"] else each["external_id"]
            self.stdout.write(f"{each['kind']}, {where}: {each['label']}: {each['reason']}")
        self.stdout.write(told["said"])
