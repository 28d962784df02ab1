"""Stylesheets, icons and the manifest: for everybody, and kept as long as they may be."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from clicktodial.brand.house import address_of
from clicktodial.brand.joined import PARTS, joined
from clicktodial.style.accent import accent
from clicktodial.style.links import Link


@pytest.mark.parametrize("name", ["site.css", "admin.css", "page.js"])
def test_a_file_is_kept_for_ever_under_its_hash(name: str) -> None:
    address = address_of(name)
    answer = Client(headers={"Accept-Encoding": "gzip, br"}).get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert not answer.cookies
    assert brotli.decompress(answer.content) == Client().get(address).content


def test_a_page_left_open_over_an_upgrade_gets_the_new_file_unkept() -> None:
    answer = Client().get("/brand/site-0123456789ab.css")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
    assert answer.content == joined("site.css").content


def test_the_company_s_colour_is_in_the_sheet_and_in_its_address(settings: Any) -> None:
    settings.DEBUG = True  # reads anew
    before = Client().get("/sign-in/").content
    settings.ACCENT_COLOUR = accent("c8102e")
    address = address_of("site.css")
    assert address.encode() not in before
    assert address in Client().get("/sign-in/").content.decode()
    assert "--house:light-dark(#c8102e," in Client().get(address).content.decode()


def test_an_unknown_file_is_not_found() -> None:
    assert Client().get("/brand/other-0123456789ab.css").status_code == 404


@pytest.mark.parametrize(("size", "shape"), [(180, "full"), (192, "round"), (512, "full")])
def test_icons_are_drawn_in_the_company_s_colour(size: int, shape: str, settings: Any) -> None:
    settings.ACCENT_COLOUR = accent("c8102e")
    answer = Client().get(f"/brand/icon-{size}-{shape}.png")
    picture = Image.open(BytesIO(answer.content))
    assert picture.size == (size, size)
    assert picture.getpixel((size // 2, size // 8)) == (0xC8, 0x10, 0x2E, 255)
    assert picture.getpixel((0, 0))[3] == (255 if shape == "full" else 0)  # type: ignore[index]


@pytest.mark.parametrize("address", ["icon-9999-full", "icon-192-oval"])
def test_no_other_icons_are_drawn(address: str) -> None:
    assert Client().get(f"/brand/{address}.png").status_code == 404


def test_the_manifest_names_the_site_and_icons_that_are_there(settings: Any) -> None:
    settings.SITE_NAME = "Aldermoor Instruments"
    answer = Client().get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    found = answer.json()
    assert (found["name"], found["short_name"]) == ("Aldermoor Instruments", "Aldermoor In")
    drawn = [icon for icon in found["icons"] if icon["type"] == "image/png"]
    assert {(icon["sizes"], icon["purpose"]) for icon in drawn} >= {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    assert all(Client().get(icon["src"]).status_code == 200 for icon in drawn)


def test_links_stand_at_the_foot(settings: Any) -> None:
    settings.LINKS = [Link("Help & more", "https://help.example.com/?a=1")]
    page = Client().get("/sign-in/").content.decode()
    assert '<a href="https://help.example.com/?a=1">Help &amp; more</a>' in page


def test_no_script_that_is_joined_imports_another() -> None:
    """A block of its own keeps its names apart, and holds no import."""
    for part in PARTS["page.js"]:
        code = Path(str(finders.find(part))).read_text()
        assert not re.search(r"^(import|export)\b", code, re.MULTILINE), part


@pytest.mark.django_db
def test_what_the_installed_app_keeps_is_nobody_s() -> None:
    user = get_user_model().objects.create_superuser("greta-the-admin", password="a-long-password")
    browser = Client()
    browser.force_login(user)
    worker = browser.get("/worker.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    kept = json.loads(re.findall(r"const KEPT = (.*);", worker.content.decode())[0])
    assert kept[0] == "/offline/"
    page = browser.get(kept[0])
    assert "No connection" in page.content.decode()
    for trace in ("greta", "csrf", "Sign out"):
        assert trace not in page.content.decode()
    assert not page.cookies
