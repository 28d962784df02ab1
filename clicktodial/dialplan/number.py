"""What people write, read as a number that can be dialled, shown, spoken and looked up."""

from collections.abc import Container
from dataclasses import dataclass, field
from enum import StrEnum

from clicktodial.dialplan import public, refusal, script, several, spoken, vanity
from clicktodial.dialplan.refusal import LONGEST, NotANumber
from clicktodial.dialplan.words import gettext
from clicktodial.dialplan.written import Parts, has_trunk_zero, limited, part

__all__ = ["EXTENSION_LENGTHS", "Kind", "NotANumber", "Number", "read", "read_all"]

EXTENSION_LENGTHS = range(2, 6)
"""Digits of a bare text that are taken for an extension where nobody says otherwise."""

_GROUPING = str.maketrans("", "", " ().-")
_LONGEST_FIELD = 16 * LONGEST


class Kind(StrEnum):
    """What a number is: public, of one's own PBX, or digits that are dialled as shown."""

    E164 = "e164"
    EXTENSION = "extension"
    DIGITS = "digits"


@dataclass(frozen=True)
class Number:
    """One number; two are equal when the same is dialled and the same follows."""

    written: str = field(compare=False)
    kind: Kind
    digits: str
    """What would be dialled without any rule: digits, * and #, and a + in front."""
    after: str = ""
    """What the caller keys in when the main number answers: an extension, pauses, a PIN."""
    calling_code: str = ""
    home: str = field(default="", compare=False)
    """The country by whose habits the text was read, or nothing."""
    doubt: str = field(default="", compare=False)
    """Why it is no public number although it might have been meant as one: a sentence."""

    @property
    def e164(self) -> str:
        """+ and digits for a public number, else nothing."""
        return self.digits if self.kind is Kind.E164 else ""

    @property
    def key(self) -> str:
        """What search and reverse lookup compare: the digits without +."""
        return self.digits.removeprefix("+")

    @property
    def region(self) -> str:
        """The country of a public number; of any other the country it was read in."""
        return public.region(self.public_number) if self.kind is Kind.E164 else self.home

    @property
    def main(self) -> str:
        """What is dialled, grouped for reading, without what follows."""
        if self.kind is Kind.E164:
            return public.international(self.public_number)
        return f"ext. {self.digits}" if self.kind is Kind.EXTENSION else self.digits

    @property
    def display(self) -> str:
        """The number grouped for reading; reading it again gives the same number."""
        return self._followed(self.main)

    @property
    def spoken(self) -> str:
        """The number for a screen reader, digit by digit."""
        return spoken.of(self.display)

    def display_in(self, region: str) -> str:
        """As people in that country write it: national at home, international elsewhere."""
        at_home = self.e164 and region.upper() == self.region
        return self._followed(public.national(self.public_number)) if at_home else self.display

    @property
    def public_number(self) -> public.PublicNumber:
        """Country code and national digits of a public number."""
        return public.PublicNumber(self.calling_code, self.digits[1 + len(self.calling_code) :])

    def _followed(self, main: str) -> str:
        if not self.after:
            return main
        return f"{main} ext. {self.after}" if self.after[0].isdigit() else f"{main}{self.after}"


def read(
    text: str,
    *,
    region: str | None = None,
    extension_lengths: Container[int] = EXTENSION_LENGTHS,
) -> Number:
    """The one number in a text, by the habits of a region (ISO 3166, such as CH).

    Raises NotANumber, whose text is a sentence for the person who wrote it.
    """
    if len(text) > LONGEST:
        raise refusal.too_long(len(text))
    region = public.known(region)
    digits = text.translate(_GROUPING)
    simple = (digits[1:] if digits[:1] == "+" else digits).isdigit() and text.isascii()
    if simple and not (")" in text and has_trunk_zero(text)):
        parts = limited(Parts(digits, "", False))
    else:
        parts = _parts(script.plain(text), region=region, extension_lengths=extension_lengths)
    return _number(text, parts, region=region, extension_lengths=extension_lengths)


def read_all(
    text: str,
    *,
    region: str | None = None,
    extension_lengths: Container[int] = EXTENSION_LENGTHS,
) -> tuple[Number, ...]:
    """Every number in a field, each once, in the order of writing; NotANumber if one is none."""
    if len(text) > _LONGEST_FIELD:
        raise refusal.too_long(len(text))
    plain = script.plain(text)
    parts = several.split(plain, extension_lengths=extension_lengths)
    numbers = [
        read(part, region=region, extension_lengths=extension_lengths) for part in parts or [plain]
    ]
    return tuple(dict.fromkeys(numbers))


def _parts(plain: str, *, region: str | None, extension_lengths: Container[int]) -> Parts:
    """The parts of what is more than digits and grouping."""
    single = several.split(plain, extension_lengths=extension_lengths)
    if len(single) > 1:
        offers = _offers(single, region=region, extension_lengths=extension_lengths)
        raise refusal.several(offers) if offers else refusal.of(plain)
    if not single:
        raise refusal.of(plain)
    for pressed in vanity.readings(single[0]):
        meant = read(pressed, region=region, extension_lengths=extension_lengths)
        if meant.kind is Kind.E164:
            raise refusal.vanity(meant.display)
    return part(single[0], region=region)


def _offers(
    pieces: list[str], *, region: str | None, extension_lengths: Container[int]
) -> tuple[str, ...]:
    """The pieces that can be dialled, and what those that cannot are told to choose instead."""
    offers: list[str] = []
    for piece in pieces:
        try:
            read(piece, region=region, extension_lengths=extension_lengths)
            offers.append(piece)
        except NotANumber as problem:
            offers += problem.offers
    return tuple(dict.fromkeys(offers))


def _number(
    text: str, parts: Parts, *, region: str | None, extension_lengths: Container[int]
) -> Number:
    main, after, is_extension = parts
    home = region or ""
    if "*" in main or "#" in main:
        return Number(text, Kind.DIGITS, main, after, home=home)
    if is_extension or (main[0] != "+" and len(main) in extension_lengths):
        return Number(text, Kind.EXTENSION, main, after, home=home)
    found = public.find(main, region)
    if isinstance(found, public.Doubt):
        return Number(text, Kind.DIGITS, main, after, home=home, doubt=gettext(found.value))
    code, national = found
    return Number(text, Kind.E164, f"+{code}{national}", after, code, home)
