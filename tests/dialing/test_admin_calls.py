"""Calls are found in the administration, and never changed there."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clicktodial.dialing.models import Call, Cluster, Mode, Outcome

LIST = reverse("admin:dialing_call_changelist")


@pytest.fixture
def calls(db: None) -> list[Call]:
    """One that was taken, one that was refused with code 7."""
    west = Cluster.objects.create(name="west")
    east = Cluster.objects.create(name="east")
    now = timezone.now()
    facts: dict[str, Any] = {"settle_by": now, "settled_at": now, "mode": Mode.DESK_PHONE}
    make = get_user_model().objects.create_user
    return [
        Call.objects.create(
            click=uuid4(), user=make("ada"), cluster=west, number="044 123 45 67",
            digits="00441234567", device="SEPADA", outcome=Outcome.ACCEPTED, code=0, **facts,
        ),
        Call.objects.create(
            click=uuid4(), user=make("bruno"), cluster=east, number="7777", digits="7777",
            device="SEPBRUNO", outcome=Outcome.REFUSED, code=7, **facts,
        ),
    ]  # fmt: skip


def shown(client: Client, **query: Any) -> set[str]:
    """The devices of the calls that the list shows."""
    page = client.get(LIST, query).content.decode()
    return {device for device in ("SEPADA", "SEPBRUNO") if device in page}


@pytest.mark.parametrize("term", ["ada", "0441234567", "SEPADA", "044 123"])
def test_a_call_is_found_by_person_number_digits_or_device(
    calls: list[Call], admin_client: Client, term: str
) -> None:
    assert shown(admin_client, q=term) == {"SEPADA"}


def test_a_call_is_found_by_the_reference_a_person_was_told(
    calls: list[Call], admin_client: Client
) -> None:
    assert shown(admin_client, q=calls[1].reference) == {"SEPBRUNO"}


def test_calls_are_filtered_by_outcome_cluster_code_and_date(
    calls: list[Call], admin_client: Client
) -> None:
    assert shown(admin_client, outcome__exact="refused") == {"SEPBRUNO"}
    assert shown(admin_client, code="0") == {"SEPADA"}
    assert shown(admin_client, code="7") == {"SEPBRUNO"}
    assert shown(admin_client, cluster__id__exact=calls[0].cluster_id) == {"SEPADA"}
    assert shown(admin_client, placed_at__gte="2020-01-01 00:00:00+01:00") == {"SEPADA", "SEPBRUNO"}
    assert shown(admin_client, placed_at__lt="2020-01-01 00:00:00+01:00") == set()


def test_the_code_filter_survives_nonsense(calls: list[Call], admin_client: Client) -> None:
    assert shown(admin_client, code="seven") == {"SEPADA", "SEPBRUNO"}


def test_a_call_shows_what_the_person_was_told(calls: list[Call], admin_client: Client) -> None:
    url = reverse("admin:dialing_call_change", args=[calls[1].pk])
    page = admin_client.get(url).content.decode()
    assert "The phone system found no way to this number." in page
    assert calls[1].reference in page


def test_nobody_adds_or_changes_a_call(calls: list[Call], admin_client: Client) -> None:
    assert admin_client.get(reverse("admin:dialing_call_add")).status_code == 403
    url = reverse("admin:dialing_call_change", args=[calls[0].pk])
    assert admin_client.post(url, {"outcome": "refused"}).status_code == 403
    assert Call.objects.get(pk=calls[0].pk).outcome == Outcome.ACCEPTED


def test_only_superusers_delete_a_call(calls: list[Call], admin_client: Client) -> None:
    clerk = get_user_model().objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(content_type__app_label="dialing"))
    client = Client()
    client.force_login(clerk)
    url = reverse("admin:dialing_call_delete", args=[calls[0].pk])
    assert client.post(url, {"post": "yes"}).status_code == 403
    assert admin_client.post(url, {"post": "yes"}).status_code == 302
    assert set(Call.objects.all()) == {calls[1]}


def test_a_longer_list_takes_no_more_queries(
    calls: list[Call], admin_client: Client, django_assert_max_num_queries: Any
) -> None:
    first = calls[0]
    for _ in range(20):
        first.pk, first.click = None, uuid4()
        first.save(force_insert=True)
    with django_assert_max_num_queries(7):
        admin_client.get(LIST)
