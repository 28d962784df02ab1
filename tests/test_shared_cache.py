"""Redis or Valkey may go and come back: pages open all the while, and limits are kept."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client, override_settings

from clicktodial import rates
from clicktodial.shared_cache import SharedCache


@pytest.fixture
def door(monkeypatch: Any) -> Iterator[Path]:
    """Where the shared cache would be; the site looks for it there, and nobody has failed yet."""
    monkeypatch.setattr(SharedCache, "asked_again_at", 0.0)
    with tempfile.TemporaryDirectory(prefix="clicktodial-") as folder:
        path = Path(folder) / "redis"
        named = {"BACKEND": "clicktodial.shared_cache.SharedCache", "LOCATION": f"unix://{path}"}
        with override_settings(CACHES={"default": named}, CALLS_A_MINUTE=2):
            yield path
            cache.meanwhile.clear()


@contextmanager
def redis(door: Path) -> Iterator[None]:
    """A Redis of one's own behind this door."""
    program = shutil.which("redis-server")
    if program is None:
        assert not os.environ.get("CI"), "redis-server is missing"
        pytest.skip("redis-server is not installed")
    command = [program, "--port", "0", "--unixsocket", str(door), "--save", "", "--dir"]
    process = subprocess.Popen([*command, str(door.parent)], stdout=subprocess.DEVNULL)
    try:
        while True:
            with suppress(OSError), socket.socket(socket.AF_UNIX) as asked:
                asked.connect(str(door))
                break
            assert process.poll() is None
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def waits() -> list[bool]:
    """Whether somebody who calls three times, where two are allowed, has to wait at each."""
    return [rates.count("CALLS_A_MINUTE", "ada") > 0 for _ in range(3)]


@pytest.mark.usefixtures("standing_clock")
def test_limits_are_counted_while_it_runs(door: Path) -> None:
    with redis(door):
        assert waits() == [False, False, True]
        assert cache.meanwhile.get("anything") is None


@pytest.mark.usefixtures("standing_clock")
def test_limits_are_counted_by_each_process_while_it_is_out(door: Path) -> None:
    assert waits() == [False, False, True]


def test_pages_open_while_it_is_out(door: Path, db: None) -> None:
    browser = Client()
    browser.force_login(get_user_model().objects.create_user("ada"))

    assert browser.get("/?q=a").status_code == 200


def test_it_is_used_again_after_a_rest(door: Path, monkeypatch: Any) -> None:
    cache.set("colour", "of before")
    with redis(door):
        assert cache.get("colour") == "of before"
        monkeypatch.setattr(SharedCache, "asked_again_at", 0.0)
        assert cache.get("colour") is None


def test_one_that_was_started_anew_is_noticed_by_nobody(door: Path) -> None:
    with redis(door):
        cache.set("colour", "blue")
    with redis(door):
        cache.set("colour", "green")
        assert (cache.get("colour"), cache.meanwhile.get("colour")) == ("green", None)


def test_one_that_is_silent_is_waited_for_once(door: Path) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(door))
        silent.listen()
        began = time.monotonic()
        for _ in range(20):
            cache.get("colour")

    assert time.monotonic() - began < 4


def test_the_log_says_so_without_the_address(door: Path, caplog: Any) -> None:
    cache.get("colour")
    cache.get("colour")

    assert [record.getMessage() for record in caplog.records] == [
        "the shared cache is out: ConnectionError"
    ]
