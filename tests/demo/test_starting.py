"""One command starts everything, Ctrl-C stops everything, a taken port is told in a sentence."""

import http.client
import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from clicktodial.demo import environment
from clicktodial.settings import SCHEME

ROOT = Path(__file__).resolve().parents[2]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Demo:
    """A demo in a process of its own, as a person starts it."""

    def __init__(self, folder, *options):
        self.port = free_port()
        bare = {name: value for name, value in os.environ.items() if name not in SCHEME}
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "clicktodial.demo", "--port", str(self.port)),
                *("--folder", str(folder), *options),
            ],
            cwd=ROOT,
            env=bare,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.printed = ""

    def wait_until_open(self):
        for line in self.process.stdout:
            self.printed += line
            if "Ctrl-C stops" in line:
                return self
        raise AssertionError(self.printed)

    def status(self, path):
        connection = http.client.HTTPConnection("localhost", self.port, timeout=20)
        connection.request("GET", path)
        status = connection.getresponse().status
        connection.close()
        return status

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        try:
            self.printed += self.process.communicate(timeout=30)[0]
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise
        return self.process.returncode


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo folder")  # with a space, as people have them


@pytest.fixture(scope="module")
def demo(folder):
    running = Demo(folder)
    try:
        yield running.wait_until_open()
    finally:
        if running.process.poll() is None:
            running.stop()
        running.process.stdout.close()


def test_a_first_start_tells_address_people_password_and_phones(demo):
    assert f"http://localhost:{demo.port}/" in demo.printed
    assert "/phones" in demo.printed
    assert all(name in demo.printed for name in ("ada", "bruno", "chie", "admin"))
    assert demo.status("/sign-in/") == 200


def test_its_secrets_are_for_their_owner_only(demo, folder):
    assert stat.S_IMODE((folder / "secrets.env").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    secrets = (folder / "secrets.env").read_text()
    assert not any(line.split("=", 1)[1] in demo.printed for line in secrets.splitlines())


def test_a_second_demo_in_the_same_folder_is_refused_in_a_sentence(demo, folder):
    second = Demo(folder)
    printed, _ = second.process.communicate(timeout=30)

    assert second.process.returncode == 1
    assert printed == "The demo runs already, from this folder: stop that one first.\n"


def test_a_port_in_use_is_told_in_a_sentence_that_names_the_option(demo, tmp_path):
    second = Demo(tmp_path, "--port", str(demo.port))
    printed, _ = second.process.communicate(timeout=30)

    assert second.process.returncode == 1
    assert f"Port {demo.port} cannot be had" in printed
    assert f"make run PORT={demo.port + 1}" in printed
    assert len(printed.splitlines()) == 1


def test_ctrl_c_stops_everything_and_a_second_start_keeps_what_there_was(demo, folder):
    keys = (folder / "secrets.env").read_text()
    phones = int(demo.printed.split("/phones")[0].rsplit(":", 1)[1])

    assert demo.stop() == 0
    assert demo.printed.rstrip().endswith("Stopped.")
    assert "Traceback" not in demo.printed
    assert is_free(demo.port)
    assert is_free(phones)

    again = Demo(folder).wait_until_open()
    try:
        assert "Hiring" not in again.printed
        assert "static files" not in again.printed
        assert (folder / "secrets.env").read_text() == keys
    finally:
        assert again.stop() == 0
        again.process.stdout.close()


def test_the_demo_decides_every_setting_itself(tmp_path):
    given = environment.variables(tmp_path, host="localhost", port=8000, phones_page="")

    assert sorted(given) == sorted(SCHEME)


def test_no_file_of_somebody_elses_counts_before_the_demos_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY_FILE", "/run/secrets/production")
    monkeypatch.setattr(os, "environ", dict(os.environ))

    environment.take(environment.variables(tmp_path, host="h", port=1, phones_page=""))

    assert os.environ["SECRET_KEY_FILE"] == ""
