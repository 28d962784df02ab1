"""A PostgreSQL of one's own for as long as a test runs: private folder, private socket, no port."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
def running() -> Iterator[str]:
    """The DATABASE_URL of an empty database on a server of our own; raises NoPostgres.

    PostgreSQL refuses to run as root, so root starts it as its own or as an unprivileged user.
    """
    initdb, postgres = _program("initdb"), _program("postgres")
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="clicktodial-pg-"))
    try:
        if user:
            shutil.chown(folder, user)
        data = folder / "data"
        run = {"user": user, "cwd": folder, "stdout": subprocess.DEVNULL}
        arguments = ["-D", data, "-U", "clicktodial", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run([initdb, *arguments], check=True, **run)
        options = [f"-c{name}={value}" for name, value in OPTIONS.items()]
        with open(folder / "log", "w", encoding="utf-8") as log:
            server = subprocess.Popen(
                [postgres, "-D", data, "-k", folder, *options], stderr=log, **run
            )
        try:
            _wait_for(folder, server)
            yield f"postgres://clicktodial@/{folder}/postgres"
        finally:
            server.terminate()
            server.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def required() -> Iterator[str]:
    """The same for a test: skipped with the reason where there is no server, but never in CI."""
    import pytest

    try:
        with running() as url:
            yield url
    except NoPostgres as reason:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(reason))


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
            psycopg.connect(host=str(folder), user="clicktodial", dbname="postgres").close()
        except psycopg.OperationalError:
            try:
                server.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                continue
        else:
            return
    raise NoPostgres(f"PostgreSQL did not start: {(folder / 'log').read_text('utf-8')[-400:]}")
