"""What a number tells by itself: its country, and the kind of line it is."""

from dataclasses import dataclass
from enum import StrEnum

from phonenumbers import PhoneNumberType

from clicktodial.dialplan import public
from clicktodial.dialplan.number import Kind, Number


class Line(StrEnum):
    """What kind of line answers; UNKNOWN where a country's numbers do not tell."""

    FIXED = "fixed"
    MOBILE = "mobile"
    TOLL_FREE = "toll-free"
    SHARED_COST = "shared-cost"
    PREMIUM = "premium"
    INTERNET = "internet"
    PERSONAL = "personal"
    COMPANY = "company"
    UNKNOWN = "unknown"


_LINES = {
    PhoneNumberType.FIXED_LINE: Line.FIXED,
    PhoneNumberType.MOBILE: Line.MOBILE,
    PhoneNumberType.TOLL_FREE: Line.TOLL_FREE,
    PhoneNumberType.SHARED_COST: Line.SHARED_COST,
    PhoneNumberType.PREMIUM_RATE: Line.PREMIUM,
    PhoneNumberType.VOIP: Line.INTERNET,
    PhoneNumberType.PERSONAL_NUMBER: Line.PERSONAL,
    PhoneNumberType.UAN: Line.COMPANY,
}


@dataclass(frozen=True)
class Origin:
    """Where a public number belongs; empty for any other."""

    region: str = ""
    """The country's ISO 3166 code."""
    line: Line = Line.UNKNOWN


def of(number: Number) -> Origin:
    """The country and line of a public number; what is not known is left empty."""
    if number.kind is not Kind.E164:
        return Origin()
    line = _LINES.get(public.kind_of_line(number.public_number), Line.UNKNOWN)
    return Origin(number.region or "", line)
