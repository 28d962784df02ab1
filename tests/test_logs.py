"""A line of the log knows its request and names nobody; an answer carries the request's id."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from clicktodial import logs
from directory.models import Person


def breaks(request: HttpRequest) -> HttpResponse:
    try:
        raise LookupError("row of Eva Ito, +41 79 555 01 02")
    except LookupError as error:
        raise RuntimeError("because of Eva Ito") from error


def forbids(request: HttpRequest, name: str) -> HttpResponse:
    raise PermissionDenied


handler500 = "clicktodial.error_page.server_error"
urlpatterns = [
    path("breaks/", breaks),
    path("forbids/<str:name>/", forbids),
    path("", include("clicktodial.urls")),
]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the site's log writes as JSON."""
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(logs.Json())
    root = logging.getLogger()
    root.addHandler(handler)
    yield handler.stream
    root.removeHandler(handler)


@pytest.fixture
def browser(db: None) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.create_user("eva"))
    return client


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_every_answer_carries_an_id_of_its_own(browser: Client) -> None:
    first, second = (browser.get("/sign-in/").headers["X-Request-ID"] for _ in range(2))
    assert first != second
    assert len(first) == 32


def test_an_id_from_outside_is_taken_from_a_trusted_proxy_only(browser: Client) -> None:
    given = {"X-Request-ID": "proxy-0001-abcd"}
    assert browser.get("/", headers=given).headers["X-Request-ID"] != given["X-Request-ID"]
    with override_settings(PROXIES=1):
        assert browser.get("/", headers=given).headers["X-Request-ID"] == given["X-Request-ID"]


@pytest.mark.parametrize(
    "given", ["short", "x" * 65, "with blanks and more", 'quote"quote', "ä" * 9]
)
def test_an_id_that_is_none_is_replaced(browser: Client, given: str) -> None:
    with override_settings(PROXIES=1):
        answer = browser.get("/", headers={"X-Request-ID": given})
    assert len(answer.headers["X-Request-ID"]) == 32


def test_a_line_says_the_kind_of_page_and_names_nobody(
    browser: Client, written: io.StringIO
) -> None:
    person = Person.objects.create(pk=4711, given_name="Ito", family_name="Secret")
    answer = browser.get(f"/people/{person.pk}/", {"q": "ito"})
    line = lines(written)[-1]
    assert line["page"] == "/people/<int:pk>/"
    assert (line["method"], line["status"], line["level"]) == ("GET", 200, "INFO")
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert not {word for word in ("4711", "ito", "eva", "Secret") if word in written.getvalue()}


@override_settings(ROOT_URLCONF=__name__)
def test_an_error_is_told_by_kind_and_place_without_its_message(
    browser: Client, written: io.StringIO
) -> None:
    answer = browser.get("/breaks/")
    error = next(line for line in lines(written) if "error" in line)
    assert error["request_id"] == answer.headers["X-Request-ID"]
    assert error["error"][0] == "builtins.RuntimeError"
    assert "builtins.LookupError" in error["error"]
    assert any("test_logs.py" in place for place in error["error"])
    assert not {word for word in ("Eva", "555") if word in written.getvalue()}


@override_settings(ROOT_URLCONF=__name__)
def test_djangos_own_warnings_hold_no_path(browser: Client, written: io.StringIO) -> None:
    browser.get("/forbids/eva-ito/")
    browser.get("/nobody/eva-ito/")
    told = [line["message"] for line in lines(written) if line["level"] == "WARNING"]
    assert "403 GET /forbids/<str:name>/" in told
    assert "eva-ito" not in written.getvalue()


@override_settings(ROOT_URLCONF=__name__)
def test_the_error_page_gives_the_reference_that_the_log_has(browser: Client) -> None:
    answer = browser.get("/breaks/")
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in answer.content.decode()


@override_settings(ROOT_URLCONF=__name__, LOG_PERSONAL_DATA=True)
def test_whoever_asks_for_it_gets_paths_names_and_messages(
    browser: Client, written: io.StringIO
) -> None:
    browser.get("/breaks/")
    assert "because of Eva Ito" in written.getvalue()
    assert lines(written)[-1]["path"] == "/breaks/"
    assert lines(written)[-1]["user"] == "eva"


def test_lines_for_people_hold_the_id_too() -> None:
    record = logging.LogRecord("a.b", logging.INFO, __file__, 1, "said %s", ("so",), None)
    token = logs._request_id.set("abc")
    try:
        line = logs.Lines().format(record)
    finally:
        logs._request_id.reset(token)
    assert line.endswith("INFO a.b: said so [abc]")


def test_the_note_of_an_action_carries_its_request(db: None, client: Client) -> None:
    from clicktodial.audit.models import Entry

    answer = client.post("/sign-in/", {"username": "nobody", "password": "x"})
    assert Entry.objects.get().request_id == answer.headers["X-Request-ID"]
