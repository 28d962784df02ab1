"""`python -m tests.chaos`: one storm, told in figures; exit status 1 where the promise broke."""

import argparse
import os
import re
import secrets
import sys
import tempfile
from pathlib import Path

from tests.chaos.environment import set_environment

_TRACEBACK = re.compile(r"^Traceback", re.MULTILINE)


def main() -> int:
    options = _options()
    print(f"CHAOS_SEED={options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="clicktodial-chaos-") as name:
        set_environment(Path(name), database_url=options.database_url)
        import django

        django.setup()
        from django.db import connection, connections

        from tests.chaos import storm, summary

        report = storm.blow(clicks=options.clicks, seed=options.seed, folder=Path(name))
        told = summary.lines(report, seed=options.seed, database=connection.vendor)
        print("\n".join(told), flush=True)
        connections.close_all()
        if report.breaches and options.logs:
            for log in sorted(Path(name).glob("*.log")):
                said = log.read_text("utf-8", "replace")
                # What went wrong inside, wherever in the storm it was.
                inside = [said[m.start() : m.start() + 6000] for m in _TRACEBACK.finditer(said)]
                print(f"--- {log.name}", *inside[:3], said[-2000:], sep="\n")
    return 1 if report.breaches else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--clicks", type=int, default=2000)
    parser.add_argument("--seed", default=os.environ.get("CHAOS_SEED") or secrets.token_hex(4))
    parser.add_argument("--database-url", default="", help="an empty database (default: SQLite)")
    parser.add_argument("--logs", action="store_true", help="show the hosts' logs after a breach")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
