"""The rows of a source by a mapping: cheap as they come, and cleaned where it matters."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from clicktodial.sheets import FORMULA
from directory.imports import tables
from directory.imports.mapping import Columns
from directory.imports.record import Record, Source

PART = "\x1f"
"""Between two cells of a text that rows are known by."""
Cells = Sequence[str | None]


@dataclass(slots=True)
class Row:
    """One entry of a source; a cell is None where the source says nothing of it."""

    line: int | None
    cells: Cells
    external_id: str
    fault: str = ""
    text: str = ""
    """All that it says, for its digest; empty where there is more than a text."""
    photo: bytes | None = None
    disabled: bool = False


@dataclass(slots=True)
class Batch:
    """Some rows of a source, less those that say what the directory says already."""

    rows: list[Row]
    agreed: int
    """How many those are."""


def nobody(texts: Sequence[str]) -> Sequence[int | None]:
    """Knows nobody: every row is read."""
    return [None] * len(texts)


def read(
    source: Source, columns: Columns, *,
    sift: Callable[[Sequence[str]], Sequence[int | None]], take: Callable[[int], bool],
) -> Iterator[Batch]:  # fmt: skip
    """Every row, many at once, with its id found and nothing else done to it yet.

    `sift` says of each text whom it agrees with, None for nobody known; `take` is given that
    person, and says whether the row may be left at that.
    """
    place = list(source.columns).index(columns.external_id)
    lines = getattr(source, "lines", None)
    if lines is not None:
        for agreed, found in lines(sift, take):
            yield Batch(
                [Row(line, cells, cells[place].strip(), fault, text)
                 for line, cells, fault, text in found], agreed,
            )  # fmt: skip
        return
    names = tuple(source.columns)
    for records in tables.batches(source.records()):
        batch = Batch([], 0)
        found = [_row(record, names, place=place) for record in records]
        for row, pk in zip(found, sift([row.text for row in found]), strict=True):
            if pk is not None and row.text and take(pk):
                batch.agreed += 1
            else:
                batch.rows.append(row)
        yield batch


def _row(record: Record, names: Sequence[str], *, place: int) -> Row:
    cells = [record.values.get(name) for name in names]
    text = ""
    if record.photo is None and not record.fault:
        said = ["\0" if cell is None else cell for cell in cells]
        text = PART.join((*said, str(record.disabled)))
    return Row(
        record.line, cells, (cells[place] or "").strip(), record.fault, text, record.photo,
        record.disabled,
    )  # fmt: skip


def clean(cell: str | None) -> str | None:
    """A cell without space around it, nor the apostrophe that keeps it from being a formula."""
    if cell is None:
        return None
    text = cell.strip()
    if text[:1] == "'" and text[1:].startswith(FORMULA):
        text = text[1:].strip()
    # Spaces that do not break, tabs and line ends are no printable signs either.
    return text if text.isprintable() and "  " not in text else " ".join(text.split())


def getter(places: list[int]) -> Callable[[Any], tuple[str, ...]]:
    if len(places) > 1:
        return itemgetter(*places)
    if places:
        only = places[0]
        return lambda cells: (cells[only],)
    return lambda cells: ()
