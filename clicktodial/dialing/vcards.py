"""vCards: 4.0 (RFC 6350) is written; 2.1, 3.0 and 4.0 are read, as far as names and numbers go."""

import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from clicktodial import vcard

_NAME = re.compile(r"(?:[\w-]+\.)?(?P<name>[A-Za-z-]+)", re.ASCII)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ENDLESS = 100_000  # characters of one line after unfolding; photos are left out before


class NotVCards(ValueError):
    """The text is no list of vCards; `line` is where, and the text of the error why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


@dataclass
class Card:
    """What one card says of somebody, and the line on which it begins."""

    line: int
    name: str = ""
    numbers: list[str] = field(default_factory=list)
    note: str = ""


def write(cards: Iterable[Card]) -> str:
    """The cards as vCard 4.0."""
    return "".join(vcard.card(_lines(card)) for card in cards)


def _lines(card: Card) -> Iterator[str]:
    yield f"FN:{vcard.escaped(card.name)}"
    yield from map(vcard.tel, card.numbers)
    if card.note:
        yield f"NOTE:{vcard.escaped(card.note)}"


def read(text: str) -> list[Card]:
    """Every card of a text; raises NotVCards at the first line that cannot be understood."""
    cards: list[Card] = []
    card: Card | None = None
    structured = ""
    for number, line in _unfolded(text):
        name, parameters, value = _parts(number, line)
        if name == "BEGIN" and value.strip().upper() == "VCARD":
            if card is not None:
                raise NotVCards(number, "a card begins before the last one has ended")
            card, structured = Card(number), ""
        elif card is None:
            raise NotVCards(number, "BEGIN:VCARD must stand first")
        elif name == "END" and value.strip().upper() == "VCARD":
            card.name = card.name or structured
            cards.append(card)
            card = None
        elif name == "N":
            structured = _structured(value, parameters)
        else:
            _add(card, name, parameters, value)
    if card is not None:
        raise NotVCards(card.line, "the card that begins here has no END:VCARD")
    return cards


def _add(card: Card, name: str, parameters: str, value: str) -> None:
    if name == "FN":
        card.name = card.name or _plain(value, parameters)
    elif name == "NOTE":
        card.note = card.note or _plain(value, parameters)
    elif name == "TEL" and "FAX" not in parameters:
        number = _plain(value, parameters)
        if number[:4].lower() == "tel:":
            number, _, extra = number[4:].partition(";")
            extension = re.match(r"ext=([0-9]+)", extra)
            number += f" ext. {extension[1]}" if extension else ""
        if number:
            card.numbers.append(number)


def _structured(value: str, parameters: str) -> str:
    """Given before family name, of a card that has no name written out."""
    parts = [*re.split(r"(?<!\\);", value), ""]
    return " ".join(filter(None, (_plain(parts[1], parameters), _plain(parts[0], parameters))))


def _plain(value: str, parameters: str) -> str:
    if "QUOTED-PRINTABLE" in parameters:  # of 2.1
        value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()


def _parts(number: int, line: str) -> tuple[str, str, str]:
    """A line's name, its parameters in capitals, its value: split at the first bare colon."""
    quoted = False
    for place, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
        elif sign == ":" and not quoted:
            head, _, parameters = line[:place].partition(";")
            found = _NAME.fullmatch(head)
            if found:
                return found["name"].upper(), parameters.upper(), line[place + 1 :]
            break
    raise NotVCards(number, "this is no line of a vCard")


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Each line with the number on which it begins, its folded pieces put together."""
    begin, pieces, length = 0, [""], 0
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        soft = pieces[-1].endswith("=") and "QUOTED-PRINTABLE" in pieces[0].upper()
        if (line[:1] in (" ", "\t") or soft) and begin:
            if soft:
                pieces[-1] = pieces[-1][:-1]
            length += len(line)
            if length <= _ENDLESS:
                pieces.append(line if soft else line[1:])
            continue
        if pieces != [""]:
            yield begin, "".join(pieces)
        begin, pieces, length = number, [line], len(line)
    if pieces != [""]:
        yield begin, "".join(pieces)
