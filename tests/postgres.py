"""A PostgreSQL of one's own for as long as a test runs: private folder, private socket, no port."""

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

PROGRAMS = "/usr/lib/postgresql"  # where Debian and Ubuntu keep what is not for everybody's PATH
OPTIONS = {
    "listen_addresses": "",
    "max_connections": "300",
    "unix_socket_permissions": "0777",  # within a folder that nobody else may enter
    "fsync": "off",  # the folder does not outlive the test, and no test pulls the plug
}


class NoPostgres(Exception):
    """There is no PostgreSQL server to be started here; the text says why."""


@contextmanager
def running(*, template: str = "template1") -> Iterator[str]:
    """The DATABASE_URL of an empty database, or of a copy, on a server of our own; NoPostgres.

    The server is this process's, and goes with it; the database goes when the block ends.
    """
    name, url = kept(f"site{next(_numbers)}", template=template)
    try:
        yield url
    finally:
        with _door(_server()) as door:
            door.execute(f"DROP DATABASE {name} WITH (FORCE)")


def kept(name: str, *, template: str = "template1") -> tuple[str, str]:
    """The name and DATABASE_URL of a database that stays as long as the server."""
    folder = _server()
    with _door(folder) as door:
        door.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name, f"postgres://clicktodial@/{folder}/{name}"


@contextmanager
def required() -> Iterator[str]:
    """The same for a test that is skipped where there is no server."""
    with wanted(), running() as url:
        yield url


@contextmanager
def wanted() -> Iterator[None]:
    """Skips a test with the reason where there is no server, but never in CI."""
    import pytest

    try:
        yield
    except NoPostgres as reason:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(reason))


_numbers = count(1)


@cache
def _server() -> Path:
    """The folder of this process's server, which is started when it is first asked for.

    PostgreSQL refuses to run as root, so root starts it as its own or as an unprivileged user.
    """
    initdb, postgres = _program("initdb"), _program("postgres")
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="clicktodial-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    run: dict[str, Any] = {"user": user, "cwd": folder, "stdout": subprocess.DEVNULL}
    arguments = ["-D", data, "-U", "clicktodial", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run([initdb, *arguments], check=True, **run)
    options = [f"-c{name}={value}" for name, value in OPTIONS.items()]
    with open(folder / "log", "w", encoding="utf-8") as log:
        server = subprocess.Popen([postgres, "-D", data, "-k", folder, *options], stderr=log, **run)
    atexit.register(_stop, server)
    _wait_for(folder, server)
    return folder


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.send_signal(signal.SIGINT)  # at once: whoever is still connected is sent away
    server.wait(timeout=30)


def _door(folder: Path) -> Any:
    import psycopg

    found = {"host": str(folder), "user": "clicktodial", "dbname": "postgres"}
    return psycopg.connect(**found, autocommit=True)


def _program(name: str) -> str:
    beside = sorted(Path(PROGRAMS).glob(f"*/bin/{name}"), reverse=True)
    found = shutil.which(name) or (str(beside[0]) if beside else None)
    if found is None:
        raise NoPostgres(f"PostgreSQL's {name} is not installed (Debian: apt install postgresql)")
    return found


def _user() -> str | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL does not run as root, and there is no other user to run it as")


def _wait_for(folder: Path, server: "subprocess.Popen[bytes]") -> None:
    import psycopg

    while server.poll() is None:
        try:
            _door(folder).close()
        except psycopg.OperationalError:
            try:
                server.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                continue
        else:
            return
    raise NoPostgres(f"PostgreSQL did not start: {(folder / 'log').read_text('utf-8')[-400:]}")
