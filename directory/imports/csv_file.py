"""People from a CSV file, read line by line whatever its size, encoding and separator."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any

from django.utils.translation import gettext as _

from directory.imports import encodings
from directory.imports.record import NotReadable, Record

SEPARATORS = ",;\t|"
LONGEST_CELL = 1_000_000
CHUNK = 200_000  # signs
Sift = Callable[[Sequence[str]], Sequence[Any]]
"""What is known of each of these texts, None for nothing."""
Take = Callable[[Any], bool]
"""Whether a row may be left at what is known of it."""
Line = tuple[int, list[str], str, str]
"""The number of a row's first line, its cells, what is wrong with it, and its whole text."""
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
        self.separator = self._sniffed()
        self._heading_line = 0
        self.columns: Sequence[str] = ()
        with self._opened() as (feed, rows):
            for row in rows:
                if any(cell.strip() for cell in row):
                    self.columns, self._heading_line = headings(row), feed.began
                    break
                feed.begin()
        if not self.columns:
            raise NotReadable(_("The file is empty."))

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._file.tell()

    def records(self) -> Iterator[Record]:
        for _known, rows in self.lines(lambda texts: [None] * len(texts), lambda known: False):
            for line, row, fault, _text in rows:
                yield Record(line, dict(zip(self.columns, row, strict=False)), fault=fault)

    def lines(self, sift: Sift, take: Take) -> Iterator[tuple[int, list[Line]]]:
        """Many rows at once: how many `sift` knows and `take` takes, and the others, read.

        A line that was a whole row is known again by its text alone; reading it would cost many
        times as much.
        """
        width = len(self.columns)
        with self._opened() as (feed, rows):
            while feed.began <= self._heading_line:
                next(rows)
                feed.begin()
            feed.sift_by(sift)
            while feed.fill():
                found: list[Line] = []
                feed.passed = 0
                while feed.pass_by(take):
                    row = next(rows)
                    more = len(row) - width
                    if not more or (more > 0 and not any(row[width:])):
                        found.append((feed.began, row[:width], "", feed.taken))
                    elif any(row):
                        # Which cell belongs where is anybody's guess.
                        fault = _("It has %(cells)d cells, and there are %(headings)d headings.")
                        told = fault % {"cells": len(row), "headings": width}
                        found.append((feed.began, (row + [""] * width)[:width], told, ""))
                yield feed.passed, found

    @contextmanager
    def _opened(self) -> Iterator[tuple["_Feed", Iterator[list[str]]]]:
        """The file from its beginning, and its rows."""
        self._file.seek(0)
        # A wrapper that is thrown away closes what is below it; that is not ours to close.
        text = io.TextIOWrapper(self._file, encoding=self._encoding, errors="strict", newline="")
        before = csv.field_size_limit(LONGEST_CELL)
        feed = _Feed(text)
        try:
            yield feed, csv.reader(feed, delimiter=self.separator, strict=True)
        except csv.Error as error:
            raise self._broken(feed.began, error) from None
        except UnicodeDecodeError:
            fault = _("Line %(line)d holds signs that are in no usual encoding. Save the file as "
                      "“CSV UTF-8”.")  # fmt: skip
            raise NotReadable(fault % {"line": self._odd_line(text)}) from None
        finally:
            csv.field_size_limit(before)
            text.detach()

    @staticmethod
    def _odd_line(text: io.TextIOWrapper) -> int:
        """The first line that cannot be read in the file's encoding."""
        text.seek(0)
        line = 1
        try:
            for line, _each in enumerate(text, start=2):  # noqa: B007 — it is returned
                pass
        except UnicodeDecodeError:
            pass
        return line

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


class _Feed:
    """The lines of a file as a reader of rows takes them, less those that are passed by."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._sift: Sift | None = None
        self._lines: list[str] = []
        self._known: Sequence[Any] = ()
        self._place = 0
        self._line = 1
        self._taken: list[str] = []
        self.began = 1
        """The line on which the row begins that is being read, or was read last."""
        self.passed = 0

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if not self.fill():
            raise StopIteration
        line = self._lines[self._place]
        self._place += 1
        self._line += 1
        self._taken.append(line)
        return line

    def sift_by(self, sift: Sift) -> None:
        self._sift = sift
        self._known = sift(self._lines)

    def fill(self) -> bool:
        """Sees to it that there is a line; False at the end of the file."""
        if self._place == len(self._lines):
            self._lines, self._place = self._text.readlines(CHUNK), 0
            self._known = self._sift(self._lines) if self._sift and self._lines else ()
        return self._place < len(self._lines)

    def begin(self) -> None:
        """The next line begins a row."""
        self.began, self._taken = self._line, []

    def pass_by(self, take: Take) -> bool:
        """Goes on to a line that is not taken; False where there is none before the next fill."""
        place = before = self._place
        known, end = self._known, len(self._known)
        while place < end and (each := known[place]) is not None and take(each):
            place += 1
        self._place = place
        self._line += place - before
        self.passed += place - before
        self.begin()
        return place < len(self._lines)

    @property
    def taken(self) -> str:
        """The text of the row that was read last."""
        return "".join(self._taken)


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
