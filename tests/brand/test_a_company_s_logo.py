"""The logo comes from a file, is served under its hash, and can do nothing but be looked at."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from clicktodial.style import logo

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><path d="M0 0h9"/></svg>'


def file(folder: Path, content: bytes | str) -> str:
    path = folder / "logo"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_a_drawing_knows_its_width(tmp_path: Path) -> None:
    found = logo.read(file(tmp_path, SVG))
    assert (found.content_type, found.width_at) == ("image/svg+xml", 96)


def test_a_drawing_may_say_its_size_in_pixels(tmp_path: Path) -> None:
    text = '<svg xmlns="http://www.w3.org/2000/svg" width="64px" height="32px"/>'
    assert logo.read(file(tmp_path, text)).width_at == 64


def test_a_picture_knows_its_width(tmp_path: Path) -> None:
    out = BytesIO()
    Image.new("RGB", (200, 100)).save(out, "PNG")
    found = logo.read(file(tmp_path, out.getvalue()))
    assert (found.content_type, found.width_at) == ("image/png", 64)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("no picture", "no SVG, PNG, WebP or JPEG"),
        ("<svg", "no readable SVG"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "neither a viewBox"),
        ('<svg viewBox="0 0 0 5" xmlns="http://www.w3.org/2000/svg"/>', "neither a viewBox"),
        ('<!DOCTYPE s [<!ENTITY a "b">]><svg viewBox="0 0 1 1">&a;</svg>', "no readable SVG"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "no SVG, PNG, WebP or JPEG"),
        ("x" * 300_000, "larger than 200 kB"),
    ],
    ids=["text", "half", "no-size", "no-width", "entities", "broken-png", "huge"],
)
def test_what_is_no_logo_is_refused_in_words(
    content: bytes | str, says: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=says):
        logo.read(file(tmp_path, content))


def test_a_missing_file_is_told() -> None:
    with pytest.raises(ValueError, match=r"/nowhere/logo\.svg cannot be read: No such file"):
        logo.read("/nowhere/logo.svg")


def test_it_stands_on_each_page_with_its_size(tmp_path: Path, settings: Any) -> None:
    settings.LOGO = logo.read(file(tmp_path, SVG))
    settings.LOGO_DARK = logo.read(file(tmp_path, SVG.replace("h9", "h8")))
    page = Client().get("/sign-in/").content.decode()
    light, dark = (f"/brand/logo-{ground}-" for ground in ("light", "dark"))
    assert f'<img src="{light}{settings.LOGO.digest}" alt="" width="96" height="32">' in page
    assert f'<source srcset="{dark}{settings.LOGO_DARK.digest}"' in page


def test_nothing_in_it_runs(tmp_path: Path, settings: Any) -> None:
    settings.LOGO = logo.read(file(tmp_path, SVG))
    answer = Client().get(f"/brand/logo-light-{settings.LOGO.digest}")
    assert answer.content.decode() == SVG
    assert answer.headers["Content-Security-Policy"].endswith("sandbox")
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["light-0123456789ab", "dark-0123456789ab", "red-0"])
def test_another_logo_is_not_found(address: str) -> None:
    assert Client().get(f"/brand/logo-{address}").status_code == 404
