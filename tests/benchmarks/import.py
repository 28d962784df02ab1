# ruff: noqa: N999 - make bench-import calls it so
"""Importing people, measured against merely parsing their file, and against django-import-export.

    python -m tests.benchmarks.import [people]       100,000 if nothing is said

A tenth of the people change, each in one of title, room, mobile number, family name or department;
all of it in one transaction, with the plan made, kept and checked, and the search keys kept up.
Everything of one database is timed in one process and in turns, as it is every night: the file
before has been imported, so that rows are known again. How long it takes where none is known is
printed beside it, and the memory is that of this first time. django-import-export is installed
into a folder that is thrown away afterwards; it is given the first rows of the same file alone,
since it is slower, and none of the three numbers, since it has one model at a time; it too keeps
the search keys, by signals.
"""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests import postgres
from tests.benchmarks.yardsticks import Figure

RIVAL = "django-import-export==4.3.*"
RIVAL_ROWS = 2500
FEWER = 4
"""With so many times fewer rows memory is measured too."""
FLAT = 2.0  # MB more for so many times the rows


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else int(os.environ.get("PEOPLE", "100000"))
    figures: list[Figure] = []
    with ExitStack() as stack:
        top = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clicktodial-bench-")))
        theirs = _install(top / "rival")
        for engine in ("SQLite", "PostgreSQL"):
            try:
                figures += _measure(engine, count=count, folder=top / engine, theirs=theirs)
            except postgres.NoPostgres as missing:
                if os.environ.get("CI") == "true":
                    raise
                print(f"PostgreSQL is left out: {missing}")
    print()
    for figure in figures:
        print(figure)
    sys.exit(not all(figure.holds for figure in figures))


def _install(folder: Path) -> Path | None:
    """The other way, where it can be had."""
    wanted = [RIVAL, "tablib", "diff-match-patch"]
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
               "--no-deps", "--target", str(folder), *wanted]  # fmt: skip
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        print(f"django-import-export is left out: {done.stderr.strip().splitlines()[-1:]}")
        return None
    return folder


def _measure(engine: str, *, count: int, folder: Path, theirs: Path | None) -> list[Figure]:
    found: dict[str, Any] = {}
    few: dict[str, Any] = {}
    folder.mkdir()
    with ExitStack() as stack:
        for size, results, step in ((count // FEWER, few, "first"), (count, found, "measure")):
            url = f"sqlite:///{folder}/people-{size}.sqlite3"
            if engine == "PostgreSQL":
                url = stack.enter_context(postgres.running())
            _step("fill", size, url=url, folder=folder)
            results |= _step(step, size, url=url, folder=folder)
        if theirs:
            found |= _step("rival", min(RIVAL_ROWS, count), url=url, folder=folder, theirs=theirs)
    print(f"\n{count:,} people on {engine}, {count // 10:,} of them changed")
    print(f"  parsing the file              {found['parse']:>10,.0f} rows/s")
    print(f"  import, plan and all          {found['import']:>10,.0f} rows/s")
    print(f"  the first time                {found['first']:>10,.0f} rows/s")
    peaks = f"{few['peak']:.1f} and {found['peak']:.1f} MB"
    print(f"  memory, {count // FEWER:,} and {count:,}: {peaks}")
    figures = [
        Figure(f"{engine}: import over parsing", found["ratio"], 0.1, at_least=True),
        Figure(f"{engine}: peak memory, MB more", found["peak"], 15.0),
    ]
    more = found["peak"] - few["peak"]
    figures.append(Figure(f"{engine}: MB more for {FEWER} times the rows", more, FLAT))
    if theirs:
        rival = f"{found['rival']:>10,.0f} rows/s, by the first {RIVAL_ROWS:,}"
        print(f"  django-import-export          {rival}")
        times = found["import"] / found["rival"]
        figures.append(Figure(f"{engine}: times django-import-export", times, 40.0, at_least=True))
    return figures


def _step(
    step: str, size: int, *, url: str, folder: Path, theirs: Path | None = None
) -> dict[str, Any]:
    out = folder / f"{step}.json"
    paths = [str(theirs)] if theirs else []
    environment = os.environ | {"TEST_DATABASE_URL": url, "PYTHONPATH": os.pathsep.join(paths)}
    subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.importing", step, str(size), str(out)],
        check=True, env=environment,
    )  # fmt: skip
    result: dict[str, Any] = json.loads(out.read_text())
    return result


if __name__ == "__main__":
    main()
