"""Phone lists and many numbers at once: by permission, limited, noted, and harmless in a sheet."""

import csv
import io
from typing import Any

import pytest
import vobject
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from clicktodial.audit.models import Entry
from directory import batch, lists
from directory.models import Person
from tests.directory.conftest import Company


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def allowed(page: Client, user: Any) -> Client:
    """Eva's browser; she may take lists along."""
    user.user_permissions.add(Permission.objects.get(codename="export_people"))
    return page


@pytest.fixture
def people(company: Company) -> list[Person]:
    return [
        company.add(
            "=cmd|calc!A1", "Frei", ("work", "+41 44 668 18 00"), ("mobile", "079 1", "nobody"),
            title="@SUM(A1)", department=company.treasury, location=company.zurich,
            email="frei@example.com",
        ),
        company.add("Bo", "Li", ("extension", "4567"), ("fax", "+41 44 668 18 99"),
            department=company.finance, location=company.singapore),
        company.add("Zoe", "Gross", department=company.it),
    ]  # fmt: skip


def sheet(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


PATHS = ("/list/", "/list/?form=csv", "/list/?form=vcards", "/who/many/")


@pytest.mark.parametrize("path", PATHS)
def test_without_the_permission_nothing_is_taken_along(
    page: Client, people: list[Person], path: str
) -> None:
    assert page.get(path).status_code == 403
    assertNotContains(page.get("/?q=frei"), "/list/")
    assertNotContains(page.get(f"/departments/{people[0].department_id}/"), "/list/")
    assert not Entry.objects.filter(action="exported").exists()


def test_a_department_is_listed_with_those_below_it(allowed: Client, people: list[Person]) -> None:
    answer = allowed.get("/list/", {"department": people[1].department_id, "form": "print"})
    for text in ("=cmd|calc!A1 Frei", "Bo Li", "+41 44 668 18 00", "4567", "2 entries", "Finance"):
        assertContains(answer, text)
    assertNotContains(answer, "Zoe Gross")
    assertNotContains(answer, "079 1")


def test_no_cell_is_a_formula(allowed: Client, people: list[Person]) -> None:
    rows = sheet(allowed.get("/list/", {"q": "frei", "form": "csv"}))
    assert [row["Name"] for row in rows] == ["'=cmd|calc!A1 Frei"]
    assert (rows[0]["Title"], rows[0]["Work"]) == ("'@SUM(A1)", "'+41 44 668 18 00")
    assert (rows[0]["Email"], rows[0]["Mobile"]) == ("frei@example.com", "")


def test_cards_come_one_behind_the_other(allowed: Client, people: list[Person]) -> None:
    answer = allowed.get("/list/", {"form": "vcards"})
    assert answer["Content-Type"].startswith("text/vcard")
    cards = list(vobject.readComponents(b"".join(answer.streaming_content).decode()))
    assert {card.fn.value for card in cards} == {"=cmd|calc!A1 Frei", "Bo Li", "Zoe Gross"}


def test_a_list_ends_where_it_must_and_says_so(
    allowed: Client, company: Company, monkeypatch: Any
) -> None:
    monkeypatch.setattr(lists, "MOST", 5)
    monkeypatch.setattr(lists, "_AT_ONCE", 2)
    for number in range(7):
        company.add("Anna", f"Frei{number}", department=company.it)
    answer = allowed.get("/list/", {"department": company.it.pk})
    assertContains(answer, "Only the first 5 are listed")
    assert len(answer.context["list"].people) == 5
    assertNotContains(allowed.get("/list/", {"q": "frei1"}), "Only the first")


def test_every_list_is_noted_with_what_it_was_of(
    allowed: Client, user: Any, people: list[Person]
) -> None:
    allowed.get("/list/", {"department": people[0].department_id, "form": "csv"})
    note = Entry.objects.get(action="exported", actor=user)
    assert note.facts == {"form": "csv", "people": 1, "department": "Treasury"}


@pytest.mark.usefixtures("standing_clock")
def test_lists_are_limited_within_a_minute(
    allowed: Client, people: list[Person], settings: Any
) -> None:
    settings.EXPORTS_A_MINUTE = 2
    answers = [allowed.get("/list/", {"form": "csv"}).status_code for _ in range(2)]
    answers.append(allowed.post("/who/many/", {"numbers": "4567"}).status_code)
    assert answers == [200, 200, 429]


def test_the_search_page_and_places_offer_the_list(allowed: Client, people: list[Person]) -> None:
    assertContains(allowed.get("/?q=frei&filters=shown"), 'formaction="/list/"')
    address = f"/list/?location={people[0].location_id}&amp;form=csv"
    assertContains(allowed.get(f"/locations/{people[0].location_id}/"), address)


def test_many_numbers_are_looked_up_at_once(allowed: Client, people: list[Person]) -> None:
    text = "044 668 18 00\nnobody at all\n\nMeier;4567;x\n+44 7400 123456\n+44 161 496 0000"
    answer = allowed.post("/who/many/", {"numbers": text})
    assertContains(answer, "2 of 5 are known.")
    for each in ("=cmd|calc!A1 Frei", "Bo Li", "United Kingdom, mobile", "nobody at all"):
        assertContains(answer, each)
    assertContains(answer, "looks like Manchester")
    note = Entry.objects.get(action="exported")
    assert note.facts == {"what": "who", "form": "page", "lines": 5, "found": 2}


def test_a_file_is_read_and_answered_as_a_sheet(allowed: Client, people: list[Person]) -> None:
    file = SimpleUploadedFile("numbers.csv", "\ufeff+41 44 668 18 00\r\n=1+1\r\n".encode())
    rows = sheet(allowed.post("/who/many/", {"file": file, "form": "csv"}))
    assert [row["Name"] for row in rows] == ["'=cmd|calc!A1 Frei", ""]
    assert [row["Written"] for row in rows] == ["'+41 44 668 18 00", "'=1+1"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"numbers": " "}, "Paste numbers"),
        ({"numbers": "4567\n" * (batch.MOST_LINES + 1)}, "501 lines"),
        ({"file": SimpleUploadedFile("a.txt", b"1" * 100_001)}, "larger than 100 kB"),
        ({"file": SimpleUploadedFile("a.txt", b"\x81\x8d" * 9)}, "not a text or CSV file"),
    ],
    ids=["nothing", "too many lines", "too large", "no text"],
)
def test_what_cannot_be_looked_up_is_told(allowed: Client, sent: dict[str, Any], said: str) -> None:
    answer = allowed.post("/who/many/", sent)
    assertContains(answer, said, status_code=422)
