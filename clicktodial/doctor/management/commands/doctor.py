"""`manage.py doctor`: everything looked at, for people and for monitoring."""

import json
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from clicktodial.dialing.reach import Level
from clicktodial.doctor import clusters, site
from clicktodial.doctor.report import Part, worst

STATUS = {Level.FINE: 0, Level.NOTICE: 1, Level.TROUBLE: 2}


class Command(BaseCommand):
    help = (
        "Examine the site, its clusters and their nodes. Never places a call. Ends with status 0 "
        "where all is fine, 1 where something is worth a notice and 2 where something is wrong."
    )
    requires_system_checks: list[str] = []  # they are among what it tells

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--user-id",
            default="",
            metavar="ID",
            help="also try the application user's rights, once a cluster, with this Unified CM "
            "user id, and ask whether the clusters are its home",
        )
        parser.add_argument(
            "--only", choices=("site", "clusters"), help="examine this and nothing else"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        parts: list[Part] = []
        if options["only"] != "clusters":
            parts += site.examine()
        if options["only"] != "site" and settings.DIALING:
            parts += clusters.examine(clusters.enabled(), user_id=options["user_id"])
        level = worst(part.level for part in parts)
        if options["json"]:
            told = {"level": level, "parts": [part.as_json() for part in parts]}
            self.stdout.write(json.dumps(told, indent=1, ensure_ascii=False))
        else:
            for part in parts:
                self._write(part)
        if level is not Level.FINE:
            sys.exit(STATUS[level])

    def _write(self, part: Part) -> None:
        self.stdout.write(f"{part.title} ({part.milliseconds} ms)")
        for finding in part.findings:
            told = " ".join(filter(None, (f"{finding.subject}: {finding.says}", finding.advice)))
            self.stdout.write(f"  {finding.level.upper():9} {told}")
