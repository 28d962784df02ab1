"""What the benchmarks share: rounds that take turns, a table, targets that hold or fall short."""

import gc
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

ROUNDS = 7
Work = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """A measured figure and what it has to be."""

    name: str
    value: float
    target: float
    at_least: bool = False

    @property
    def holds(self) -> bool:
        return self.value >= self.target if self.at_least else self.value <= self.target

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        verdict = "holds" if self.holds else "falls short"
        return f"{self.name} = {self.value:.3g} (target {sign} {self.target:g}) {verdict}"


def seconds(work: Work, times: int) -> float:
    """The median of so many runs."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


def compare(title: str, works: dict[str, Work], *, times: int) -> dict[str, float]:
    """The median seconds of each, measured in rounds that take turns, and told in a table.

    A busy moment of the machine so meets all of them; the median of the rounds leaves it out.
    """
    measured: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        seconds(work, max(3, times // 10))
    for _ in range(ROUNDS):
        for name, work in works.items():
            gc.collect()
            measured[name].append(seconds(work, times))
    medians = {name: statistics.median(values) for name, values in measured.items()}
    first = next(iter(medians.values()))
    print(f"\n{title}")
    for name, value in medians.items():
        print(f"  {name:<44} {value * 1e3:>10.3f} ms {value / first:>8.2f} x")
    return medians


@contextmanager
def answering(
    nodes: int = 1, *, delay: float = 0.0, certificate: str = ""
) -> Iterator[Sequence[int]]:
    """The ports of nodes that answer after the delay, in a process of their own."""
    program = Path(__file__).with_name("answering.py")
    command = [sys.executable, str(program), "--nodes", str(nodes), "--seconds", str(delay)]
    if certificate:
        command += ["--certificate", certificate]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        assert process.stdin is not None
        process.stdin.close()


def answered(port: int) -> int:
    """How many requests these nodes have answered."""
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/count")
    number = int(connection.getresponse().read())
    connection.close()
    return number
