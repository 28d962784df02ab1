"""The town or region that the first digits of a public number stand for.

The table is made by tests/dialplan/gather_places.py and says where it is from. It is one text that
is searched as it stands, so it takes 0.7 MB of a worker once somebody asks; the library's own
tables are dictionaries of 110 MB.
"""

from bisect import bisect_left
from functools import cache
from pathlib import Path

from clicktodial.dialplan import public, words
from clicktodial.dialplan.number import Kind, Number

TABLE = Path(__file__).with_name("towns.txt")


def of(number: Number, *, language: str = "en") -> str:
    """Where a number with an area code was given out; nothing for mobiles and all others.

    A number may have moved away with its owner since, so this is a likeness and no address.
    `language` is a code such as de; a name that it writes as English does comes in English.
    """
    if number.kind is not Kind.E164 or not public.is_geographical(number.public_number):
        return ""
    digits = number.e164.removeprefix("+")
    code = number.public_number.calling_code
    for end in range(len(digits), len(code), -1):
        if names := _names(digits[:end]):
            english, *others = names
            return words.in_language(language, others) or english
    return ""


def _names(beginning: str) -> list[str]:
    """The names of one line of the table, the English one first; the lines stand in order."""
    table, wanted = _table(), beginning.encode()
    place = bisect_left(range(len(table)), wanted, key=lambda place: _line_at(place)[0])
    found, names = _line_at(place)
    return names.decode().split("|") if found == wanted else []


def _line_at(place: int) -> tuple[bytes, bytes]:
    """The beginning and the names of the line that a place in the table belongs to."""
    table = _table()
    start, end = table.rfind(b"\n", 0, place) + 1, table.find(b"\n", place)
    beginning, _, names = table[start:end].partition(b"|")
    return beginning, names


@cache
def _table() -> bytes:
    return TABLE.read_bytes()
