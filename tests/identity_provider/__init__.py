"""An OpenID provider of one's own: django-oauth-toolkit in a process of its own."""

import os
import secrets
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CLIENT_ID = "clicktodial"
PASSWORD = "at-the-provider"
STARTING = 60
"""Seconds the provider may take to answer for the first time."""


@dataclass(frozen=True)
class Provider:
    """A running provider; ada (help desk) and bruno have accounts there."""

    port: int
    secret: str

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def issuer(self) -> str:
        return f"{self.origin}/o"

    def close_account(self, username: str) -> None:
        """The account may no longer sign in there, and its sessions there end."""
        self._control(f"close/{username}/")

    def open_account(self, username: str) -> None:
        self._control(f"open/{username}/")

    def spoil(self, how: str) -> None:
        """From now on tokens are wrong in this way; empty: right again."""
        self._control(f"spoil/{how or 'nothing'}/")

    def _control(self, what: str) -> None:
        with urllib.request.urlopen(f"{self.origin}/control/{what}", timeout=30):
            pass


@contextmanager
def running(folder: Path, *, site: str) -> Iterator[Provider]:
    """A provider where this site is registered."""
    secret = secrets.token_urlsafe(24)
    variables = {"FOLDER": str(folder), "SITE": site, "SECRET": secret}
    with open(folder / "provider.log", "w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.identity_provider"],
            env={"PATH": os.environ["PATH"], **variables},
            cwd=Path(__file__).resolve().parents[2],
            stdout=log,
            stderr=log,
        )
    try:
        yield Provider(_port(folder, process), secret)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _port(folder: Path, process: "subprocess.Popen[bytes]") -> int:
    file, deadline = folder / "port", time.monotonic() + STARTING
    while time.monotonic() < deadline and process.poll() is None:
        if file.exists():
            return int(file.read_text())
        time.sleep(0.1)
    raise RuntimeError(f"No provider: {(folder / 'provider.log').read_text('utf-8')[-2000:]}")
