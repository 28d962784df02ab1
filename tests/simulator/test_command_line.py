"""`python -m clicktodial.simulator` plays a scene until it is interrupted."""

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from .conftest import SCENE


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "clicktodial.simulator", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "scene.json"
    file.write_text(json.dumps(SCENE))
    return file


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_tells_where_everything_is_and_stops_when_asked(file: Path, end: signal.Signals) -> None:
    with start(file) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(5)]
        assert [line.split()[:3] for line in lines[:4]] == [
            ["zurich", "old", "axis"],
            ["zurich", "stock", "axis"],
            ["zurich", "new", "literal"],
            ["zurich", "both", "both"],
        ]
        phones = lines[4].split()[-1]
        with urllib.request.urlopen(phones, timeout=10) as page:
            assert b"Desk phones" in page.read()
        process.send_signal(end)
        _, errors = process.communicate(timeout=20)
        assert (process.returncode, errors) == (0, "")


def test_a_port_in_use_is_one_sentence(file: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with start(file, "--control-port", str(port)) as process:
            output, errors = process.communicate(timeout=20)
    assert (process.returncode, output) == (2, "")
    assert str(port) in errors
    assert "in use" in errors
    assert errors.count("\n") == 1


def test_a_wrong_scene_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "scene.json"
    file.write_text('{"clusters": [{"name": "a"}]}')
    with start(file) as process:
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (2, "clusters[0]: 'nodes' is missing.\n")
