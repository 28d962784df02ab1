"""Photos: whatever is uploaded becomes a small square picture of our own making, or nothing."""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from directory.models import Person

LARGEST_SIDE = 480  # pixels
SMALLEST_SIDE = 32  # pixels
MOST_BYTES = 10_000_000
MOST_PIXELS = 50_000_000  # decoded, some 200 MB; a good camera makes 45 million
_FORMATS = ("JPEG", "PNG", "WEBP")
_UNREADABLE = (
    OSError,
    SyntaxError,  # what Pillow raises for a broken PNG
    ValueError,
    EOFError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class NotAPhoto(ValueError):
    """The upload is refused; the text is a sentence for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Photo:
    content: bytes
    side: int


def prepare(upload: IO[bytes]) -> Photo:
    """A square WebP of at most 480 pixels a side, upright, without any metadata.

    NotAPhoto for anything but a JPEG, PNG or WebP of bearable size.
    """
    content = upload.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise NotAPhoto(_("The file is larger than 10 MB. Please send a smaller one."))
    try:
        return _prepare(BytesIO(content))
    except NotAPhoto:
        raise
    except _UNREADABLE as error:
        raise NotAPhoto(_("This is not a JPEG, PNG or WebP picture.")) from error


def _prepare(content: BytesIO) -> Photo:
    with Image.open(content, formats=_FORMATS) as opened:  # reads the header only
        if opened.width * opened.height > MOST_PIXELS:
            raise NotAPhoto(_("The picture has too many pixels. Please send a smaller one."))
        if min(opened.size) < SMALLEST_SIDE:
            raise NotAPhoto(_("The picture is too small to show a face."))
        opened.draft("RGB", (2 * LARGEST_SIDE, 2 * LARGEST_SIDE))
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
    side = min(LARGEST_SIDE, *upright.size)
    square = ImageOps.fit(upright, (side, side), centering=(0.5, 0.4))
    # A fresh canvas carries no metadata of the upload; white stands behind what is transparent.
    canvas = Image.new("RGB", (side, side), "white")
    canvas.paste(square, mask=square.getchannel("A"))
    out = BytesIO()
    canvas.save(out, "WEBP", quality=82, method=4)
    return Photo(out.getvalue(), side)


def keep(person: Person, content: bytes) -> bool:
    """Stores a picture, as a directory server sends it, for a person who is yet to be saved.

    False, and nothing is touched, where it makes the photo that the person has already. NotAPhoto.
    """
    photo = prepare(BytesIO(content))
    if person.photo:
        with suppress(OSError), person.photo.open() as file:
            if file.read() == photo.content:
                return False
    put(person, photo)
    return True


def put(person: Person, photo: Photo) -> None:
    """Stores the photo's file and notes it on the person, who is yet to be saved."""
    _forget(person)
    person.photo.save(f"{secrets.token_hex(8)}.webp", ContentFile(photo.content), save=False)
    person.photo_size = photo.side


def remove(person: Person) -> None:
    """Takes the photo off the person, who is yet to be saved."""
    _forget(person)
    person.photo = ""
    person.photo_size = 0


def _forget(person: Person) -> None:
    if name := person.photo.name:
        storage: Any = person.photo.storage
        transaction.on_commit(lambda: storage.delete(name))
