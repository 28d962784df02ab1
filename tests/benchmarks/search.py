"""Finding people, measured against the least that could be: twenty of them by primary key.

    python -m tests.benchmarks.search [people …]       10,000 and 100,000 if none are named
    PEOPLE=1000000 python -m tests.benchmarks.search   a million, on both databases
    KEEP=folder POSTGRES=url                           both keep what is filled for the next time

Everything is timed in one process and in turns, so that a busy machine slows all of it. The
yardstick fetches with the bare driver, prepared, all that a list shows: twenty people with
department and location, and their numbers.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests import postgres

TARGETS = {
    # name: (on SQLite, on PostgreSQL), at most; at a million people
    "find p50 / yardstick": (1.8, 2.0),
    "find p95 / yardstick": (12.0, 6.0),
    "find worst / yardstick": (100.0, 20.0),
    "signed-in answer / driver": (10.0, 3.0),
    "one edit / bare update": (20.0, 20.0),
}


def main() -> None:
    named = sys.argv[1:] or os.environ.get("PEOPLE", "10000 100000").replace(",", " ").split()
    failed = False
    for count in map(int, named):
        with tempfile.TemporaryDirectory(prefix="clicktodial-bench-") as passing:
            folder = Path(os.environ.get("KEEP", passing)).absolute()
            urls = {"SQLite": f"sqlite:///{folder}/people-{count}.sqlite3"}
            try:
                urls["PostgreSQL"] = _postgres(f"people_{count}")
            except postgres.NoPostgres as missing:
                if os.environ.get("CI") == "true":
                    raise
                print(f"PostgreSQL is left out: {missing}")
            results = {
                engine: _in_a_process(url, count=count, kept=folder / f"{engine}-{count}")
                for engine, url in urls.items()
            }
            failed |= _tell(count, results)
    sys.exit(failed)


def _postgres(name: str) -> str:
    """The address of a database of this name, made if it is not there."""
    server = os.environ.get("POSTGRES")
    return _database(server, name) if server else postgres.kept(name)[1]


def _database(server: str, name: str) -> str:
    """The address of a database of this name on the server, made if it is not there."""
    import psycopg

    address, _, _ = server.rpartition("/")
    host = address.partition("@/")[2]
    with psycopg.connect(host=host, user="clicktodial", dbname="template1", autocommit=True) as at:
        if not at.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            at.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return f"{address}/{name}"


def _in_a_process(url: str, *, count: int, kept: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for step in ("fill", "measure"):
        out = kept.with_suffix(f".{step}.json")
        if step == "measure" or not out.exists():
            subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.searching", step, str(count), str(out)],
                env={**os.environ, "TEST_DATABASE_URL": url},
                check=True,
            )
        found |= json.loads(out.read_text())
    return found


def _tell(count: int, results: dict[str, Any]) -> bool:
    print(f"\n=== {count:,} people")
    failed = False
    for engine, found in results.items():
        print(f"\n--- {engine}")
        for name, value in (found["filled"] | found["told"]).items():
            print(f"{name} = {value}")
        print(f"{'kind of question':24}{'p50':>8}{'p95':>8}{'worst':>8}  of the yardstick")
        for kind, (middle, high, worst) in found["kinds"].items():
            print(f"{kind:24}{middle:8.2f}{high:8.2f}{worst:8.2f}")
        for name, targets in TARGETS.items():
            target = targets[engine == "PostgreSQL"]
            failed |= _judge(f"{engine}: {name}", found[name], target, found[name] <= target)
        slower = found["admin / find"]
        if slower is not None:
            failed |= _judge(
                f"{engine}: administration's search / yardstick", slower, 5000, slower >= 5000
            )
        shown, wanted = found["shown"]
        failed |= _judge(f"{engine}: wanted person shown", shown, wanted, shown == wanted)
        failed |= _judge(f"{engine}: empty answers", found["empty"], 0, found["empty"] == 0)
        for text in found["missed"][:10]:
            print(f"    not shown or empty: {text}")
    if len(results) == 2:
        one, other = (found["answers"] for found in results.values())
        same = sum(mine == theirs for mine, theirs in zip(one, other, strict=True))
        failed |= _judge("same people in the same order", same, len(one), same == len(one))
        for number in [n for n in range(len(one)) if one[n] != other[n]][:10]:
            print(f"    differs: {results['SQLite']['texts'][number]}")
    return failed


def _judge(name: str, value: float, target: float, holds: bool) -> bool:
    print(f"{name} = {value:,.4g} (target {target:,g}) {'holds' if holds else 'falls short'}")
    return not holds


if __name__ == "__main__":
    main()
