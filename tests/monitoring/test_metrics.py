"""Prometheus reads what the site did, from whom and with what token the settings say."""

import json
import os
import re
import subprocess
import sys
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client, override_settings
from prometheus_client.parser import text_string_to_metric_families

from clicktodial import metrics
from clicktodial.dialing.models import Cluster
from clicktodial.jobs.models import Job
from clicktodial.monitoring import figures
from clicktodial.simulator import Simulator
from directory import search
from directory.visibility import ANYBODY
from tests import migrated
from tests.test_configuration import KEY

TOKEN = "a-token-for-prometheus"
ROOT = Path(__file__).parents[2]


def read(client: Client) -> dict[tuple[str, ...], float]:
    """Each sample as {(name, label values…): value}."""
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200, answer.content
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


@pytest.fixture
def client(client: Client) -> Any:
    with override_settings(METRICS_TOKEN=TOKEN):
        yield client


@override_settings(METRICS_TOKEN="", METRICS_FROM=[])
def test_without_a_guard_there_are_no_metrics() -> None:
    assert Client().get("/metrics").status_code == 404


@pytest.mark.parametrize("shown", ["", "Bearer wrong", f"Basic {TOKEN}", "Bearer ä"])
def test_a_wrong_token_reads_nothing(client: Client, shown: str) -> None:
    assert client.get("/metrics", headers={"Authorization": shown}).status_code == 403


@pytest.mark.parametrize(
    ("proxies", "asks", "seen", "status"),
    [
        (0, "10.1.2.3", "", 200),
        (0, "10.2.0.1", "", 403),
        (0, "10.2.0.1", "10.1.2.3", 403),
        (1, "127.0.0.1", "10.1.2.3", 200),
        (1, "127.0.0.1", "10.1.2.3, 10.2.0.1", 403),
        (1, "10.1.2.3", "", 403),
        (2, "127.0.0.1", "10.1.2.3, 127.0.0.2", 200),
    ],
)
def test_addresses_are_those_that_our_own_proxies_saw(
    db: None, proxies: int, asks: str, seen: str, status: int
) -> None:
    allowed = [ip_network("10.1.0.0/16")]
    headers = {"X-Forwarded-For": seen} if seen else {}
    with override_settings(METRICS_FROM=allowed, METRICS_TOKEN="", PROXIES=proxies):
        assert Client(REMOTE_ADDR=asks).get("/metrics", headers=headers).status_code == status


def test_an_allowed_address_without_the_token_reads_nothing(client: Client) -> None:
    with override_settings(METRICS_FROM=[ip_network("127.0.0.1")]):
        assert client.get("/metrics").status_code == 403


def test_calls_and_attempts_are_counted_by_outcome_code_cluster_and_node(
    client: Client, ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    browser, before = browser_of(ada), read(client)
    simulator.fault("west-1", "refuses")
    simulator.fault("west-2", "code:1", operation="makeCallSoap")
    browser.post("/dial/", {"number": "+41 79 555 01 02", "click": uuid4()})
    after = read(client)
    new = {
        key: n - before.get(key, 0)
        for key, n in after.items()
        if n != before.get(key, 0) and "bucket" not in key[0]
    }
    assert new["clicktodial_calls_total", "west", "1", "desk", "refused"] == 1
    attempts = [key for key in new if key[0] == "clicktodial_attempts_total"]
    assert [(key[1], key[2], key[4]) for key in attempts] == [("west", "1", "refused")]
    assert any(key[0] == "clicktodial_answer_seconds_count" for key in new)
    assert any(key[0] == "clicktodial_pacing_wait_seconds_count" for key in new)
    assert "5550102" not in str(after)
    resting = [n for key, n in after.items() if key[0] == "clicktodial_node_resting"]
    assert sum(resting) == 1


def test_a_stopped_cluster_is_seen(client: Client, clusters: dict[str, Cluster]) -> None:
    assert read(client)["clicktodial_cluster_stopped", "west"] == 0
    Cluster.objects.filter(name="west").update(stopped_at="2026-01-01T00:00Z", stopped_code=2)
    assert read(client)["clicktodial_cluster_stopped", "west"] == 1


def test_searches_requests_and_long_work_are_seen(client: Client, db: None) -> None:
    Job.objects.create(kind="import", state="failed", ended_at="2026-01-01T00:00Z")
    before = read(client)
    search.find("eva", viewer=ANYBODY)
    client.get("/sign-in/")
    after = read(client)
    for name in ("clicktodial_search_seconds_count", "clicktodial_request_seconds_count"):
        assert after[name,] == before.get((name,), 0) + 1
    assert after["clicktodial_requests_total", "GET", "200"] >= 1
    assert after["clicktodial_jobs", "import", "failed"] == 1
    end = after["clicktodial_job_ended_timestamp_seconds", "import", "failed"]
    assert end == 1767225600


@pytest.mark.usefixtures("django_db_setup")
def test_several_processes_count_together(tmp_path: Path) -> None:
    """Two servers of one host, as gunicorn starts them: either tells what both have done."""
    program = (
        "from clicktodial.wsgi import application; from django.test import Client;"
        "client = Client();"
        "[client.get('/sign-in/') for _ in range(3)];"
        f"print(client.get('/metrics', headers={{'Authorization': 'Bearer {TOKEN}'}})"
        ".content.decode())"
    )
    variables = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "k" * 50,
        "ENCRYPTION_KEYS": KEY,
        "DATABASE_URL": migrated.sqlite(tmp_path),
        "STATIC_ROOT": str(tmp_path / "static"),
        "DJANGO_SETTINGS_MODULE": "clicktodial.settings",
        "METRICS_TOKEN": TOKEN,
        "METRICS_DIR": str(tmp_path / "metrics"),
        "HTTPS": "false",
        "DEBUG": "true",
        "ALLOWED_HOSTS": "testserver",
    }
    for counted in (3, 6):
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=variables,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        line = f"clicktodial_request_seconds_count {counted}.0"
        assert line in done.stdout, done.stdout


def test_the_dashboard_names_only_metrics_that_there_are(
    client: Client, clusters: dict[str, Cluster]
) -> None:
    Job.objects.create(kind="import", state="done", ended_at="2026-01-01T00:00Z")
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    families = text_string_to_metric_families(answer.content.decode())
    known = set()
    for family in families:
        endings = {"histogram": ("_bucket", "_sum", "_count"), "counter": ("_total",)}
        known |= {family.name + end for end in endings.get(family.type, ("",))}
    text = (ROOT / "deploy" / "grafana.json").read_text()
    named = set(re.findall(r"clicktodial_[a-z_]+", text))
    assert len(named) > 8
    assert named <= known, named - known
    panels = json.loads(text)["panels"]
    assert all(panel["title"] for panel in panels)


def test_the_page_on_monitoring_describes_every_metric(db: None) -> None:
    page = (ROOT / "docs" / "monitoring.md").read_text()
    described = set(re.findall(r"^\| `(clicktodial_[a-z_]+)`", page, re.MULTILINE))
    counted = {
        family.name + ("_total" if family.type == "counter" else "")
        for family in metrics.REGISTRY.collect()
    }
    shared = {family.name for family in figures.Shared().collect()}
    assert described == counted | shared
