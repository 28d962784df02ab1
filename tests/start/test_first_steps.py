"""The checklist on the administration's front page ticks itself, and goes when all is done."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils.timezone import now

from clicktodial.dialing.models import Call, Cluster, DialProfile, Node
from clicktodial.start.steps import steps
from directory.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def greta() -> Any:
    return get_user_model().objects.create_superuser("greta", password="a-long-password")


def front_page(user: Any) -> str:
    browser = Client()
    browser.force_login(user)
    return browser.get("/admin/").content.decode()


def done(user: Any) -> list[bool]:
    return [step.is_done for step in steps(user)]


def test_an_empty_site_has_one_step_done(greta: Any) -> None:
    page = front_page(greta)
    assert "First steps: 1 of 6 done" in page
    assert 'href="/admin/dialing/cluster/add/"' in page


def test_each_step_ticks_itself_and_the_list_goes_at_the_end(greta: Any) -> None:
    seen = [done(greta)]
    west = Cluster.objects.create(name="west")
    node = Node.objects.create(cluster=west, host="cucm.example.com")
    seen.append(done(greta))
    Node.objects.filter(pk=node.pk).update(generation="axis")
    seen.append(done(greta))
    Person.objects.create(given_name="Nora", family_name="Keller")
    seen.append(done(greta))
    DialProfile.objects.update_or_create(user=greta, defaults={"device": "SEP1", "line": "1"})
    seen.append(done(greta))
    times = {"settle_by": now(), "sent_at": now(), "settled_at": now()}
    Call.objects.create(
        user=greta, cluster=west, click=uuid4(), outcome="accepted", number="+1", **times
    )
    assert [sum(each) for each in seen] == [1, 2, 3, 4, 5]
    assert "First steps" not in front_page(greta)


def test_every_step_leads_to_a_page_that_is_there(greta: Any) -> None:
    Node.objects.create(cluster=Cluster.objects.create(name="west"), host="cucm.example.com")
    browser = Client()
    browser.force_login(greta)
    for step in steps(greta):
        if step.address and step.address != "/dial/device/":  # that one asks Unified CM
            assert browser.get(step.address.partition("#")[0]).status_code == 200, step


def test_a_directory_without_dialling_needs_people_alone(greta: Any, settings: Any) -> None:
    settings.DIALING = False
    assert done(greta) == [True, False]


def test_who_may_not_do_them_all_sees_no_list() -> None:
    editor = get_user_model().objects.create_user("eva", password="a-long-one", is_staff=True)
    assert not re.search("First steps", front_page(editor))
