"""The long form of the storm in tests/chaos: 20,000 clicks.

python -m tests.benchmarks.chaos [--clicks N] [--seed S] [--database-url URL]
"""

import sys
from pathlib import Path

# Run by its path, this folder would stand first and hide the standard library's own modules.
# ruff: noqa: E402 - so the path comes before the other imports.
sys.path[0] = str(Path(__file__).resolve().parents[2])

import os

from tests.chaos.__main__ import main

if __name__ == "__main__":
    # The storm's own processes are started with -m, from the root of the project.
    os.chdir(sys.path[0])
    sys.argv[1:1] = ["--clicks", "20000"]
    sys.exit(main())
