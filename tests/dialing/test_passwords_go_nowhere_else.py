"""Whoever may change clusters cannot have the application user's password sent to themselves."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clicktodial.dialing.models import Cluster, Node
from clicktodial.webdialer import Secret
from tests.dialing.chains import authority
from tests.dialing.paperwork import change_url, cluster_form

ELSEWHERE: dict[str, Any] = {
    "host": "mine.example.com", "port": 8443, "secure": "on", "enabled": "on", "order": 9,
}  # fmt: skip


@pytest.fixture
def west(clusters: dict[str, Cluster]) -> Cluster:
    return clusters["west"]


def said(answer: Any) -> str:
    return "" if answer.status_code == 302 else answer.content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"nodes-0-host": "mine.example.com"},
        {"nodes-0-port": 4443},
        {"nodes-0-secure": "on"},
        {"new_nodes": (ELSEWHERE,)},
    ],
    ids=["another host", "another port", "encrypted or not", "one node more"],
)
def test_at_another_address_the_password_is_to_be_entered_again(
    change: dict[str, Any], west: Cluster, admin_client: Client
) -> None:
    addresses = {str(node) for node in west.nodes.all()}

    refused = admin_client.post(change_url(west), cluster_form(west, **change))
    assert "would be sent to another machine" in said(refused)
    assert {str(node) for node in west.nodes.all()} == addresses

    form = cluster_form(west, new_password="typed again", **change)
    assert said(admin_client.post(change_url(west), form)) == ""
    assert Cluster.objects.get(pk=west.pk).proxy.password == Secret("typed again")


def test_another_ca_wants_it_too_and_a_ca_less_does_not(
    west: Cluster, admin_client: Client
) -> None:
    old, new = authority("Old CA"), authority("New CA")
    Cluster.objects.filter(pk=west.pk).update(ca=old)
    west.refresh_from_db()

    both = cluster_form(west, ca=old + new)
    assert "other certificates would be sent it" in said(admin_client.post(change_url(west), both))
    assert said(admin_client.post(change_url(west), both | {"new_password": "again"})) == ""

    west.refresh_from_db()
    fewer = cluster_form(west, ca=new.replace("\n", "\r\n"))
    assert said(admin_client.post(change_url(west), fewer)) == ""
    west.refresh_from_db()
    assert "other certificates" in said(
        admin_client.post(change_url(west), cluster_form(west, ca=""))
    )


def test_fewer_nodes_in_another_order_want_no_password(west: Cluster, admin_client: Client) -> None:
    form = cluster_form(west, **{"nodes-0-DELETE": "on", "nodes-1-order": 3})
    assert said(admin_client.post(change_url(west), form)) == ""
    assert west.nodes.get().order == 3


def test_who_does_not_know_it_can_have_it_forgotten(west: Cluster, admin_client: Client) -> None:
    form = cluster_form(west, application_user="", new_nodes=(ELSEWHERE,))
    assert said(admin_client.post(change_url(west), form)) == ""
    assert not Cluster.objects.get(pk=west.pk).proxy_password


def test_a_password_is_not_entered_for_a_node_that_nobody_has_seen(
    west: Cluster, admin_client: Client
) -> None:
    form = cluster_form(west, new_password="typed again")
    Node.objects.create(cluster=west, host="mine.example.com")

    assert "Somebody has added a node meanwhile" in said(admin_client.post(change_url(west), form))
    assert Cluster.objects.get(pk=west.pk).proxy_password == west.proxy_password


def test_a_cluster_without_a_password_takes_nodes_as_they_come(
    west: Cluster, admin_client: Client
) -> None:
    Cluster.objects.filter(pk=west.pk).update(proxy_password="")
    west.refresh_from_db()
    form = cluster_form(west, new_nodes=(ELSEWHERE,))
    assert said(admin_client.post(change_url(west), form)) == ""


def test_a_new_cluster_is_entered_with_all_it_has(admin_client: Client, db: None) -> None:
    form = cluster_form(
        new_nodes=(ELSEWHERE,),
        offers_desk_phone="on", application_user="app", new_password="first",
    )  # fmt: skip
    assert said(admin_client.post(reverse("admin:dialing_cluster_add"), form)) == ""
