import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from directory import photos
from directory.models import Person
from tests.directory.conftest import Company


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def anna(company: Company) -> Person:
    anna = company.add("Anna", "Frei")
    photos.put(anna, photos.prepare(picture(600, 400)))
    anna.save()
    return anna


def picture(width: int, height: int, kind: str = "JPEG", mode: str = "RGB", **how: Any) -> BytesIO:
    out = BytesIO()
    Image.new(mode, (width, height), 120).save(out, kind, **how)
    out.seek(0)
    return out


def opened(photo: photos.Photo) -> Image.Image:
    image = Image.open(BytesIO(photo.content))
    image.load()
    return image


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"),
     ("WEBP", "RGB")],
)  # fmt: skip
def test_any_photo_becomes_a_small_square(kind: str, mode: str) -> None:
    photo = photos.prepare(picture(1200, 900, kind, mode))
    image = opened(photo)
    assert (image.format, image.mode, image.size, photo.side) == ("WEBP", "RGB", (480, 480), 480)
    assert photos.prepare(picture(100, 60, kind, mode)).side == 60


def test_place_camera_and_turn_are_taken_out() -> None:
    exif = Image.Exif()
    exif[0x010F] = "CanaryCam"
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825).update({1: "N", 2: (IFDRational(47), IFDRational(22), IFDRational(1))})
    source = Image.new("RGB", (400, 400), "red")
    source.paste("blue", (0, 0, 400, 200))
    upload = BytesIO()
    source.save(upload, "JPEG", exif=exif, comment=b"canary comment")
    upload.seek(0)
    photo = photos.prepare(upload)
    assert b"anary" not in photo.content
    assert b"EXIF" not in photo.content
    image = opened(photo)
    assert not image.getexif()
    left, right = image.getpixel((50, 200)), image.getpixel((350, 200))
    assert left[0] > right[0]  # what was above stands right once the picture is upright
    assert left[2] < right[2]


def _png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )  # fmt: skip


def hostile() -> Iterator[tuple[str, bytes]]:
    yield "nothing", b""
    yield "text", b"hello"
    yield "html", b"<!doctype html><script>alert(1)</script>"
    yield "svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    yield "gif", picture(100, 100, "GIF", "L").read()
    yield "bmp", picture(100, 100, "BMP").read()
    yield "tiff", picture(100, 100, "TIFF").read()
    yield "a jpeg's beginning", picture(500, 500).read()[:300]
    yield "jpeg's first bytes, then html", b"\xff\xd8\xff\xe0<script>alert(1)</script>"
    yield "bomb", _png_that_claims(60_000, 60_000)
    yield "half a bomb", _png_that_claims(12_000, 10_000)
    yield "broken png", _png_that_claims(500, 500)
    yield "a line", picture(5000, 1).read()
    yield "large", b"\xff\xd8" + b"0" * (photos.MOST_BYTES + 1)


@pytest.mark.parametrize(("name", "content"), list(hostile()), ids=[name for name, _ in hostile()])
def test_what_is_no_photo_is_refused_with_a_sentence(
    client: Client, boss: Any, company: Company, media: Path, name: str, content: bytes
) -> None:
    with pytest.raises(photos.NotAPhoto, match=r"\.$"):
        photos.prepare(BytesIO(content))
    assert list(media.rglob("*.*")) == []


def test_a_photo_is_served_to_those_who_are_signed_in(page: Client, anna: Person) -> None:
    answer = page.get(f"/people/{anna.pk}/photo/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "private" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    again = page.get(f"/people/{anna.pk}/photo/", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert page.get(f"/{anna.photo.name}").status_code == 404
    assert page.get(f"/media/{anna.photo.name}").status_code == 404


def test_no_photo_and_a_lost_file_are_not_found(
    page: Client, anna: Person, company: Company
) -> None:
    assert page.get(f"/people/{company.add('Bo', 'Li').pk}/photo/").status_code == 404
    Path(anna.photo.path).unlink()
    assert page.get(f"/people/{anna.pk}/photo/").status_code == 404


def test_a_page_names_the_photo_by_its_version_and_size(page: Client, anna: Person) -> None:
    text = page.get(f"/people/{anna.pk}/").content.decode()
    assert f'src="/people/{anna.pk}/photo/?v={anna.photo_version}"' in text
    assert 'width="400" height="400"' in text
    assert anna.photo_version in page.get("/?q=anna").content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_new_photo_takes_the_place_of_the_old_file(anna: Person, media: Path) -> None:
    old = Path(anna.photo.path)
    photos.put(anna, photos.prepare(picture(100, 100)))
    anna.save()
    assert [path for path in media.rglob("*.webp") if path == old] == []
    photos.remove(anna)
    anna.save()
    assert list(media.rglob("*.webp")) == []


def test_an_imported_picture_is_kept_once(company: Company, media: Path) -> None:
    bo = company.add("Bo", "Li")
    content = picture(600, 400).read()
    assert photos.keep(bo, content)
    bo.save()
    version = bo.photo_version
    assert not photos.keep(bo, content)
    assert bo.photo_version == version
    assert photos.keep(bo, picture(100, 100).read())
    with pytest.raises(photos.NotAPhoto):
        photos.keep(bo, b"<svg/>")
