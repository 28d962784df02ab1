"""Photos that come with an import: from a folder or a zip, made small before anything is kept."""

import hashlib
import os
import secrets
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from directory import photos
from directory.imports.record import NotReadable

MOST_FILES = 300_000
_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")


class Pictures(Protocol):
    def find(self, *names: str) -> bytes | None:
        """The picture with the first of these names, with or without its ending."""


class Folder:
    """Pictures in one folder of the server."""

    def __init__(self, path: Path) -> None:
        try:
            with os.scandir(path) as entries:
                found = {_key(each.name): Path(each.path) for each in entries if each.is_file()}
        except OSError as error:
            text = _("The folder of photos cannot be read: %(why)s.")
            raise NotReadable(text % {"why": error.strerror}) from None
        self._files = found

    def find(self, *names: str) -> bytes | None:
        path = next((self._files[_key(n)] for n in names if _key(n) in self._files), None)
        if path is None:
            return None
        with path.open("rb") as file:
            return file.read(photos.MOST_BYTES + 1)


class Zip:
    """Pictures in a zip file, unpacked one at a time and never to disk."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > MOST_FILES:
            raise NotReadable(_("There are too many files in the zip of photos."))
        self._archive = archive
        self._files = {_key(PurePosixPath(info.filename).name): info for info in infos}

    def find(self, *names: str) -> bytes | None:
        info = next((self._files[_key(n)] for n in names if _key(n) in self._files), None)
        if info is None:
            return None
        try:
            with self._archive.open(info) as file:
                return file.read(photos.MOST_BYTES + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError):
            return b"?"  # no picture, as will be told of this person


@contextmanager
def opened(file: IO[bytes] | Path | None) -> Iterator[Pictures | None]:
    """The pictures of a folder or zip for as long as they are needed; NotReadable."""
    if file is None:
        yield None
    elif isinstance(file, Path) and file.is_dir():
        yield Folder(file)
    else:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError):
            raise NotReadable(_("The photos are in no zip file that can be read.")) from None
        with archive:
            yield Zip(archive)


def keep(content: bytes, *, state: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of Person for this picture, stored already; none where it is the one they have.

    photos.NotAPhoto where it is no picture that can be used.
    """
    if not content:
        return {"photo": "", "photo_size": 0, "imported_photo": ""} if state.get("photo") else {}
    digest = hashlib.sha256(content).hexdigest()
    if digest == state.get("imported_photo"):
        return {}
    photo = photos.prepare(BytesIO(content))
    name = default_storage.save(f"photos/{secrets.token_hex(8)}.webp", ContentFile(photo.content))
    return {"photo": name, "photo_size": photo.side, "imported_photo": digest}


def forget(name: Any) -> None:
    """Removes a picture that nobody has."""
    if isinstance(name, str) and name.startswith("photos/"):
        default_storage.delete(name)


def _key(name: str) -> str:
    name = PurePosixPath(name.replace("\\", "/")).name.strip().casefold()
    stem, dot, ending = name.rpartition(".")
    return stem if dot and f".{ending}" in _ENDINGS else name
