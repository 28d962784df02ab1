"""CSV answers that no spreadsheet takes for formulas."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import StreamingHttpResponse

# A spreadsheet takes a cell that begins so for a formula; an apostrophe in front keeps it a text.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def harmless(cell: Any) -> Any:
    """A cell that is shown as it stands; numbers stay numbers."""
    if cell is None or isinstance(cell, int | float):
        return cell
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


class _Line:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_answer(
    name: str, *, heading: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """A file called `name`.csv, sent row by row; UTF-8 with the mark that spreadsheets want."""
    writer = csv.writer(_Line())

    def lines() -> Iterable[str]:
        yield "\ufeff"
        yield writer.writerow([harmless(str(cell)) for cell in heading])
        for row in rows:
            yield writer.writerow([harmless(cell) for cell in row])

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
