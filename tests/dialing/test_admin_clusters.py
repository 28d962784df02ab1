"""Clusters are entered, changed, tested and mended in the administration."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clicktodial.dialing.models import Cluster, Node
from clicktodial.sealed import Sealed
from clicktodial.webdialer import Secret
from tests.dialing.chains import authority
from tests.dialing.paperwork import change_url, cluster_form


def stop(cluster: Cluster) -> None:
    cluster.stopped_at, cluster.stopped_code = timezone.now(), 2
    cluster.save()


def test_a_cluster_is_entered_with_its_nodes_and_its_password(
    admin_client: Client,
) -> None:
    node = {"host": "CUCM1.example.com", "port": 8443, "secure": "on", "enabled": "on", "order": 0}
    form = cluster_form(
        new_nodes=(node,),
        offers_desk_phone="on",
        application_user="clicktodial",
        new_password=" p4ss word ",
        ca=authority(),
    )
    answer = admin_client.post(reverse("admin:dialing_cluster_add"), form)
    assert answer.status_code == 302
    cluster = Cluster.objects.get()
    assert cluster.proxy.password == Secret(" p4ss word ")
    assert cluster.nodes.get().host == "cucm1.example.com"


def test_the_change_page_tells_what_each_node_speaks_and_how_it_is(
    clusters: dict[str, Cluster], admin_client: Client
) -> None:
    first, second = clusters["west"].nodes.all()
    first.learn("axis")
    second.rest("timed_out")
    page = admin_client.get(change_url(clusters["west"])).content.decode()
    assert "Speaks Axis, as before 15SU5" in page
    assert "Rests (until" in page
    assert "It took too long." in page


def test_an_empty_password_field_keeps_the_password(
    clusters: dict[str, Cluster], admin_client: Client
) -> None:
    cluster = clusters["west"]
    form = cluster_form(cluster, name="Western", new_password="")
    assert admin_client.post(change_url(cluster), form).status_code == 302
    saved = Cluster.objects.get(pk=cluster.pk)
    assert saved.name == "Western"
    assert saved.proxy_password == cluster.proxy_password


def test_a_new_password_replaces_the_old_and_lets_the_user_be_tried_again(
    clusters: dict[str, Cluster], admin_client: Client
) -> None:
    cluster = clusters["west"]
    stop(cluster)
    form = cluster_form(cluster, new_password="the new one")
    assert admin_client.post(change_url(cluster), form).status_code == 302
    saved = Cluster.objects.get(pk=cluster.pk)
    assert saved.proxy.password == Secret("the new one")
    assert (saved.stopped_at, saved.stopped_code) == (None, None)


def test_another_change_leaves_a_stopped_user_stopped(
    clusters: dict[str, Cluster], admin_client: Client
) -> None:
    cluster = clusters["west"]
    stop(cluster)
    admin_client.post(change_url(cluster), cluster_form(cluster, name="Western"))
    saved = Cluster.objects.get(pk=cluster.pk)
    assert saved.name == "Western"
    assert saved.stopped_code == 2


def test_emptying_the_application_user_forgets_its_password(
    clusters: dict[str, Cluster], admin_client: Client
) -> None:
    cluster = clusters["west"]
    form = cluster_form(cluster, application_user="")
    assert admin_client.post(change_url(cluster), form).status_code == 302
    assert not Cluster.objects.get(pk=cluster.pk).proxy_password


def test_a_password_that_no_key_opens_is_told_and_can_be_replaced(
    clusters: dict[str, Cluster], admin_client: Client
) -> None:
    cluster = clusters["west"]
    Cluster.objects.filter(pk=cluster.pk).update(proxy_password=Sealed("sealed-elsewhere"))
    page = admin_client.get(change_url(cluster)).content.decode()
    assert "no key of this site opens it" in page
    admin_client.post(change_url(cluster), cluster_form(cluster, new_password="anew"))
    assert Cluster.objects.get(pk=cluster.pk).proxy.password == Secret("anew")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nonsense", "Paste whole certificates as PEM text"),
        ("-----BEGIN CERTIFICATE-----\nMIIB", "Paste whole certificates as PEM text"),
        (
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            "Certificate 1 cannot be read.",
        ),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "holds a private key"),
        ("x" * 100_001, "This is too long."),
    ],
)
def test_a_ca_that_is_no_certificate_is_refused_with_a_sentence(
    clusters: dict[str, Cluster], admin_client: Client, text: str, sentence: str
) -> None:
    cluster = clusters["west"]
    answer = admin_client.post(change_url(cluster), cluster_form(cluster, ca=text))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert Cluster.objects.get(pk=cluster.pk).ca == ""


def test_a_ca_is_kept_without_what_stands_around_it_and_is_told_in_words(
    clusters: dict[str, Cluster], admin_client: Client
) -> None:
    cluster = clusters["west"]
    text = f"Root of Zürich\r\n{authority('Voice CA')}\r\nand another\r\n{authority('Old CA')}"
    form = cluster_form(cluster, ca=text, new_password="again")
    assert admin_client.post(change_url(cluster), form).status_code == 302
    assert Cluster.objects.get(pk=cluster.pk).ca.isascii()
    page = admin_client.get(change_url(cluster)).content.decode()
    assert "Voice CA: valid until" in page
    assert "Old CA: valid until" in page


def test_a_password_without_an_application_user_is_asked_whose_it_is(
    clusters: dict[str, Cluster], admin_client: Client
) -> None:
    cluster = clusters["west"]
    form = cluster_form(cluster, application_user="", new_password="secret-word")
    answer = admin_client.post(change_url(cluster), form)
    assert "Whose password is it?" in answer.content.decode()


@pytest.mark.parametrize(
    ("ticks", "sentence"),
    [
        ({"offers_proxy": None}, "The desk phone needs one of these three ways."),
        ({"offers_token": "on"}, "Single sign-on needs the client id."),
    ],
)
def test_a_way_to_be_known_to_unified_cm_is_complete(
    clusters: dict[str, Cluster], admin_client: Client, ticks: dict[str, str], sentence: str
) -> None:
    cluster = clusters["west"]
    Cluster.objects.filter(pk=cluster.pk).update(offers_password=False, offers_token=False)
    cluster.refresh_from_db()
    answer = admin_client.post(change_url(cluster), cluster_form(cluster, **ticks))
    assert sentence in answer.content.decode().replace("&#x27;", "'")


def test_a_password_with_a_line_break_is_refused(
    clusters: dict[str, Cluster], admin_client: Client
) -> None:
    cluster = clusters["west"]
    answer = admin_client.post(
        change_url(cluster), cluster_form(cluster, new_password="two\nlines")
    )
    assert "line break" in answer.content.decode()


def test_a_node_at_a_new_address_is_asked_anew_what_it_speaks(
    clusters: dict[str, Cluster], admin_client: Client
) -> None:
    cluster = clusters["west"]
    node = cluster.nodes.first()
    node.learn("axis")
    node.rest("refused")
    changes = {"nodes-0-host": "cucm9.example.com", "new_password": "again"}
    form = cluster_form(cluster, **changes)
    assert admin_client.post(change_url(cluster), form).status_code == 302
    moved = Node.objects.get(pk=node.pk)
    assert (moved.generation, moved.trouble, moved.resting_until) == ("", "", None)


def test_who_may_only_look_may_not_let_the_user_be_tried_again(
    clusters: dict[str, Cluster],
) -> None:
    cluster = clusters["west"]
    stop(cluster)
    looker = get_user_model().objects.create_user("looker", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_cluster"))
    client = Client()
    client.force_login(looker)
    page = client.get(change_url(cluster)).content.decode()
    assert 'name="new_password"' not in page
    url = reverse("admin:dialing_cluster_try_again", args=[cluster.pk])
    assert client.post(url).status_code == 403
    assert Cluster.objects.get(pk=cluster.pk).stopped_at


def test_a_stopped_user_is_told_on_its_page_and_tried_again_by_a_button(
    clusters: dict[str, Cluster], admin_client: Client
) -> None:
    cluster = clusters["west"]
    stop(cluster)
    page = admin_client.get(change_url(cluster)).content.decode()
    assert "wrong, expired or locked" in page
    assert "Try the application user again" in page
    answer = admin_client.post(reverse("admin:dialing_cluster_try_again", args=[cluster.pk]))
    assert answer.status_code == 302
    assert Cluster.objects.get(pk=cluster.pk).stopped_at is None


def test_stopped_users_are_tried_again_from_the_list(
    clusters: dict[str, Cluster], admin_client: Client
) -> None:
    stop(clusters["west"])
    answer = admin_client.post(
        reverse("admin:dialing_cluster_changelist"),
        {"action": "try_again", "_selected_action": [cluster.pk for cluster in clusters.values()]},
        follow=True,
    )
    assert "of 1 cluster is tried again" in answer.content.decode()
    assert not Cluster.objects.filter(stopped_at__isnull=False).exists()


def test_the_list_tells_how_each_cluster_is(
    clusters: dict[str, Cluster], admin_client: Client
) -> None:
    stop(clusters["west"])
    clusters["east"].nodes.first().rest("refused")
    page = admin_client.get(reverse("admin:dialing_cluster_changelist")).content.decode()
    assert "stopped: the application user was refused" in page
    assert "1 node rests" in page
