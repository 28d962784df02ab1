"""The rows of a source by a mapping: cheap as they come, and cleaned where it matters."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from clicktodial.sheets import FORMULA
from directory.imports.mapping import Columns
from directory.imports.record import Source

PART, KIND = "\x1f", "\x1e"
"""Between two columns or numbers of a print, and behind the kind of a number."""
Cells = Sequence[str | None]


@dataclass(slots=True)
class Row:
    """One entry of a source; a cell is None where the source says nothing of it."""

    line: int | None
    cells: Cells
    external_id: str
    fault: str = ""
    photo: bytes | None = None
    disabled: bool = False


def read(source: Source, columns: Columns) -> Iterator[Row]:
    """Every row, with its id found and nothing else done to it yet."""
    place = list(source.columns).index(columns.external_id)
    rows = getattr(source, "rows", None)
    if rows is not None:
        for line, cells, fault in rows():
            yield Row(line, cells, cells[place].strip(), fault)
        return
    names = tuple(source.columns)
    for record in source.records():
        cells = [record.values.get(name) for name in names]
        external_id = (cells[place] or "").strip()
        yield Row(record.line, cells, external_id, record.fault, record.photo, record.disabled)


def clean(cell: str | None) -> str | None:
    """A cell without space around it, nor the apostrophe that keeps it from being a formula."""
    if cell is None:
        return None
    text = cell.strip()
    if text[:1] == "'" and text[1:].startswith(FORMULA):
        text = text[1:].strip()
    # Spaces that do not break, tabs and line ends are no printable signs either.
    return text if text.isprintable() and "  " not in text else " ".join(text.split())


class Prints:
    """Makes of a row the text that the directory's own state is compared with.

    Equal texts mean that nothing is to be done. Unequal ones mean nothing yet: the row is looked
    at more closely then, so that only what is cheap has to be done for all of them.
    """

    def __init__(
        self, columns: Columns, headings: Sequence[str], *, place_of: Callable[[Row], str]
    ) -> None:
        at = {heading: place for place, heading in enumerate(headings)}
        self._texts = getter([at[heading] for heading in columns.texts.values()])
        self._name = at[columns.whole_name] if columns.whole_name else None
        self._has_places = bool(columns.places)
        self._manager = at[columns.manager] if columns.manager else None
        self._numbers = [(kind + KIND, at[heading]) for kind, heading in columns.numbers]
        self._photo = bool(columns.photo)
        self._place_of = place_of

    def of(self, row: Row) -> str | None:
        """The print, or None where it takes a closer look in any case."""
        cells: Any = row.cells
        if row.fault or row.disabled or row.photo is not None or self._photo:
            return None
        try:
            parts = list(map(str.strip, self._texts(cells)))
            if self._name is not None:
                return None
            if self._has_places:
                parts.append(self._place_of(row))
            if self._manager is not None:
                parts.append(cells[self._manager].strip())
            for kind, at in self._numbers:
                if text := cells[at].strip():
                    parts.append(kind + text)
        except (TypeError, AttributeError):  # a cell that says nothing
            return None
        return PART.join(parts)


def getter(places: list[int]) -> Callable[[Any], tuple[str, ...]]:
    if len(places) > 1:
        return itemgetter(*places)
    if places:
        only = places[0]
        return lambda cells: (cells[only],)
    return lambda cells: ()
