"""An entry as a vCard 4.0, and as a code that a mobile's camera reads."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5

import segno
from django.conf import settings
from PIL import Image

from clicktodial import vcard
from clicktodial.dialplan import countries
from clicktodial.dialplan import number as numbers
from directory.models import Number, Person
from directory.search.found import NumberRow

LARGEST_PHOTO = 200  # pixels a side; an address book shows no more
MOST_IN_A_CODE = 6  # numbers; a code of more than some hundred octets is too fine for a camera
_TYPES = {
    Number.Kind.WORK: "work",
    Number.Kind.MOBILE: "cell",
    Number.Kind.EXTENSION: "work",
    Number.Kind.MAIN: "work",
    Number.Kind.HOME: "home",
    Number.Kind.ASSISTANT: "work",
    Number.Kind.FAX: "fax",
}
_KINDS = {
    Person.Kind.PERSON: "individual",
    Person.Kind.SERVICE: "org",
    Person.Kind.ROOM: "location",
}


@dataclass(frozen=True, slots=True)
class Code:
    """What a camera reads: the drawing, as SVG to stand in a page, and its text."""

    svg: str
    text: str


def write(person: Person, *, numbers: Sequence[NumberRow], address: str, photo: bool = True) -> str:
    """The card of an entry with these numbers; `address` is that of its page."""
    return vcard.card(_lines(person, numbers, address, photo=photo))


def code_to_save(person: Person, *, numbers: Sequence[NumberRow]) -> Code:
    """The heart of the card as a code: all that stands in it makes its squares smaller."""
    lines = [*_who(person), *_reach(person, numbers[:MOST_IN_A_CODE])]
    return _code(vcard.card(lines, folds=False))


def code_to_call(row: NumberRow) -> Code | None:
    """A public number as a code that a mobile offers to call; None for any other."""
    if not (row.e164 and row.dialable):
        return None
    # Mobiles know no ;ext= of RFC 3966, but wait at a comma and then send the digits behind it.
    after = _after(row)
    return _code(f"tel:{row.e164}{f',{after}' if after else ''}")


def _code(text: str) -> Code:
    drawn = segno.make(text, encoding="utf-8", micro=False, error="m", boost_error=False)
    return Code(drawn.svg_inline(border=4, svgclass="qr", lineclass=None, omitsize=True), text)


def _lines(
    person: Person, rows: Sequence[NumberRow], address: str, *, photo: bool
) -> Iterator[str]:
    yield f"KIND:{_KINDS.get(Person.Kind(person.kind), 'individual')}"
    yield f"UID:urn:uuid:{uuid5(NAMESPACE_URL, address)}"
    yield f"REV:{person.updated_at:%Y%m%dT%H%M%SZ}"
    yield from _who(person)
    yield from _reach(person, rows)
    yield from _place(person)
    yield f"URL:{address}"
    if photo and (picture := _picture(person)):
        yield f"PHOTO:data:image/jpeg;base64,{picture}"


def _who(person: Person) -> Iterator[str]:
    yield f"FN:{vcard.escaped(person.name)}"
    if person.kind == Person.Kind.PERSON:
        # As on the page: whoever is called by another name does not show the given one anywhere.
        given = person.preferred_name or person.given_name
        yield f"N:{vcard.listed(person.family_name, given, '', '', '')}"
    department = [person.department.name] if person.department else []
    yield f"ORG:{vcard.listed(settings.SITE_NAME, *department)}"
    if person.title:
        yield f"TITLE:{vcard.escaped(person.title)}"


def _reach(person: Person, rows: Sequence[NumberRow]) -> Iterator[str]:
    for place, row in enumerate(rows):
        yield _tel(row, is_first=place == 0)
    if person.email:
        yield f"EMAIL;TYPE=work:{vcard.escaped(person.email)}"


def _tel(row: NumberRow, *, is_first: bool) -> str:
    kind = Number.Kind(row.kind) if row.kind in Number.Kind else Number.Kind.OTHER
    types = [_TYPES[kind]] if kind in _TYPES else []
    parameters = "".join(f";TYPE={each}" for each in types) + (";PREF=1" if is_first else "")
    if row.e164:
        return vcard.tel(row.e164, after=_after(row), parameters=parameters)
    return vcard.tel(row.display, parameters=parameters)


def _after(row: NumberRow) -> str:
    """The digits of an extension behind a public number."""
    try:
        after = numbers.read(row.display).after
    except numbers.NotANumber:
        return ""
    return after if after.isdigit() else ""


def _place(person: Person) -> Iterator[str]:
    place = person.location
    if place and (place.street or place.city):
        country = countries.name_of(place.country)
        parts = ("", "", place.street, place.city, "", place.postal_code, country)
        yield f"ADR;TYPE=work:{vcard.listed(*parts)}"
    if place and place.time_zone:
        yield f"TZ:{vcard.escaped(place.time_zone)}"
    if person.room:
        where = f"{place.name}, {person.room}" if place else person.room
        yield f"NOTE:{vcard.escaped(where)}"


def _picture(person: Person) -> str:
    """The photo as a JPEG, which every address book shows; nothing if there is none."""
    try:
        with person.photo.open() as file, Image.open(file) as opened:
            small = opened.convert("RGB")
    except (ValueError, OSError):  # none, or its file is gone
        return ""
    small.thumbnail((LARGEST_PHOTO, LARGEST_PHOTO))
    out = BytesIO()
    small.save(out, "JPEG", quality=80)
    return b64encode(out.getvalue()).decode()
