"""People from a CSV file, read line by line whatever its size, encoding and separator."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import IO

from django.utils.translation import gettext as _

from directory.imports import encodings
from directory.imports.record import NotReadable, Record

SEPARATORS = ",;\t|"
LONGEST_CELL = 1_000_000
_LOOKED_AT = 50  # lines, for the separator
_HEAD = 65_536  # bytes


class CsvFile:
    """A source over an open file; NotReadable where it is no table."""

    complete = True

    def __init__(self, file: IO[bytes], *, name: str) -> None:
        self.name = name
        self._file = file
        text = encodings.look(file)
        self._encoding, self.digest, self.bytes = text.encoding, text.digest, text.bytes
        self._separator = self._sniffed()
        self._heading_line = 0
        self.columns: Sequence[str] = ()
        for row, line in self._rows():
            if any(cell.strip() for cell in row):
                self.columns, self._heading_line = headings(row), line
                break
        if not self.columns:
            raise NotReadable(_("The file is empty."))

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._file.tell()

    def records(self) -> Iterator[Record]:
        for line, row, fault in self.rows():
            yield Record(line, dict(zip(self.columns, row, strict=False)), fault=fault)

    def rows(self) -> Iterator[tuple[int, list[str], str]]:
        """The same with less ado: line, a cell for each column, and the fault if there is one."""
        width, first = len(self.columns), self._heading_line
        for row, line in self._rows():
            if line <= first:
                continue
            if len(row) == width:
                yield line, row, ""
            elif len(row) > width and not any(row[width:]):
                yield line, row[:width], ""
            elif any(row):
                # Which cell belongs where is anybody's guess.
                fault = _("It has %(cells)d cells, and there are %(headings)d headings.")
                told = fault % {"cells": len(row), "headings": width}
                yield line, (row + [""] * width)[:width], told

    def _rows(self) -> Iterator[tuple[list[str], int]]:
        """Each row with the line it begins on; the file is read anew."""
        self._file.seek(0)
        # A wrapper that is thrown away closes what is below it; that is not ours to close.
        text = io.TextIOWrapper(self._file, encoding=self._encoding, errors="strict", newline="")
        before = csv.field_size_limit(LONGEST_CELL)
        rows = csv.reader(text, delimiter=self._separator, strict=True)
        line = 1
        try:
            for row in rows:
                yield row, line
                line = rows.line_num + 1
        except csv.Error as error:
            raise self._broken(line, error) from None
        except UnicodeDecodeError:
            fault = _("Line %(line)d holds signs that are in no usual encoding. Save the file as "
                      "“CSV UTF-8”.")  # fmt: skip
            raise NotReadable(fault % {"line": line}) from None
        finally:
            csv.field_size_limit(before)
            text.detach()

    def _broken(self, line: int, error: csv.Error) -> NotReadable:
        if "unexpected end" in str(error) or "larger than" in str(error):
            text = _("On line %(line)d a quotation mark is opened that is never closed.")
        else:
            text = _("Line %(line)d cannot be read: a quotation mark within a cell must stand "
                     "twice.")  # fmt: skip
        return NotReadable(text % {"line": line})

    def _sniffed(self) -> str:
        """The sign that parts the most lines into equally many cells."""
        self._file.seek(0)
        head = self._file.read(_HEAD).decode(self._encoding, errors="ignore")
        lines = head.splitlines()[: _LOOKED_AT + 1]
        lines = lines[:-1] if len(lines) > 1 and len(head) >= _HEAD // 4 else lines

        def fit(separator: str) -> tuple[int, int]:
            rows = csv.reader(lines, delimiter=separator)
            widths = [len(row) for row in islice(rows, _LOOKED_AT) if row]
            first = widths[0] if widths else 0
            return (sum(width == first for width in widths) if first > 1 else 0, first)

        return max(SEPARATORS, key=fit)


def headings(row: Sequence[object]) -> tuple[str, ...]:
    """Names for all columns; one without is called by its place, a second one is counted."""
    found: list[str] = []
    for place, cell in enumerate(row, start=1):
        name = " ".join(str(cell or "").split())[:100] or str(_("column %(n)d") % {"n": place})
        count = 2
        unique = name
        while unique in found:
            unique, count = f"{name} ({count})", count + 1
        found.append(unique)
    return tuple(found)
