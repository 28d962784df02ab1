import base64
from typing import Any

import pytest
from django.test import Client

from directory import search
from directory.visibility import viewer_of
from tests.directory.conftest import Company

CURSORS = [
    "x", "%00", "=====", "é", "eyJ9", "[]", "W10", base64.urlsafe_b64encode(b"[1,2,3]").decode(),
    base64.urlsafe_b64encode(b'[true,"a",1]').decode(),
    base64.urlsafe_b64encode(b'[0,"a",1e400]').decode(),
    base64.urlsafe_b64encode(b'[0,"a\\u0000",1]').decode(),
    base64.urlsafe_b64encode(b'[0,"\\ud800",1]').decode(),
    base64.urlsafe_b64encode(b'[0,"a",99999999999999999999999]').decode(),
    base64.urlsafe_b64encode(b"[" * 100_000).decode(),
]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000, "\x00", "an\x00na", "%", "_", "'", '"', "\\", "*" * 300, "()",
        "anna' OR 1=1 --", "\ud7ff", "\u202e", "😀", "1" * 10_000, "+", "#*", "a " * 5_000,
        "\U0010ffff", "ﷺ" * 200,
        "́" * 300,
    ],
)  # fmt: skip
def test_any_text_gets_a_page(page: Client, company: Company, text: str) -> None:
    company.add("Anna", "Frei", ("extension", "1234"))
    for headers in ({}, {"X-Fragment": "results"}):
        assert page.get("/", {"q": text}, headers=headers).status_code == 200


def test_a_text_of_signs_finds_nobody_rather_than_everybody(page: Client, company: Company) -> None:
    company.add("Anna", "Frei")
    assert page.get("/", {"q": "%%%"}).context["people"] == ()


@pytest.mark.parametrize("cursor", CURSORS)
def test_a_bad_cursor_shows_the_first_page(page: Client, company: Company, cursor: str) -> None:
    company.add("Anna", "Frei")
    answer = page.get("/", {"q": "anna", "after": cursor})
    assert [row.name for row in answer.context["people"]] == ["Anna Frei"]


@pytest.mark.parametrize("cursor", CURSORS)
def test_find_refuses_a_bad_cursor(company: Company, user: Any, cursor: str) -> None:
    with pytest.raises(search.BadCursor):
        search.find("anna", viewer=viewer_of(user), after=cursor)


@pytest.mark.parametrize("field", ["department", "location", "kind"])
@pytest.mark.parametrize("value", ["x", "999999", "9" * 40, "\x00", "-1", "1;2", "1.5", ""])
def test_an_unknown_filter_is_left_out_and_said(
    page: Client, company: Company, field: str, value: str
) -> None:
    company.add("Anna", "Frei")
    answer = page.get("/", {"q": "anna", field: value})
    assert [row.name for row in answer.context["people"]] == ["Anna Frei"]
    assert ("it was left out" in answer.content.decode()) == bool(value)


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 40])
@pytest.mark.parametrize(
    "path", ["people/{}/", "people/{}/photo/", "departments/{}/", "locations/{}/"]
)
def test_an_unknown_id_is_not_found(page: Client, company: Company, path: str, pk: str) -> None:
    assert page.get("/" + path.format(pk)).status_code == 404


@pytest.mark.parametrize("path", ["people/999/favourite/", "favourites/999/move/"])
def test_nobody_unknown_becomes_a_favourite(page: Client, company: Company, path: str) -> None:
    assert page.post(f"/{path}", {"keep": "yes", "direction": "up"}).status_code == 404


def test_pages_are_not_posted_to(page: Client, company: Company) -> None:
    anna = company.add("Anna", "Frei")
    for path in ("/", f"/people/{anna.pk}/", "/departments/", "/favourites/"):
        assert page.post(path).status_code == 405
    assert page.get(f"/people/{anna.pk}/favourite/").status_code == 405
