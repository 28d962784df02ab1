"""Cards to take along: another program's reader finds in them what stands on the page, no more."""

import re
from io import BytesIO
from typing import Any

import pytest
import vobject
from django.core.cache import cache
from django.test import Client
from lxml import etree
from PIL import Image
from pytest_django.asserts import assertContains, assertNotContains

from clicktodial import vcard
from clicktodial.audit.models import Entry
from directory import cards, photos
from directory.models import Person
from directory.search.found import NumberRow
from tests.directory.conftest import Company


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def anna(company: Company) -> Person:
    company.zurich.street, company.zurich.postal_code = "Bahnhofstrasse 1; Tor 2", "8001"
    company.zurich.save()
    return company.add(
        "Anna", "Müller-Łukasiewicz", ("work", "+41 44 668 18 00 ext. 12"),
        ("mobile", "+41 79 222 33 44", "nobody"), ("extension", "4567"),
        ("fax", "+41 44 668 18 99"), preferred_name="Ännchen, dite",
        title="Head of\nTreasury; Zürich", department=company.treasury,
        location=company.zurich, room="3.14", email="anna@example.com",
    )  # fmt: skip


def read(client: Client, person: Person) -> Any:
    answer = client.get(f"/people/{person.pk}/card.vcf")
    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    return vobject.readOne(answer.content.decode())


def test_another_reader_finds_what_stands_on_the_page(page: Client, anna: Person) -> None:
    card = read(page, anna)
    assert card.version.value == "4.0"
    assert card.fn.value == "Ännchen, dite Müller-Łukasiewicz"
    assert (card.n.value.family, card.n.value.given) == ("Müller-Łukasiewicz", "Ännchen, dite")
    assert card.title.value == "Head of\nTreasury; Zürich"
    assert card.org.value[1] == "Treasury"
    assert (card.adr.value.street, card.adr.value.city) == ("Bahnhofstrasse 1; Tor 2", "Zürich")
    assert card.adr.value.country == "Switzerland"
    assert card.email.value == "anna@example.com"
    assert card.url.value == f"http://testserver/people/{anna.pk}/"
    assert card.note.value == "Zürich HQ, 3.14"


def test_the_given_name_behind_a_preferred_one_is_not_in_it(page: Client, anna: Person) -> None:
    for path in ("", "card.vcf", "codes/", "org/"):
        assert "Anna" not in page.get(f"/people/{anna.pk}/{path}").content.decode()


def test_numbers_keep_their_kind_and_extension_and_hidden_ones_stay_hidden(
    page: Client, anna: Person
) -> None:
    found = {tel.value: tel.params.get("TYPE") for tel in read(page, anna).contents["tel"]}
    assert found == {
        "tel:+41446681800;ext=12": ["work"],
        "4567": ["work"],
        "tel:+41446681899": ["fax"],
    }


def test_no_line_is_longer_than_75_octets_nor_broken_within_a_letter(
    page: Client, company: Company
) -> None:
    person = company.add("Ł" * 90, "字" * 120, title="é🙂," * 30)
    content = page.get(f"/people/{person.pk}/card.vcf").content
    assert content.endswith(b"END:VCARD\r\n")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= vcard.LONGEST_LINE
    for line in lines:
        line.decode()
    assert read(page, person).fn.value == person.name


def test_nothing_in_the_data_begins_a_line_of_its_own(page: Client, company: Company) -> None:
    person = company.add("A\r\nTEL:+666", "B\x00\x1b", about="x")
    card = read(page, person)
    assert "tel" not in card.contents
    assert "TEL:+666" in card.fn.value


def test_the_photo_is_in_the_file_and_not_in_the_code(
    page: Client, anna: Person, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    upload = BytesIO()
    Image.new("RGB", (400, 400), "red").save(upload, "PNG")
    photos.put(anna, photos.prepare(BytesIO(upload.getvalue())))
    anna.save()
    text = page.get(f"/people/{anna.pk}/card.vcf").content.decode()
    assert "PHOTO:data:image/jpeg;base64," in text
    code = cards.code_to_save(anna, numbers=[])
    assert "PHOTO" not in code.text
    assert "\r\n " not in code.text


def test_a_code_calls_a_public_number_and_waits_before_its_extension() -> None:
    def text(kind: str, e164: str, shown: str) -> str | None:
        code = cards.code_to_call(NumberRow(kind, shown, e164, shown))
        return code.text if code else None

    assert text("work", "+41446681800", "+41 44 668 18 00") == "tel:+41446681800"
    assert text("work", "+41446681800", "+41 44 668 18 00 ext. 12") == "tel:+41446681800,12"
    assert text("extension", "", "4567") is None
    assert text("fax", "+41446681899", "+41 44 668 18 99") is None


def test_the_codes_page_draws_under_the_strict_policy(page: Client, anna: Person) -> None:
    answer = page.get(f"/people/{anna.pk}/codes/")
    assertContains(answer, 'class="qr"', count=2)
    assertNotContains(answer, "222 33 44")
    assertNotContains(answer, " style=")
    for drawing in re.findall(r"<svg[^>]*class=\"qr\".*?</svg>", answer.content.decode()):
        assert {each.tag for each in etree.fromstring(drawing).iter()} == {"svg", "path"}


def test_a_code_holds_even_the_longest_entry(company: Company) -> None:
    person = company.add(
        "é" * 100, "é" * 150, title="é" * 150, location=company.zurich, room="é" * 40,
        email=f"{'a' * 60}@{'b' * 60}.example.com",
    )  # fmt: skip
    rows = [NumberRow("work", "+41446681800", "+41446681800", "+41 44 668 18 00")] * 40
    assert cards.code_to_save(person, numbers=rows).svg


def test_taking_an_entry_along_is_noted(page: Client, user: Any, anna: Person) -> None:
    page.get(f"/people/{anna.pk}/card.vcf")
    page.get(f"/people/{anna.pk}/codes/")
    notes = Entry.objects.filter(action="exported", actor=user, about_id=str(anna.pk))
    assert sorted(note.facts["form"] for note in notes) == ["codes", "vcard"]


def test_people_who_left_are_no_card(page: Client, anna: Person) -> None:
    Person.objects.filter(pk=anna.pk).update(is_active=False)
    for path in ("card.vcf", "codes/"):
        assert page.get(f"/people/{anna.pk}/{path}").status_code == 404


def test_the_person_page_offers_card_codes_and_its_own_address(page: Client, anna: Person) -> None:
    answer = page.get(f"/people/{anna.pk}/")
    assertContains(answer, f'href="/people/{anna.pk}/card.vcf"')
    assertContains(answer, f'href="/people/{anna.pk}/codes/"')
    assertContains(answer, f'data-copy="http://testserver/people/{anna.pk}/"')
