"""Many numbers looked up at once: a text or a file with one on each line."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clicktodial.dialplan import number as numbers
from clicktodial.dialplan.number import NotANumber, Number
from directory import owners
from directory.owners import Identified
from directory.visibility import Viewer

MOST_LINES = 500
_CELLS = re.compile(r"[;,\t]")


class NotABatch(ValueError):
    """The text cannot be looked up; the text of the error is a sentence for who sent it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it was written, with what is known of its number or why it is none."""

    written: str
    known: Identified | None
    problem: str = ""

    @property
    def cells(self) -> list[str]:
        """The line for a spreadsheet."""
        if self.known is None:
            return [self.written, "", "", "", "", "", "", "", self.problem]
        known = self.known
        return [
            self.written,
            known.number.display,
            " / ".join(owner.name for owner in known.owners),
            " / ".join(dict.fromkeys(owner.title for owner in known.owners if owner.title)),
            " / ".join(dict.fromkeys(owner.location for owner in known.owners if owner.location)),
            known.how_words,
            " / ".join(each.name for each in known.ranges) or known.looks_like or known.town,
            known.country,
            known.line_words,
        ]


def heading() -> list[str]:
    """The columns of `Line.cells`."""
    return [
        _("Written"),
        _("Number"),
        _("Name"),
        _("Title"),
        _("Location"),
        _("Found by"),
        _("Own range, or looks like"),
        _("Country"),
        _("Kind of line, or why it is no number"),
    ]


def identify(text: str, *, viewer: Viewer) -> list[Line]:
    """What this viewer may know of the number on each line; NotABatch where there are too many.

    A line may have other cells, as a spreadsheet writes it: the first that is a number counts.
    """
    written = [line for each in text.splitlines() if (line := each.strip().strip("\ufeff"))]
    if len(written) > MOST_LINES:
        raise NotABatch(
            _("These are %(n)d lines; at most %(most)d are looked up at once.")
            % {"n": len(written), "most": MOST_LINES}
        )
    read = [_number(line, viewer.region) for line in written]
    known = owners.identify_all((each for each in read if isinstance(each, Number)), viewer=viewer)
    return list(_lines(written, read, known))


def _lines(
    written: list[str], read: list[Number | NotANumber], known: Iterator[Identified]
) -> Iterator[Line]:
    for text, each in zip(written, read, strict=True):
        if isinstance(each, Number):
            yield Line(text, next(known))
        else:
            yield Line(text, None, str(each))


def _number(line: str, region: str) -> Number | NotANumber:
    try:
        return numbers.read(line, region=region)
    except NotANumber as problem:
        for cell in _CELLS.split(line):
            with suppress(NotANumber):
                return numbers.read(cell.strip(" \"'"), region=region)
        return problem
