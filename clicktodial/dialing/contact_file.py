"""A person's contacts as a file, CSV or vCard; a file is read whole before anything is kept."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clicktodial.dialing import vcards
from clicktodial.dialing.models import Contact
from clicktodial.dialing.models.contact import (
    LONGEST_NAME,
    LONGEST_NOTE,
    MOST_CONTACTS,
    folded,
)
from clicktodial.dialing.plans import Rules
from clicktodial.dialing.vcards import Card
from clicktodial.dialplan.number import NotANumber
from clicktodial.sheets import FORMULA

MOST_BYTES = 1_000_000
MOST_FAULTS = 20
_COLUMNS = ("name", "number", "note")


class NotContacts(ValueError):
    """The file cannot be used; `faults` are sentences, one for each line that is wrong."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Taken:
    """What became of a file: contacts added, there already, and cards without a number."""

    added: int
    known: int
    numberless: int


def to_csv(contacts: Iterable[Contact]) -> str:
    """Name, number and note; no cell is a formula to a spreadsheet."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    for each in contacts:
        writer.writerow([_neutral(each.name), _neutral(each.number), _neutral(each.note)])
    return "\ufeff" + file.getvalue()  # without the mark, spreadsheets do not take it for UTF-8


def to_vcards(contacts: Iterable[Contact]) -> str:
    """A card for each contact, as vCard 4.0."""
    return vcards.write(Card(0, each.name, [each.number], each.note) for each in contacts)


def _neutral(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _natural(cell: str) -> str:
    """A cell without the apostrophe that keeps it from being a formula."""
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell


def read(content: bytes, *, rules: Rules) -> tuple[list[Contact], int]:
    """The contacts in a file, not kept yet, and how many cards had no number.

    Numbers are read by the person's dial plan. Raises NotContacts with what is wrong on which line.
    """
    text = _text(content)
    faults: list[str] = []
    found: dict[tuple[str, str], Contact] = {}
    numberless = 0
    is_cards = text.lstrip()[:11].upper() == "BEGIN:VCARD"
    for card in _cards(text) if is_cards else _rows(text, faults):
        numberless += not card.numbers
        for number in card.numbers:
            contact = _contact(card, number, rules, faults)
            if contact:
                found.setdefault((contact.key, contact.name), contact)
    if not found and not faults:
        faults.append(_("The file holds no contact with a number."))
    if len(found) > MOST_CONTACTS:
        faults.append(_("The file holds more than %(n)d contacts.") % {"n": MOST_CONTACTS})
    if len(faults) > MOST_FAULTS:
        more = len(faults) - MOST_FAULTS
        faults[MOST_FAULTS:] = [
            ngettext("… and %(n)d more.", "… and %(n)d more.", more) % {"n": more}
        ]
    if faults:
        raise NotContacts(faults)
    return list(found.values()), numberless


def take(user: Any, content: bytes, *, rules: Rules) -> Taken:
    """Add every contact of the file to the person's, or none; raises NotContacts."""
    contacts, numberless = read(content, rules=rules)
    with transaction.atomic():
        mine = set(Contact.objects.of(user).values_list("key", "name"))
        new = [each for each in contacts if (each.key, each.name) not in mine]
        if len(mine) + len(new) > MOST_CONTACTS:
            raise NotContacts(
                [_("You would have more than %(n)d contacts.") % {"n": MOST_CONTACTS}]
            )
        for each in new:
            each.user = user
        Contact.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    return Taken(len(new), len(contacts) - len(new), numberless)


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise NotContacts([_("The file is too large: at most 1 MB.")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotContacts([_("The file is not UTF-8. Save it as “CSV UTF-8”.")]) from None
    if "\x00" in text:
        raise NotContacts([_("The file is no text.")])
    return text


def _cards(text: str) -> list[Card]:
    try:
        return vcards.read(text)
    except vcards.NotVCards as problem:
        raise NotContacts([_at(problem.line, f"{problem}.")]) from None


def _rows(text: str, faults: list[str]) -> Iterator[Card]:
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = False
    try:
        for row in rows:
            cells = [_natural(cell) for cell in row]
            heading = not begun and [cell.lower() for cell in cells[:2]] == ["name", "number"]
            begun = begun or any(cells)
            if heading or not any(cells):
                continue
            if len(cells) < 2 or not cells[1] or any(cells[3:]):
                says = _("name, number and note must stand on it, in this order.")
                faults.append(_at(rows.line_num, says))
                continue
            yield Card(rows.line_num, cells[0], [cells[1]], cells[2] if cells[2:] else "")
    except csv.Error as error:
        faults.append(_at(rows.line_num, _("it cannot be read: %(why)s.") % {"why": error}))


def _contact(card: Card, text: str, rules: Rules, faults: list[str]) -> Contact | None:
    name = " ".join(card.name.split())
    try:
        if not name:
            raise ValueError(_("a name is missing."))
        if len(name) > LONGEST_NAME:
            raise ValueError(_("the name has more than %(n)d signs.") % {"n": LONGEST_NAME})
        if len(card.note) > LONGEST_NOTE:
            raise ValueError(_("the note has more than %(n)d signs.") % {"n": LONGEST_NOTE})
        if not name.isprintable():
            raise ValueError(_("the name holds a control sign."))
        number = rules.read(text)
    except NotANumber as problem:
        faults.append(_at(card.line, f"“{text[:40]}”: {problem}"))
    except ValueError as problem:
        faults.append(_at(card.line, str(problem)))
    else:
        columns = Contact.columns_of(number)
        return Contact(name=name, folded=folded(name)[:600], note=card.note, **columns)
    return None


def _at(line: int, fault: str) -> str:
    return _("Line %(line)d: %(fault)s") % {"line": line, "fault": fault}
