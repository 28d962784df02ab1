"""A minute of an ordinary busy day loses nothing, doubles nothing and leaks nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import migrated

pytestmark = pytest.mark.long

MINUTES = os.environ.get("SOAK_MINUTES", "1")
LONGEST = 60 * float(MINUTES) + 240


def test_a_minute_of_clicks_searches_and_imports_goes_well(capsys):
    with migrated.postgres() as url:
        ended = subprocess.run(
            [sys.executable, "-m", "tests.soak", "--minutes", MINUTES, "--database-url", url],
            cwd=Path(__file__).resolve().parents[2],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    with capsys.disabled():
        print(f"\n{ended.stdout}", end="")
    assert ended.returncode == 0, ended.stdout
    assert "wrong = 0" in ended.stdout
