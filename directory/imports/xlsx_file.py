"""People from the first sheet of an Excel workbook; formulas count by their last value."""

import hashlib
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import IO, Any

import openpyxl
from django.utils.translation import gettext as _

from directory.imports.csv_file import headings
from directory.imports.record import NotReadable, Record

MOST_PARTS = 5_000
MOST_UNPACKED = 1_500_000_000  # bytes of all parts
MOST_WORDS = 150_000_000  # bytes of the part that is kept in memory: the texts of all cells
MOST_RATIO = 150  # unpacked to packed; sheets of repeated texts reach 40
_SMALL = 20_000_000  # bytes that harm nobody, however well they were packed
_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = 65_536
_CHUNK = 1 << 20


class XlsxFile:
    """A source over an open file; NotReadable where it is no workbook, or one made to harm."""

    complete = True

    def __init__(self, file: IO[bytes], *, name: str) -> None:
        self.name = name
        self._file = file
        self.digest = _digest(file)
        _inspect(file)
        self._heading_line = 0
        self.columns: Sequence[str] = ()
        for line, row in self._rows():
            if any(row):
                while row and not row[-1]:
                    row.pop()
                self.columns, self._heading_line = headings(row), line
                break
        if not self.columns:
            raise NotReadable(_("The first sheet of the workbook is empty."))

    def records(self) -> Iterator[Record]:
        columns, width = self.columns, len(self.columns)
        for line, row in self._rows():
            if line <= self._heading_line or not any(row):
                continue
            fault = ""
            if any(row[width:]):
                fault = str(_("It has cells to the right of the last heading."))
            row += [""] * (width - len(row))
            yield Record(line, dict(zip(columns, row, strict=False)), fault=fault)

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        self._file.seek(0)
        try:
            book = openpyxl.load_workbook(
                self._file, read_only=True, data_only=True, keep_links=False
            )
            try:
                for line, row in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
                    yield line, [_text(cell) for cell in row]
            finally:
                book.close()
        except NotReadable:
            raise
        except Exception as error:  # the library raises whatever it stumbles over
            raise NotReadable(
                _("The workbook cannot be read. Open it in Excel and save it again as XLSX.")
            ) from error


def _text(cell: Any) -> str:
    """A cell as people see it; a number without the sign of a fraction that it does not have."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return "" if cell.startswith("#") and cell.endswith(("!", "?", "/A")) else cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time.min:
        cell = cell.date()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _digest(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _inspect(file: IO[bytes]) -> None:
    """NotReadable where unpacking would fill the memory, or XML declares entities of its own."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as parts:
            _inspect_parts(parts)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise NotReadable(
            _("This is no workbook that can be read. Save it as XLSX, without a password.")
        ) from error


def _inspect_parts(parts: zipfile.ZipFile) -> None:
    infos = parts.infolist()
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    words = sum(info.file_size for info in infos if "sharedstrings" in info.filename.lower())
    if (
        len(infos) > MOST_PARTS
        or unpacked > MOST_UNPACKED
        or words > MOST_WORDS
        or (unpacked > _SMALL and unpacked > MOST_RATIO * max(packed, 1))
    ):
        raise NotReadable(
            _("The workbook is too large once it is unpacked. Save the sheet as CSV.")
        )
    for info in infos:
        if info.filename.lower().endswith((".xml", ".rels")):
            with parts.open(info) as part:
                head = part.read(_HEAD)
            if _DECLARED.search(head) or head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head:
                raise NotReadable(_("The workbook holds what no workbook needs, and is not read."))
