"""The administration's front page tells what needs an administrator before anybody complains."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clicktodial.dialing.models import Cluster, Node
from tests.dialing.paperwork import change_url

FRONT = reverse("admin:index")


@pytest.fixture
def cluster(db: None) -> Cluster:
    cluster = Cluster.objects.create(name="Zürich")
    for host in ("cucm1", "cucm2"):
        Node.objects.create(cluster=cluster, host=f"{host}.example.com", release="15SU5")
    return cluster


def front(client: Client) -> str:
    return client.get(FRONT).content.decode()


def test_a_sound_site_is_told_nothing(cluster: Cluster, admin_client: Client) -> None:
    assert "Clusters that need you" not in front(admin_client)


@pytest.mark.parametrize(
    ("code", "words"), [(2, "wrong, expired or locked"), (3, "act for others")]
)
def test_a_stopped_cluster_is_told_with_its_reason_and_a_link(
    cluster: Cluster, admin_client: Client, code: int, words: str
) -> None:
    Cluster.objects.update(stopped_at=timezone.now(), stopped_code=code)
    page = front(admin_client)
    assert "Zürich: dialling is stopped (since" in page
    assert words in page
    assert change_url(cluster) in page


def test_a_resting_node_is_told(cluster: Cluster, admin_client: Client) -> None:
    cluster.nodes.first().rest("refused")
    assert "cucm1.example.com:8443 rests (until" in front(admin_client)


def test_an_unpatched_node_is_told_with_the_release_to_upgrade_to(
    cluster: Cluster, admin_client: Client
) -> None:
    cluster.nodes.filter(host__startswith="cucm2").update(release="14SU5")
    page = front(admin_client)
    assert "cucm2.example.com:8443 runs 14SU5, which is open to CVE-2026-20230" in page
    assert "Upgrade to 14SU6" in page


def test_unknown_releases_are_told_once_for_each_cluster(
    cluster: Cluster, admin_client: Client
) -> None:
    cluster.nodes.update(release="")
    page = front(admin_client)
    assert page.count("it cannot be told whether 2 nodes are patched") == 1


def test_what_is_switched_off_is_not_told(cluster: Cluster, admin_client: Client) -> None:
    cluster.nodes.update(release="14SU1")
    Cluster.objects.update(enabled=False, stopped_at=timezone.now(), stopped_code=2)
    assert "Clusters that need you" not in front(admin_client)


def test_staff_who_may_not_see_clusters_are_told_nothing(cluster: Cluster) -> None:
    Cluster.objects.update(stopped_at=timezone.now(), stopped_code=2)
    client = Client()
    client.force_login(get_user_model().objects.create_user("clerk", is_staff=True))
    assert "Zürich" not in front(client)


def test_the_administration_bears_the_site_s_name(admin_client: Client, settings: object) -> None:
    settings.SITE_NAME = "Numbers of Acme"  # type: ignore[attr-defined]
    assert "Numbers of Acme" in front(admin_client)
    assert "Django" not in front(admin_client)


def test_its_pages_keep_to_the_content_security_policy(
    cluster: Cluster, admin_client: Client
) -> None:
    for url in (FRONT, change_url(cluster), reverse("admin:dialing_call_changelist")):
        answer = admin_client.get(url)
        page = answer.content.decode()
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "<script>" not in page
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
