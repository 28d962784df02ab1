"""`python -m tests.soak`: one day, told in figures; exit status 1 where something was wrong."""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from tests import postgres
from tests.chaos.environment import set_environment

if TYPE_CHECKING:
    from tests.soak.day import Report

SHOWN = 20
FLAT = 8.0  # megabytes that a worker may grow from the middle of the day to its end


def main() -> int:
    options = _options()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clicktodial-")))
        url = options.database_url
        if not url and not options.sqlite:
            url = stack.enter_context(postgres.running())
        set_environment(folder, database_url=url)
        import django

        django.setup()
        from django.db import connection, connections

        from tests.soak import day

        report = day.live(minutes=options.minutes, folder=folder)
        print("\n".join(_lines(report, database=connection.vendor)), flush=True)
        connections.close_all()
        if report.wrong:
            for log in sorted(folder.glob("*.log")):
                print(f"--- {log.name}\n{log.read_text('utf-8', 'replace')[-4000:]}")
    return 1 if report.wrong or report.growth > FLAT else 0


def _lines(report: "Report", *, database: str) -> list[str]:
    outcomes = ", ".join(f"{count} {name}" for name, count in report.outcomes.most_common())
    flat = "holds" if report.growth <= FLAT else "falls short"
    return [
        f"soak on {database}, two hosts: {report.seconds / 60:.1f} minutes",
        f"  clicks       {report.clicks}, of which {report.met} met a call of the same person",
        f"  in the log   {outcomes}; on the wire: {report.wire}",
        f"  searches     {report.searches}, the slowest {report.slowest_search:.2f} s",
        f"  imports      {report.imports}",
        f"  memory       at most {report.most_memory:.0f} MB a worker",
        f"  wrong        {len(report.wrong)}",
        *(f"    {problem}" for problem in report.wrong[:SHOWN]),
        f"worker_growth_mb = {report.growth:.1f} (target <= {FLAT:.0f}) {flat}",
        f"wrong = {len(report.wrong)} (target 0) {'falls short' if report.wrong else 'holds'}",
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--sqlite", action="store_true", help="instead of a PostgreSQL of its own")
    parser.add_argument("--database-url", default="", help="an empty database instead")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
