"""The processes of a storm: the simulator, two hosts of the site, and the database between them."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

WORKERS, THREADS = 2, 16  # a host

Process = subprocess.Popen[bytes]


class Witness:
    """The simulator in its own process, asked and told over its control interface."""

    def __init__(self, process: Process, port: int) -> None:
        self.process = process
        self._port = port

    def _ask(self, method: str, path: str, members: dict[str, Any] | None = None) -> Any:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            headers = {"Content-Type": "application/json"}
            connection.request(method, path, json.dumps(members or {}), headers)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status} {text.decode()}")
            return json.loads(text)
        finally:
            connection.close()

    @property
    def nodes(self) -> list[dict[str, Any]]:
        return list(self._ask("GET", "/control/state")["nodes"])

    @property
    def calls(self) -> list[dict[str, Any]]:
        """Every makeCall that reached a node, whether it rang or not."""
        return list(self._ask("GET", "/control/calls"))

    def do(self, what: str, **members: Any) -> None:
        """Have something happen, such as `do("fault", node=…, name=…)`."""
        self._ask("POST", f"/control/{what}", members)


class Host:
    """One gunicorn with its workers, as on a machine of its own."""

    def __init__(self, process: Process, port: int) -> None:
        self.process = process
        self.port = port

    def workers(self) -> list[int]:
        """The process ids of the workers that live now."""
        pid = self.process.pid
        with suppress(OSError):
            return [
                int(child)
                for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
            ]
        return []


def tell(pid: int, word: signal.Signals) -> bool:
    """Send a worker a signal; False where it has gone by itself."""
    with suppress(ProcessLookupError):
        os.kill(pid, word)
        return True
    return False


@contextmanager
def witness(scene: dict[str, Any], *, folder: Path) -> Iterator[Witness]:
    """The simulator, playing the scene."""
    path = folder / "scene.json"
    path.write_text(json.dumps(scene), encoding="utf-8")
    command = [sys.executable, "-m", "clicktodial.simulator", str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process.stdout, _stopped_in_the_end(process):
        for line in process.stdout:
            if line.startswith(b"Phones: "):
                yield Witness(process, int(line.rsplit(b":", 1)[1].partition(b"/")[0]))
                return
        raise RuntimeError("the simulator did not start")


@contextmanager
def hosts(
    count: int, *, folder: Path, workers: int = WORKERS, threads: int = THREADS
) -> Iterator[list[Host]]:
    """Several hosts of the site over the database that the environment names."""
    with ExitStack() as stack:
        logs = [folder / f"host{n}.log" for n in range(count)]
        yield [stack.enter_context(_host(log, workers, threads)) for log in logs]


@contextmanager
def _host(log: Path, workers: int, threads: int) -> Iterator[Host]:
    with socket.create_server(("127.0.0.1", 0), backlog=512) as door, log.open("wb") as said:
        command = [
            *(sys.executable, "-m", "gunicorn", "tests.chaos.wsgi:application"),
            *("--bind", f"fd://{door.fileno()}", "--no-control-socket"),
            *("--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads)),
            *("--log-level", "warning", "--graceful-timeout", "3"),
        ]
        process = subprocess.Popen(command, pass_fds=[door.fileno()], stdout=said, stderr=said)
        with _stopped_in_the_end(process):
            yield Host(process, door.getsockname()[1])


@contextmanager
def _stopped_in_the_end(process: Process) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
