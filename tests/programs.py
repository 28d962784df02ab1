"""Other people's servers, as the tests start them: where they are, at which port, as whom."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest

STARTING = 30
"""Seconds a server may take until it answers."""


class Missing(Exception):
    """A program cannot be started here; the text says which, and how to get it."""


def find(name: str, *, package: str) -> str:
    """The program's path; raises Missing."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None:
        raise Missing(f"{name} is not installed (Debian: apt install {package})")
    return found


def or_skip(reason: Missing) -> NoReturn:
    """Skips with the reason, which CI does not put up with."""
    if os.environ.get("CI") == "true":
        pytest.fail(str(reason))
    pytest.skip(str(reason))


def user(*names: str) -> str | None:
    """Whom a server that is not to run as root runs as, where the tests do; raises Missing."""
    if os.geteuid() != 0:
        return None
    for name in (*names, "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise Missing("there is no other user than root to run servers as")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(
    process: "subprocess.Popen[bytes]", *ports: int, log: Callable[[], str]
) -> Iterator[None]:
    """While this server runs that answers at its ports; raises Missing where it does not start."""
    try:
        _wait_for(process, ports, log)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(
    process: "subprocess.Popen[bytes]", ports: tuple[int, ...], log: Callable[[], str]
) -> None:
    deadline = time.monotonic() + STARTING
    while process.poll() is None and time.monotonic() < deadline:
        try:
            for port in ports:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Missing(f"{process.args!r} did not start: {log()[-800:]}")
