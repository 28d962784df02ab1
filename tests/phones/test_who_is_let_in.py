"""Only phones with an address, a token or both that an enabled service names read anything."""

import logging
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from clicktodial.audit.models import Entry
from clicktodial.phones.models import Service, digest_of
from tests.phones.conftest import DEVICE, Phone, add

PATHS = (
    "/phone/", "/phone/name/", "/phone/number/", "/phone/people/?q=frei", "/phone/people/1/",
    "/phone/department/", "/phone/favourites/",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_without_an_enabled_service_there_is_nothing(path: str, service: Service) -> None:
    Service.objects.update(enabled=False)
    assert Client().get(path, REMOTE_ADDR="10.20.3.4").status_code == 404


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("address", ["10.21.0.1", "192.0.2.1", "", "nonsense", "::1"])
def test_another_address_reads_nothing(path: str, address: str, service: Service) -> None:
    add("Anna", "Frei", ("work", "+41 44 668 18 00"), pk=1)
    root = Phone(address=address).get(path)
    assert root.tag == "CiscoIPPhoneText"
    assert "not let in" in root.findtext("Text")


@pytest.mark.parametrize("address", ["10.20.255.1", "::ffff:10.20.3.4", "2001:db8::7"])
def test_an_address_of_the_network_is_let_in(address: str, service: Service) -> None:
    assert Phone(address=address).get("/phone/").tag == "CiscoIPPhoneMenu"


def test_a_forwarded_address_counts_behind_a_proxy_only(service: Service, settings: Any) -> None:
    phone = Phone(address="192.0.2.1", headers={"X-Forwarded-For": "10.20.3.4"})
    assert phone.get("/phone/").tag == "CiscoIPPhoneText"
    settings.PROXIES = 1
    assert phone.get("/phone/").tag == "CiscoIPPhoneMenu"
    phone.headers = {"X-Forwarded-For": "10.20.3.4, 192.0.2.9"}
    assert phone.get("/phone/").tag == "CiscoIPPhoneText"


def test_a_token_lets_in_and_a_wrong_one_does_not(service: Service, phone: Phone) -> None:
    token = service.make_token()
    service.networks = ""
    service.save()
    assert phone.get("/phone/").tag == "CiscoIPPhoneText"
    assert phone.get("/phone/", token="x" * 24).tag == "CiscoIPPhoneText"
    menu = phone.get("/phone/", token=token)
    assert menu.tag == "CiscoIPPhoneMenu"
    assert phone.follow(menu.findtext("MenuItem/URL")).tag == "CiscoIPPhoneInput"


def test_where_networks_and_a_token_are_set_both_are_asked_for(
    service: Service, phone: Phone
) -> None:
    token = service.make_token()
    service.save()
    assert phone.get("/phone/").tag == "CiscoIPPhoneText"
    assert phone.get("/phone/", token=token).tag == "CiscoIPPhoneMenu"
    phone.address = "192.0.2.1"
    assert phone.get("/phone/", token=token).tag == "CiscoIPPhoneText"


def test_a_token_for_one_phone_is_no_good_for_another(service: Service, phone: Phone) -> None:
    service.device = DEVICE
    token = service.make_token()
    service.save()
    assert phone.get("/phone/", token=token, device="SEP0").tag == "CiscoIPPhoneText"
    assert phone.get("/phone/", token=token, device=DEVICE.lower()).tag == "CiscoIPPhoneMenu"


def test_a_token_is_kept_as_a_hash_and_never_logged(
    service: Service, phone: Phone, caplog: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    token = service.make_token()
    service.save()
    phone.get("/phone/", token=token)
    phone.address = "192.0.2.1"
    phone.get("/phone/people/", token=token, q="x")
    assert "was not let in" in caplog.text
    assert token not in caplog.text
    row = Service.objects.values().get()
    assert row["token_digest"] == digest_of(token)
    assert token not in str(row)


@pytest.mark.usefixtures("standing_clock")
def test_requests_from_one_address_are_limited(
    service: Service, phone: Phone, settings: Any
) -> None:
    settings.PHONE_REQUESTS_A_MINUTE = 2
    tags = [phone.get("/phone/").tag for _ in range(3)]
    assert tags == ["CiscoIPPhoneMenu", "CiscoIPPhoneMenu", "CiscoIPPhoneText"]
    assert Phone(address="10.20.9.9").get("/phone/").tag == "CiscoIPPhoneMenu"


def test_the_database_holds_no_service_that_lets_everybody_in(service: Service) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.create(name="Open", enabled=True)
    with pytest.raises(ValidationError, match="one on each line"):
        Service(name="Typo", networks="10.20.0.0/33").full_clean()


def test_the_administration_shows_a_new_token_once(client: Client, db: None) -> None:
    client.force_login(get_user_model().objects.create_superuser("boss"))
    page = "/admin/phones/service/add/"
    fields = {"name": "All", "enabled": "on", "networks": "", "charset": "auto"}
    assertContains(client.post(page, fields), "Name networks, or make a token")
    answer = client.post(page, fields | {"new_token": "on"})
    service = Service.objects.get()
    token = answer.content.decode().partition("token=")[2].partition("<")[0]
    assert digest_of(token) == service.token_digest
    assertContains(answer, "#DEVICENAME#")
    assert "no-store" in answer["Cache-Control"]
    assertNotContains(client.get(f"/admin/phones/service/{service.pk}/change/"), token)
    assert Entry.objects.filter(action="secret_replaced").count() == 1
    assert token not in str(list(Entry.objects.values()))
    assert client.post("/phone/").status_code == 405
