"""How much memory the workers hold, looked at again and again."""

import statistics
import threading
from contextlib import suppress
from pathlib import Path

from tests.chaos.stage import Host

EVERY = 2.0  # seconds


class Memory:
    """Samples of every worker's own memory, in megabytes, until it is stopped."""

    def __init__(self, hosts: list[Host]) -> None:
        self.samples: dict[int, list[float]] = {}
        self._hosts = hosts
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    @property
    def growth(self) -> float:
        """Megabytes by which the worker that grew most did so, from the middle to the end."""
        return max(map(_growth, self.samples.values()))

    @property
    def most(self) -> float:
        return max(max(each) for each in self.samples.values())

    def _look(self) -> None:
        while not self._over.wait(EVERY):
            for host in self._hosts:
                for pid in host.workers():
                    with suppress(OSError):
                        self.samples.setdefault(pid, []).append(_own(pid))


def _own(pid: int) -> float:
    """What a process holds for itself: no file that is mapped, no page that is shared."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Anonymous:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _growth(samples: list[float]) -> float:
    """From the middle third to the last: the first third is spent on warming up."""
    third = len(samples) // 3
    if not third:
        return 0.0
    middle, last = samples[third : 2 * third], samples[-third:]
    return statistics.median(last) - statistics.median(middle)
