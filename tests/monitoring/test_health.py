"""Balancers and monitoring learn whether the site lives and works, without sign-in or secrets."""

from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from clicktodial.dialing.models import Cluster
from clicktodial.simulator import Simulator
from tests.test_configuration import python


def test_healthz_asks_nobody(client: Client, django_assert_num_queries: Any, db: None) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz", headers={"Host": "10.0.0.7"})
    assert (answer.status_code, answer.json()) == (200, {"alive": True})
    assert "Set-Cookie" not in answer.headers


@override_settings(SECURE_SSL_REDIRECT=True)
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_need_neither_https_nor_a_known_host(client: Client, db: None, path: str) -> None:
    assert client.get(path, headers={"Host": "10.0.0.7:8000"}).status_code == 200


def test_probes_only_look(client: Client, db: None) -> None:
    assert client.post("/readyz").status_code == 405


def test_readyz_is_cheap_and_speaks_to_no_cluster(
    client: Client,
    clusters: dict[str, Cluster],
    simulator: Simulator,
    django_assert_num_queries: Any,
) -> None:
    with django_assert_num_queries(3):
        answer = client.get("/readyz")
    assert answer.json()["clusters"] == {"west": "fine", "east": "fine"}
    assert not simulator.requests


def test_readyz_names_a_cluster_that_is_out_and_stays_ready(
    client: Client, clusters: dict[str, Cluster]
) -> None:
    Cluster.objects.filter(name="west").update(stopped_at=timezone.now(), stopped_code=2)
    for node in clusters["east"].nodes.all():
        node.rest("refused")
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["clusters"] == {"west": "stopped", "east": "all nodes rest"}
    assert sorted(answer.json()["clusters_out"]) == ["east", "west"]


def test_one_resting_node_puts_no_cluster_out(client: Client, clusters: dict[str, Cluster]) -> None:
    node = clusters["east"].nodes.first()
    assert node is not None
    node.rest("refused")
    assert client.get("/readyz").json()["clusters_out"] == []


def test_readyz_tells_no_secret_and_no_host(client: Client, clusters: dict[str, Cluster]) -> None:
    text = client.get("/readyz").content.decode()
    assert "127.0.0.1" not in text
    assert clusters["west"].application_user not in text


def test_without_its_database_the_site_lives_and_is_not_ready(tmp_path: Any) -> None:
    ask = (
        "import django; django.setup();"
        "from django.test import Client; client = Client();"
        "print(client.get('/healthz').status_code, client.get('/readyz').status_code,"
        " client.get('/readyz').json()['database'])"
    )
    answer = python(
        "-c", ask, folder=tmp_path, DATABASE_URL="postgres://nobody:x@127.0.0.1:1/nothing"
    )
    assert answer.stdout.split() == ["200", "503", "out"], answer.stderr


def test_a_database_without_tables_is_not_ready(tmp_path: Any) -> None:
    ask = (
        "import django; django.setup();"
        "from django.test import Client; answer = Client().get('/readyz');"
        "print(answer.status_code, answer.json()['ready'])"
    )
    answer = python("-c", ask, folder=tmp_path)
    assert answer.stdout.split() == ["503", "False"], answer.stderr
