"""gunicorn as deploy/ starts it: several workers count together, and its log is the site's."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from clicktodial.settings import SCHEME
from tests.operating import company

pytestmark = pytest.mark.long

TOKEN = "a-token-for-prometheus"
CONFIG = company.ROOT / "deploy" / "gunicorn.conf.py"


class Site:
    """Three workers of the site, their log, and what they count."""

    def __init__(self, process, port, folder):
        self.process, self.port, self.folder = process, port, folder

    def ask(self, path, **headers):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read().decode()

    def counted(self):
        """How many requests all workers have answered so far, whichever of them is asked."""
        text = self.ask("/metrics", Authorization=f"Bearer {TOKEN}")
        return float(re.search(r"^clicktodial_request_seconds_count (.+)$", text, re.M)[1])

    @property
    def workers(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return {int(child) for child in children.split()}

    def log(self):
        return [json.loads(line) for line in (self.folder / "log").read_text().splitlines()]

    def wait(self, is_so):
        deadline = time.monotonic() + 60
        while not is_so():
            assert time.monotonic() < deadline
            time.sleep(0.05)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gunicorn")
    with (
        company.sqlite_site(folder) as url,
        socket.create_server(("127.0.0.1", 0)) as door,
        (folder / "log").open("wb") as log,
    ):
        variables = {
            "BIND": f"fd://{door.fileno()}",
            "WORKERS": "3",
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "ALLOWED_HOSTS": "127.0.0.1",
            "HTTPS": "false",
            "LOG_FORMAT": "json",
            "METRICS_DIR": str(folder / "metrics"),
            "METRICS_TOKEN": TOKEN,
            "STATIC_ROOT": str(folder / "static"),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", str(CONFIG), "clicktodial.wsgi"],
            env=os.environ | variables,
            cwd=company.ROOT,
            pass_fds=[door.fileno()],
            stdout=log,
            stderr=log,
        )
        try:
            found = Site(process, door.getsockname()[1], folder)
            found.ask("/healthz")
            found.wait(lambda: len(found.workers) == 3)
            yield found
        finally:
            process.terminate()
            process.wait(timeout=40)


def test_any_worker_tells_what_all_have_counted(site):
    before = site.counted()
    for _ in range(12):
        site.ask("/sign-in/")

    assert {site.counted() for _ in range(6)} == {before + 12}


def test_workers_that_were_killed_or_reloaded_have_counted_too_and_leave_no_files(site):
    site.ask("/sign-in/")
    before, old = site.counted(), site.workers
    files = sorted(path.name for path in (site.folder / "metrics").iterdir())
    for worker in old:
        os.kill(worker, signal.SIGKILL)
    site.wait(lambda: len(site.workers - old) == 3)
    site.ask("/sign-in/")
    site.process.send_signal(signal.SIGHUP)
    site.wait(lambda: len(site.workers) == 3 and not site.workers & old)
    for _ in range(9):
        site.ask("/sign-in/")

    assert site.counted() == before + 10
    # While old and new workers stand beside each other there are twice as many places.
    assert len(list((site.folder / "metrics").iterdir())) <= max(2 * len(files), 12)


def test_every_line_of_the_log_is_json_and_names_nobody(site):
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as door, suppress(OSError):
        door.sendall(b"GET /people/4711 HTTP/9.9\r\n\r\n")
        door.recv(1000)
    site.wait(lambda: any(line["message"] == "Invalid request" for line in site.log()))
    log = site.log()

    assert {"gunicorn.error", "clicktodial.requests"} <= {line["logger"] for line in log}
    assert all({"time", "level", "message"} <= set(line) for line in log)
    assert "4711" not in str(log)


def test_what_gunicorn_reads_is_described():
    read = set(re.findall(r'environ\.get\("([A-Z_]+)"', CONFIG.read_text()))
    page = (company.ROOT / "docs" / "configuration.md").read_text()

    assert {"WORKERS", "THREADS", "BIND"} == read - set(SCHEME)
    assert [name for name in read if f"`{name}`" not in page] == []
