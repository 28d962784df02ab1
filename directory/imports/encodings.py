"""In which encoding a file is written, and its hash: one pass over its bytes, nothing kept."""

import codecs
import hashlib
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from directory.imports.record import NotReadable

CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NUL_SHARE = 0.25  # of the first bytes: Latin text in UTF-16 has a half


@dataclass(frozen=True, slots=True)
class Text:
    encoding: str
    digest: str
    """SHA-256 of the bytes, in hexadecimal."""
    bytes: int


def look(file: IO[bytes]) -> Text:
    """The encoding, hash and size; the file stands at its beginning afterwards. NotReadable."""
    file.seek(0)
    head = file.read(4096)
    sure = _by_its_mark(head)
    digest = hashlib.sha256(head)
    size = len(head)
    decoder: codecs.IncrementalDecoder | None
    decoder = codecs.getincrementaldecoder(sure or "utf-8")()
    encoding = sure or "utf-8"
    chunk = head
    while chunk:
        if decoder:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                if sure:
                    raise _broken(sure) from None
                decoder, encoding = None, "cp1252"
        if chunk is not head and b"\0" in chunk and not encoding.startswith("utf-16"):
            raise NotReadable(_("The file is no text. Save it as “CSV UTF-8” or as XLSX."))
        chunk = file.read(CHUNK)
        digest.update(chunk)
        size += len(chunk)
    if decoder:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            if sure:
                raise _broken(sure) from None
            encoding = "cp1252"
    file.seek(0)
    return Text(encoding, digest.hexdigest(), size)


def _by_its_mark(head: bytes) -> str:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    nuls = head.count(0)
    if nuls > _NUL_SHARE * len(head):
        return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
    if nuls:
        raise NotReadable(_("The file is no text. Save it as “CSV UTF-8” or as XLSX."))
    return ""


def _broken(encoding: str) -> NotReadable:
    text = _("The file begins as %(encoding)s and does not go on so. Save it as “CSV UTF-8”.")
    return NotReadable(text % {"encoding": encoding.removesuffix("-sig").upper()})
