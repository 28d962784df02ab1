from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pytest_django.asserts import assertContains, assertNotContains

from directory import search
from directory.models import Number, Person
from directory.visibility import ANYBODY
from tests.directory.conftest import Company


@pytest.fixture
def admin(client: Client, boss: Any, settings: Any, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(boss)
    return client


def form(*numbers: dict[str, Any], existing: int = 0, **fields: Any) -> dict[str, Any]:
    sent: dict[str, Any] = {
        "kind": "person", "given_name": "Anna", "family_name": "Frei", "is_active": "on",
        "numbers-TOTAL_FORMS": len(numbers), "numbers-INITIAL_FORMS": existing,
        "own_fields-TOTAL_FORMS": 0, "own_fields-INITIAL_FORMS": 0,
    }  # fmt: skip
    for place, number in enumerate(numbers):
        row = {"kind": "work", "visibility": "everyone", "order": place, **number}
        sent |= {f"numbers-{place}-{name}": value for name, value in row.items()}
    return sent | fields


def png() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (64, 64), "red").save(out, "PNG")
    return SimpleUploadedFile("me.png", out.getvalue(), "image/png")


def test_a_person_is_added_with_numbers_and_photo_and_is_found(
    admin: Client, company: Company
) -> None:
    answer = admin.post(
        "/admin/directory/person/add/",
        form(
            {"written": "6123 4567"}, {"kind": "mobile", "written": "+41 79 123 45 67"},
            location=company.singapore.pk, department=company.it.pk, upload=png(),
        ),
    )  # fmt: skip
    assert answer.status_code == 302
    anna = Person.objects.get()
    assert anna.photo_size == 64
    assert anna.photo.name.endswith(".webp")
    assert anna.numbers.get(kind="work").e164 == "+6561234567"
    assert [row.name for row in search.find("frei 4567", viewer=ANYBODY).people] == ["Anna Frei"]


def test_an_unreadable_number_is_refused_with_its_sentence(admin: Client, company: Company) -> None:
    answer = admin.post("/admin/directory/person/add/", form({"written": "call me"}))
    assert answer.status_code == 200
    assert answer.context["inline_admin_formsets"][0].forms[0].errors["written"]
    assert not Person.objects.exists()


def test_the_same_number_twice_is_refused(admin: Client, company: Company) -> None:
    answer = admin.post(
        "/admin/directory/person/add/",
        form({"written": "044 668 18 00"}, {"written": "+41446681800"}),
    )
    assertContains(answer, "This number is listed twice.")
    assert not Number.objects.exists()


def test_a_hostile_photo_is_refused_and_the_old_one_stays(admin: Client, company: Company) -> None:
    admin.post("/admin/directory/person/add/", form(upload=png()))
    anna = Person.objects.get()
    evil = SimpleUploadedFile("me.png", b"<svg onload='alert(1)'/>", "image/png")
    path = f"/admin/directory/person/{anna.pk}/change/"
    assertContains(admin.post(path, form(upload=evil)), "not a JPEG, PNG or WebP")
    assert Person.objects.get().photo.name == anna.photo.name
    assert admin.post(path, form(remove_photo="on")).status_code == 302
    assert not Person.objects.get().photo


def test_a_circle_of_managers_is_refused(admin: Client, company: Company) -> None:
    anna = company.add("Anna", "Frei")
    bo = company.add("Bo", "Li", manager=anna)
    answer = admin.post(f"/admin/directory/person/{anna.pk}/change/", form(manager=bo.pk))
    assertContains(answer, "already reports to this one")


def test_two_entries_made_by_hand_have_no_id(admin: Client, company: Company) -> None:
    for _ in range(2):
        assert admin.post("/admin/directory/person/add/", form()).status_code == 302
    assert set(Person.objects.values_list("external_id", flat=True)) == {None}


def test_wrong_places_are_refused(admin: Client, company: Company) -> None:
    sent = {"name": "Mars", "country": "mars", "time_zone": "Mars/Olympus"}
    answer = admin.post("/admin/directory/location/add/", sent)
    assert set(answer.context["adminform"].form.errors) == {"country", "time_zone"}
    sent = {"name": "Mars", "country": "XX"}
    answer = admin.post("/admin/directory/location/add/", sent)
    assert set(answer.context["adminform"].form.errors) == {"country"}


@pytest.mark.parametrize("model", ["person", "department", "location"])
def test_lists_find_and_cost_no_query_per_row(admin: Client, company: Company, model: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(f"/admin/directory/{model}/", {"q": "a"}).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for number in range(20):
        company.add("Anna", f"Frei{number}", department=company.it, location=company.zurich)
    assert queries() <= few + 1


def test_pickers_search_people_departments_and_locations(admin: Client, company: Company) -> None:
    company.add("Anna", "Frei")
    for field, term, found in (
        ("manager", "frei", "Anna Frei"), ("department", "trea", "Treasury"),
        ("location", "marina", "Marina Bay"),
    ):  # fmt: skip
        asked = {"app_label": "directory", "model_name": "person", "field_name": field}
        answer = admin.get("/admin/autocomplete/", {**asked, "term": term})
        assert [each["text"] for each in answer.json()["results"]] == [found]


def test_favourites_and_search_keys_are_not_shown(admin: Client, company: Company) -> None:
    answer = admin.get("/admin/directory/")
    assertContains(answer, "People")
    assertNotContains(answer, "Favourites")
    assertNotContains(answer, "key")
