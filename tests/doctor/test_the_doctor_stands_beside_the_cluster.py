"""On the page where a cluster is changed, the doctor tells what is fine and what to do."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from clicktodial.audit.models import Entry
from clicktodial.dialing.models import Cluster
from clicktodial.simulator import Simulator
from tests.dialing.paperwork import change_url, cluster_form


@pytest.fixture
def browser(transactional_db: None) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin"))
    return client


def doctor_of(cluster: Cluster) -> str:
    return reverse("doctor:cluster", args=[cluster.pk])


def test_saving_leads_to_the_doctor_on_the_same_page(
    clusters: dict[str, Cluster], browser: Client
) -> None:
    west = clusters["west"]
    here = f"{change_url(west)}#doctor"
    assert browser.post(change_url(west), cluster_form(west, name="Western")).url == here

    new = browser.post(reverse("admin:dialing_cluster_add"), cluster_form(name="New"))
    assert new.url == f"{change_url(Cluster.objects.get(name='New'))}#doctor"
    assert 'id="doctor-form"' in browser.get(new.url).content.decode()


def test_one_press_tells_it_on_that_page_which_can_still_be_saved(
    clusters: dict[str, Cluster], browser: Client, simulator: Simulator
) -> None:
    west = clusters["west"]

    page = browser.post(doctor_of(west), {"user_id": "ada"}).content.decode()

    assert "may act for others; ada has SEP0000000000A1" in page
    assert page.count('<section class="examined"') == 3  # the cluster and its two nodes
    assert f'<form action="{change_url(west)}" method="post" id="cluster_form"' in page
    assert 'name="name" value="west"' in page
    assert Entry.objects.filter(action="tested").exists()
    assert not simulator.calls


def test_a_script_gets_the_lines_alone(clusters: dict[str, Cluster], browser: Client) -> None:
    west = clusters["west"]
    part = browser.post(doctor_of(west), headers={"X-Fragment": "part"}).content.decode()
    assert "<html" not in part
    assert part.count('<section class="examined"') == 3


def test_one_node_is_examined_alone_and_no_other_clusters(
    clusters: dict[str, Cluster], browser: Client, simulator: Simulator
) -> None:
    west, east = clusters["west"], clusters["east"]
    second = west.nodes.last()
    assert second is not None
    browser.post(doctor_of(west), {"node": second.pk})
    assert {request.node for request in simulator.requests} == {"west-2"}

    simulator.reset()
    foreign = east.nodes.first()
    assert foreign is not None
    assert browser.post(doctor_of(west), {"node": foreign.pk}).url == f"{change_url(west)}#doctor"
    assert not simulator.requests


def test_a_cluster_that_is_off_is_examined_all_the_same(
    clusters: dict[str, Cluster], browser: Client
) -> None:
    west = clusters["west"]
    Cluster.objects.filter(pk=west.pk).update(enabled=False)
    part = browser.post(doctor_of(west), headers={"X-Fragment": "part"}).content.decode()
    assert part.count('<section class="examined"') == 3


def test_only_a_press_of_whoever_may_ask_sends_anything(
    clusters: dict[str, Cluster], browser: Client, simulator: Simulator
) -> None:
    west = clusters["west"]
    assert browser.get(doctor_of(west)).url == f"{change_url(west)}#doctor"
    browser.get(change_url(west))

    looker = get_user_model().objects.create_user("looker", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_cluster"))
    other = Client()
    other.force_login(looker)
    assert 'id="doctor"' not in other.get(change_url(west)).content.decode()
    assert other.post(doctor_of(west)).status_code == 403

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(get_user_model().objects.get(username="admin"))
    assert strict.post(doctor_of(west)).status_code == 403
    assert not simulator.requests
