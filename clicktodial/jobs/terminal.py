"""How far a long work is, on one line of a terminal, or now and then in a log."""

import sys
import time
from typing import TextIO

from clicktodial.jobs.kinds import Progress

SELDOM = 30.0  # seconds between two lines where nobody watches
WIDTH = 78


class Line:
    """Tells the progress of a work on one line that is written over."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stderr
        self._told = time.monotonic()
        self._length = 0

    def __call__(self, progress: Progress) -> None:
        if not progress.words:
            return
        if self._out.isatty():
            text = _line(progress)
            self._out.write("\r" + text.ljust(self._length))
            self._out.flush()
            self._length = len(text)
        elif time.monotonic() - self._told > SELDOM:
            self._told = time.monotonic()
            self._out.write(_line(progress) + "\n")

    def close(self) -> None:
        """Clears the line, for what is said next."""
        if self._length:
            self._out.write("\r" + " " * self._length + "\r")
            self._out.flush()
            self._length = 0


def _line(progress: Progress) -> str:
    if not progress.total:
        return f"{progress.words} {progress.done:,}"[:WIDTH]
    share = min(progress.done / progress.total, 1)
    bar = "█" * round(20 * share) + "░" * (20 - round(20 * share))
    return f"{progress.words} {bar} {progress.done:,} of {progress.total:,}"[:WIDTH]
