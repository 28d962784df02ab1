"""A storm of failing nodes, killed workers and repeated clicks breaks no promise."""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import migrated

pytestmark = pytest.mark.long

CLICKS = {"sqlite": 700, "postgresql": 1500}  # together over 2,000; several hosts share PostgreSQL
LONGEST = 570  # seconds, in which a storm that hangs is given up


@pytest.mark.usefixtures("django_db_setup")
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_storm_makes_no_second_call_no_wrong_call_and_no_false_claim(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ExitStack() as stack:
        if database == "postgresql":
            url = stack.enter_context(migrated.postgres())
        else:
            url = migrated.sqlite(tmp_path)
        clicks = os.environ.get("CHAOS_CLICKS", str(CLICKS[database]))
        arguments = ["--clicks", clicks, "--logs", "--database-url", url]
        command = [sys.executable, "-m", "tests.chaos", *arguments]
        root = Path(__file__).resolve().parents[2]
        ended = subprocess.run(
            command,
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    with capsys.disabled():
        print(f"\n{ended.stdout}", end="")
    assert ended.returncode == 0, ended.stdout
    assert "promise      kept" in ended.stdout
