"""Client matters in a CSV file, read whole before anything is kept."""

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clicktodial.dialing.models import ClientMatter

MOST_BYTES = 5_000_000
MOST_FAULTS = 20
LONGEST_CODE, LONGEST_NAME = 16, 150
_HEADINGS = {"code", "cmc", "client matter code"}


class NotMatters(ValueError):
    """The file cannot be used; `faults` are sentences, one for each line that is wrong."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class Kept(NamedTuple):
    """How many client matters were added, changed, and taken off the list."""

    added: int
    changed: int
    left: int


def read(content: bytes) -> dict[str, str]:
    """Names by code, in the order of the file; raises NotMatters."""
    found: dict[str, str] = {}
    faults: list[str] = []
    for number, cells in _lines(_text(content), faults):
        if not any(cells) or (not found and not faults and cells[0].lower() in _HEADINGS):
            continue
        if fault := _fault(cells, found):
            faults.append(_("Line %(line)d: %(fault)s") % {"line": number, "fault": fault})
        else:
            found[cells[0]] = cells[1]
    if not found and not faults:
        faults.append(_("The file holds no client matter."))
    if len(faults) > MOST_FAULTS:
        more = len(faults) - MOST_FAULTS
        faults[MOST_FAULTS:] = [
            ngettext("… and %(n)d line more.", "… and %(n)d lines more.", more) % {"n": more}
        ]
    if faults:
        raise NotMatters(faults)
    return found


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise NotMatters([_("The file is too large: at most 5 MB.")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotMatters([_("The file is not UTF-8. Save it as “CSV UTF-8”.")]) from None
    if "\x00" in text:
        raise NotMatters([_("The file is no text. Save it as “CSV UTF-8”.")])
    return text


def _lines(text: str, faults: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Each line's number and cells; what cannot be read any further is told in `faults`."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for row in rows:
            yield rows.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        line = {"line": rows.line_num, "fault": str(error)}
        faults.append(_("Line %(line)d cannot be read: %(fault)s.") % line)


@transaction.atomic
def keep(names: dict[str, str], *, others: str) -> Kept:
    """Keep these; those that are not among them stay, or are not offered any more ("leave")."""
    kept = {matter.code: matter for matter in ClientMatter.objects.all()}
    added = [ClientMatter(code=code, name=names[code]) for code in names if code not in kept]
    changed = []
    for code, name in names.items():
        matter = kept.get(code)
        if matter and (matter.name, matter.is_active) != (name, True):
            matter.name, matter.is_active = name, True
            changed.append(matter)
    ClientMatter.objects.bulk_create(added, batch_size=500)
    ClientMatter.objects.bulk_update(changed, ["name", "is_active"], batch_size=500)
    gone = [each.pk for code, each in kept.items() if code not in names and each.is_active]
    left = 0
    if others == "leave":
        for start in range(0, len(gone), 500):
            some = ClientMatter.objects.filter(pk__in=gone[start : start + 500])
            left += some.update(is_active=False)
    return Kept(len(added), len(changed), left)


def _delimiter(text: str) -> str:
    """What parts the first line; a comma where nothing does."""
    first = text.lstrip().partition("\n")[0]
    return max(",;\t", key=first.count)


def _fault(cells: list[str], found: dict[str, str]) -> str:
    code = cells[0]
    if len(cells) < 2 or not cells[1]:
        return _("a code and a name must stand on it.")
    if any(cells[2:]):
        return _("only a code and a name may stand on it; put a name with a comma in quotes.")
    if not (code.isdecimal() and code.isascii() and len(code) <= LONGEST_CODE):
        return _("“%(code)s” is no code: 1 to 16 digits.") % {"code": code[:30]}
    if len(cells[1]) > LONGEST_NAME:
        return _("the name has more than %(most)d signs.") % {"most": LONGEST_NAME}
    if code in found:
        return _("the code %(code)s stands in the file twice.") % {"code": code}
    return ""
