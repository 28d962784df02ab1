"""Each way to dial from elsewhere has a page that shows how, and what it needs is served."""

import base64
import hashlib
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from clicktodial.dialing.views.anywhere import SCRIPTS, WAYS, bookmarklet, integrity

pytestmark = pytest.mark.django_db
# What other sites have in their pages. A version that was published never changes: put what is
# new into a file of its own.
PUBLISHED = {1: "sha384-0WDOvmW1V2tT85pUAbpos2B1iG+7AlyQB88ipSK2E5xWVlV5OKtSK3RycR+ADeVs"}


@pytest.fixture
def browser(browser_of: Callable[..., Client]) -> Client:
    return browser_of(get_user_model().objects.create_user("emil"))


def test_how_i_dial_leads_to_every_way(browser: Client) -> None:
    assert 'href="/dial/anywhere/"' in browser.get("/dial/profile/").content.decode()
    index = browser.get("/dial/anywhere/").content.decode()
    for way in WAYS:
        assert f'href="/dial/anywhere/{way.slug}/"' in index


@pytest.mark.parametrize("slug", [way.slug for way in WAYS])
def test_every_way_has_its_page(slug: str, browser: Client) -> None:
    assert browser.get(f"/dial/anywhere/{slug}/").status_code == 200


def test_there_is_no_other_way(browser: Client) -> None:
    assert browser.get("/dial/anywhere/by-pigeon/").status_code == 404


def test_extensions_get_the_address_of_the_page_that_asks(browser: Client) -> None:
    page = browser.get("/dial/anywhere/extensions/").content.decode()
    prefix = "http://testserver/dial/?number="
    assert f'value="{prefix}"' in page
    shown = browser.get(f"{prefix}%2B41%2044%20668%2018%2000")
    assert shown.status_code == 200
    assert "+41 44 668 18 00" in shown.content.decode()


def test_the_bookmark_is_whole_whatever_the_address_is() -> None:
    kept = bookmarklet("https://dial.example/dial/?number=")
    assert kept.startswith("javascript:(()=>{")
    assert not re.search(r"[\s\"<]", kept)
    assert '"https://dial.example/dial/?number="' in unquote(kept)


def test_the_address_bar_is_told_where_to_search() -> None:
    """Browsers fetch it without a session."""
    answer = Client().get("/dial/opensearch.xml")
    assert answer.headers["Content-Type"] == "application/opensearchdescription+xml"
    tree = ElementTree.fromstring(answer.content)  # noqa: S314 — our own XML
    names = {"os": "http://a9.com/-/spec/opensearch/1.1/"}
    assert tree.find("os:Url", names).get("template") == "http://testserver/?q={searchTerms}"
    assert 0 < len(tree.findtext("os:ShortName", namespaces=names)) <= 16


def test_every_page_names_the_search_for_the_address_bar(browser: Client) -> None:
    page = browser.get("/").content.decode()
    assert re.search(r'<link rel="search" [^>]*href="/dial/opensearch.xml"', page)


def test_other_sites_may_load_the_script_and_learn_nothing(browser: Client) -> None:
    for client in (browser, Client()):
        answer = client.get("/dial/script/1/click-to-dial.js", headers={"Origin": "http://a.test"})
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in answer.headers["Cache-Control"]
        assert not answer.cookies


def test_nothing_but_the_script_is_open_to_other_sites(browser: Client) -> None:
    for path in ("/", "/dial/?number=4567", "/dial/anywhere/", "/dial/opensearch.xml"):
        answer = browser.get(path, headers={"Origin": "http://a.test"})
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_a_version_that_does_not_exist_is_not_served() -> None:
    assert Client().get("/dial/script/0/click-to-dial.js").status_code == 404


@pytest.mark.parametrize("version", SCRIPTS)
def test_a_published_script_never_changes(version: int) -> None:
    served = Client().get(f"/dial/script/{version}/click-to-dial.js").content
    digest = base64.b64encode(hashlib.sha384(served).digest()).decode()
    assert f"sha384-{digest}" == integrity(version) == PUBLISHED[version]


def test_the_page_for_other_sites_names_version_and_hash(browser: Client) -> None:
    page = browser.get("/dial/anywhere/other-sites/").content.decode()
    latest = max(SCRIPTS)
    assert f"http://testserver/dial/script/{latest}/click-to-dial.js" in page
    assert integrity(latest) in page


@pytest.mark.parametrize(("method", "status"), [("get", 200), ("head", 405)])
@pytest.mark.parametrize("more", ["", "&click=5d1bb1c6-63a1-4d62-9d0c-4a1f4f3b8f0e&agreed=on"])
def test_a_get_never_dials(
    method: str, status: int, more: str, ada: Any, browser_of: Any, simulator: Any
) -> None:
    answer = getattr(browser_of(ada), method)(f"/dial/?number=tel%3A%2B41446681800{more}")
    assert answer.status_code == status
    assert simulator.calls == ()
