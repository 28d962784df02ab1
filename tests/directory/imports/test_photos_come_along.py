"""Photos from a zip, a folder or the source itself; and back again."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from directory import owned
from directory.imports import pictures, works
from directory.imports.record import NotReadable, Record
from directory.models import Person
from tests.directory.imports.conftest import Importer, only

SHEET = "id,name\nE1,Ada Frei\nE2,Bruno Graf\n"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def png(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), colour).save(out, "PNG")
    return out.getvalue()


def album(**content: bytes) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in content.items():
            archive.writestr(f"photos/{name}.PNG", data)
    return out


def test_photos_in_a_zip_are_known_by_the_id(importer: Importer) -> None:
    with pictures.opened(album(E1=png("red"))) as found:
        importer.do(SHEET, pictures=found)
    ada = Person.objects.get(external_id="E1")
    assert default_storage.exists(ada.photo.name)
    assert ada.photo_size == 64
    assert not Person.objects.get(external_id="E2").photo
    with pictures.opened(album(E1=png("red"))) as found:
        assert not importer.plan(SHEET, pictures=found).items.exists()


def test_photos_in_a_folder_are_known_by_a_column(importer: Importer, tmp_path: Path) -> None:
    (tmp_path / "frei.png").write_bytes(png("blue"))
    with pictures.opened(tmp_path) as found:
        importer.do("id,name,photo\nE1,Ada Frei,../../frei.png\n", pictures=found)
    assert Person.objects.get().photo


def test_a_photo_that_is_none_is_told(importer: Importer) -> None:
    with pictures.opened(album(E1=b"no picture")) as found:
        run = importer.do(SHEET, pictures=found)
    assert "not a JPEG, PNG or WebP" in only(run, "doubtful").reason
    assert not Person.objects.get(external_id="E1").photo


def test_a_photo_people_keep_themselves_stays(importer: Importer) -> None:
    importer.do(SHEET)
    owned.keep(Person.objects.get(external_id="E1"), fields=["photo"])
    with pictures.opened(album(E1=png("red"))) as found:
        assert not importer.plan(SHEET, pictures=found).items.exists()


def test_undoing_gives_the_old_photo_back(importer: Importer) -> None:
    with pictures.opened(album(E1=png("red"))) as found:
        importer.do(SHEET, pictures=found)
    before = Person.objects.get(external_id="E1").photo.name
    with pictures.opened(album(E1=png("green"))) as found:
        run = importer.do(SHEET, pictures=found)
    assert Person.objects.get(external_id="E1").photo.name != before
    importer.undo(run)
    assert Person.objects.get(external_id="E1").photo.name == before
    assert default_storage.exists(before)


def test_a_discarded_plan_leaves_no_photo_behind(importer: Importer, tmp_path: Path) -> None:
    with pictures.opened(album(E1=png("red"))) as found:
        run = importer.plan(SHEET, pictures=found)
    assert list((tmp_path / "media" / "photos").iterdir())
    works.discard(run)
    assert not list((tmp_path / "media" / "photos").iterdir())


class Directory:
    """A source that brings photos and says who has left, as a directory of accounts does."""

    name = "ldap.example.com"
    columns = ("id", "name", "title")
    digest = ""
    complete = False

    def __init__(self, *records: Record) -> None:
        self._records = records

    def records(self) -> Iterator[Record]:
        yield from self._records


def test_a_source_that_is_no_file_brings_photos_and_says_who_has_left(importer: Importer) -> None:
    values = {"id": "E1", "name": "Ada Frei", "title": "Head"}
    importer.do(Directory(Record(None, values, photo=png("red"))))
    ada = Person.objects.get()
    assert ada.photo
    importer.do(Directory(Record(None, {"id": "E1", "name": "Ada Meier"})))
    ada.refresh_from_db()
    assert (ada.name, ada.title, bool(ada.photo)) == ("Ada Meier", "Head", True)
    importer.do(Directory())
    assert Person.objects.get().is_active
    run = importer.do(Directory(Record(None, values, disabled=True)))
    assert only(run, "gone").reason
    assert not Person.objects.get().is_active


def test_a_file_that_is_no_zip_is_told() -> None:
    with (
        pytest.raises(NotReadable, match="no zip file"),
        pictures.opened(io.BytesIO(b"x")),
    ):
        pass
