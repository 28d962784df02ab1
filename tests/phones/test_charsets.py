"""Every phone is written to in letters that it can show."""

from typing import Any

import pytest

from clicktodial.phones.charsets import in_latin1
from clicktodial.phones.models import Service
from tests.phones.conftest import Phone, add, entries

NEW = {"Accept-Charset": "utf-8,iso-8859-1;q=0.8", "X-CiscoIPPhoneModelName": "CP-8861"}
OLD = {"Accept-Charset": "iso-8859-1", "X-CiscoIPPhoneModelName": "CP-7940G"}


def names(phone: Phone, q: str = "anna") -> list[str]:
    return [name for name, _ in entries(phone.get("/phone/people/", q=q))]


@pytest.mark.parametrize(
    ("headers", "charset", "shown"),
    [
        (NEW, "utf-8", "Anna Łukasz Müller"),
        (OLD, "iso-8859-1", "Anna Lukasz Müller"),
        ({}, "iso-8859-1", "Anna Lukasz Müller"),
        ({"Accept-Charset": "utf-8", "X-CiscoIPPhoneModelName": "CP-7960"}, "iso-8859-1",
         "Anna Lukasz Müller"),
        ({"Accept-Charset": "*"}, "utf-8", "Anna Łukasz Müller"),
    ],
    ids=["new", "old", "silent", "old that promises too much", "any"],
)  # fmt: skip
def test_the_phones_headers_decide(
    service: Service, headers: dict[str, str], charset: str, shown: str
) -> None:
    add("Anna", "Łukasz Müller", ("extension", "4567"))
    phone = Phone(headers=headers)
    assert names(phone) == [shown]
    assert phone.answer["Content-Type"] == f"text/xml; charset={charset}"
    assert f"encoding='{charset}'".encode() in phone.answer.content[:60].lower()


def test_the_administrator_may_decide(service: Service) -> None:
    add("Anna", "Łukasz", ("extension", "4567"))
    Service.objects.update(charset="iso-8859-1")
    assert names(Phone(headers=NEW)) == ["Anna Lukasz"]
    Service.objects.update(charset="utf-8")
    assert names(Phone(headers=OLD)) == ["Anna Łukasz"]


@pytest.mark.parametrize(
    ("text", "western"),
    [
        ("Søren Ærø", "Søren Ærø"),
        ("Иванов", "Ivanov"),
        ("“Żółć” – Łódź…", '"Zólc" - Lódz...'),
        ("Ştefan Őry", "Stefan Ory"),
        ("\x00\x1b\ud800ok", "ok"),
    ],
)
def test_other_letters_are_written_out_in_western_ones(text: str, western: str) -> None:
    assert in_latin1(text) == western


@pytest.mark.parametrize("text", ["王小明", "ليلى", "김민준", "🙂", "देवी"])
def test_no_script_breaks_an_old_phone(service: Service, text: str) -> None:
    add("Anna", text, ("extension", "4567"))
    phone = Phone(headers=OLD)
    assert len(names(phone)) == 1
    phone.answer.content.decode("iso-8859-1")
    assert b"&#" not in phone.answer.content


def test_an_old_phone_asks_in_its_own_letters(service: Service) -> None:
    add("Zoë", "Müller", ("extension", "4567"))
    phone = Phone(headers=OLD)
    phone.answer = phone.client.get(
        "/phone/people/?q=M%FCller", headers=OLD, REMOTE_ADDR=phone.address
    )
    assert "Zoë Müller".encode("iso-8859-1") in phone.answer.content


def test_a_long_search_still_leads_to_short_addresses(service: Service) -> None:
    for number in range(40):
        add("ü" * 30, f"Ü{number}", ("extension", "4567"))
    token = service.make_token()
    service.save()
    phone = Phone(headers=NEW)
    answer: Any = phone.get("/phone/people/", q="ü" * 30, token=token, device="SEP001122334455")
    assert answer.tag in ("CiscoIPPhoneDirectory", "CiscoIPPhoneText")
