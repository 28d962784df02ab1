"""`manage.py check_clusters`: every enabled node tested, for people and for monitoring."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clicktodial.dialing import probe
from clicktodial.dialing.models import Node
from clicktodial.dialing.reach import Level


class Command(BaseCommand):
    help = (
        "Test every enabled node: name, connection, certificate, WebDialer, and whether the "
        "application user is stopped. Never places a call. Ends with status 1 when something is "
        "wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--user",
            default="",
            metavar="ID",
            help="also try the application user's rights, once, with this Unified CM user id",
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        nodes = Node.objects.filter(enabled=True, cluster__enabled=True)
        found = probe.test_all(
            nodes.select_related("cluster").order_by("cluster__order", "cluster", "order", "pk"),
            user_id=options["user"],
        )
        if options["json"]:
            self.stdout.write(json.dumps([_as_json(one) for one in found], indent=1))
        else:
            for one in found:
                self.stdout.write(_as_line(one))
        if not found:
            raise CommandError(_("There is no enabled node."))
        wrong = sum(one.level is Level.TROUBLE for one in found)
        if wrong:
            text = ngettext("%(count)d node has trouble.", "%(count)d nodes have trouble.", wrong)
            raise CommandError(text % {"count": wrong})


def _as_line(found: probe.Findings) -> str:
    """One line a node: what is wrong and what to do, or else what was seen."""
    worth = [step for step in found.steps if step.level in (Level.TROUBLE, Level.NOTICE)]
    steps = worth or [step for step in found.steps if step.level is Level.FINE]
    told = "; ".join(
        " ".join(filter(None, (f"{step.subject}: {step.says}", step.advice))) for step in steps
    )
    return f"{found.level.upper():7} {found.node} ({found.node.cluster}): {told}"


def _as_json(found: probe.Findings) -> dict[str, Any]:
    return {
        "cluster": found.node.cluster.name,
        "node": str(found.node),
        "level": found.level,
        "seconds": round(found.seconds, 3),
        "steps": [
            {"subject": s.subject, "level": s.level, "says": s.says, "advice": s.advice}
            for s in found.steps
        ],
    }
