"""The site of a running demo: its database, its static files, and the server in front."""

import contextlib
import hashlib
import http.client
import os
import subprocess
import sys
import time
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError

from clicktodial.demo import accounts, rows
from clicktodial.demo.ground import CannotStart

BASE_DIR = Path(__file__).resolve().parents[2]
STARTING = 60
"""Seconds the server may take to answer for the first time."""
STOPPING = 10
"""Seconds it may take to finish what it is doing."""


def prepare(folder: Path, *, password: str) -> None:
    """Brings the database and the static files up to date; a new database is filled."""
    try:
        call_command("migrate", interactive=False, verbosity=0)
        if rows.are_missing():
            print("Hiring people …", flush=True)
            rows.write(password=password)
            accounts.write(password=password)
    except DatabaseError as error:
        raise CannotStart(
            f"The demo's database does not fit ({error}). To start over: make run FRESH=1"
        ) from error
    _collect(folder)


def serve(folder: Path, *, host: str, port: int) -> "subprocess.Popen[bytes]":
    """The server as a process of its own, once it answers; CannotStart where it does not."""
    memory = Path("/dev/shm")  # noqa: S108 - gunicorn makes a private, unlinked file there
    command = [
        *(sys.executable, "-m", "gunicorn", "clicktodial.wsgi:application"),
        *("--chdir", str(BASE_DIR), "--bind", f"{_bracketed(host)}:{port}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "8"),
        *("--worker-tmp-dir", str(memory if os.access(memory, os.W_OK) else folder)),
        *("--graceful-timeout", "5", "--log-level", "warning", "--no-control-socket"),
    ]
    surroundings = {k: v for k, v in os.environ.items() if k != "GUNICORN_CMD_ARGS"}
    # In a group of its own, so that Ctrl-C reaches only us and we stop things in order.
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and words
        command, cwd=folder, env=surroundings, process_group=0
    )
    try:
        _wait_for_answer(process, host=host, port=port)
    except BaseException:
        stop(process)
        raise
    return process


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ends the server, gently if it lets us."""
    process.terminate()
    try:
        process.wait(STOPPING)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_for_answer(process: "subprocess.Popen[bytes]", *, host: str, port: int) -> None:
    reach = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - read, not bound
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise CannotStart("The site stopped while it was starting; the reason stands above.")
        connection = http.client.HTTPConnection(reach, port, timeout=STARTING)
        with (
            contextlib.suppress(OSError, http.client.HTTPException),
            contextlib.closing(connection),
        ):
            connection.request("GET", "/sign-in/")
            status = connection.getresponse().status
            if status >= 500:
                raise CannotStart(f"The site answers with error {status}; see above.")
            return
        time.sleep(0.1)
    raise CannotStart(f"The site did not answer within {STARTING} seconds.")


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _collect(folder: Path) -> None:
    """Collects the static files anew where one of them has changed since the last start."""
    stamp, manifest = folder / "static.stamp", folder / "static" / "staticfiles.json"
    state = _state_of_static_files()
    if manifest.exists() and stamp.exists() and stamp.read_text() == state:
        return
    print("Preparing static files …", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(state)


def _state_of_static_files() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = Path(storage.path(path))
            digest.update(f"{path} {file.stat().st_size} {file.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()
