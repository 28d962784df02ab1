"""Numbers that want a second thought before they are dialled, and where the other end is."""

from enum import StrEnum

import phonenumbers
from phonenumbers import PhoneNumberType, ShortNumberCost

from clicktodial.dialplan import public, zones
from clicktodial.dialplan.number import Kind, Number

_LONGEST_SHORT_NUMBER = 6
_BY_TYPE = {
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "shared",
    PhoneNumberType.TOLL_FREE: "free",
}
_BY_COST = {
    ShortNumberCost.PREMIUM_RATE: "premium",
    ShortNumberCost.TOLL_FREE: "free",
}


class Care(StrEnum):
    """What a caller should know of a number before it is dialled."""

    EMERGENCY = "emergency"
    PREMIUM = "premium"
    SHARED_COST = "shared"
    TOLL_FREE = "free"
    ORDINARY = "ordinary"

    @property
    def asks_first(self) -> bool:
        """Whether one click must not be enough."""
        return self in (Care.EMERGENCY, Care.PREMIUM)


def of(number: Number, *, region: str = "", outside_prefix: str = "", dialled: str = "") -> Care:
    """The care a number needs where the phone stands: `region` is that country.

    `dialled` is what the rules made of it, which is looked at as well: 0112 calls 112 where 0 is
    the outside prefix.
    """
    region = public.known(region) or public.known(number.home) or ""
    tried = _short_forms(number, region=region, outside_prefix=outside_prefix, dialled=dialled)
    if any(_is_emergency(digits, number.kind, region) for digits in tried):
        return Care.EMERGENCY
    if number.kind is Kind.E164:
        return Care(_BY_TYPE.get(public.kind_of_line(number.public_number), "ordinary"))
    if number.kind is Kind.EXTENSION:  # 1811 is a colleague; 0 1811 is the public 1811
        tried = tuple(digits for digits in tried if digits != number.digits)
    costs = {_short_cost(digits, region) for digits in tried if region}
    return next((cost for cost in (Care.PREMIUM, Care.TOLL_FREE) if cost in costs), Care.ORDINARY)


def zone(number: Number) -> str:
    """The IANA time zone of a public number's country where it has one, or nothing."""
    return zones.of(number.region) if number.kind is Kind.E164 else ""


def _short_forms(
    number: Number, *, region: str, outside_prefix: str, dialled: str
) -> tuple[str, ...]:
    """The short numbers the digits may come out as: alone, behind a prefix, behind +41."""
    code = f"+{phonenumbers.country_code_for_region(region)}" if region else "+"
    forms: dict[str, None] = {}
    for digits in (number.digits, dialled):
        for prefix in ("", outside_prefix, code):
            form = digits.removeprefix(prefix)
            if form.isdigit() and len(form) <= _LONGEST_SHORT_NUMBER:
                forms[form] = None
    return tuple(forms)


def _is_emergency(digits: str, kind: Kind, region: str) -> bool:
    if not region:
        return digits in ("112", "911")  # what mobile phones take for emergency everywhere
    if kind is Kind.EXTENSION:  # 1121 is a colleague, though the public network would hear 112
        return bool(phonenumbers.is_emergency_number(digits, region))
    return bool(phonenumbers.connects_to_emergency_number(digits, region))


def _short_cost(digits: str, region: str) -> Care:
    if digits[0] == "0":  # no country has short numbers that begin so, and the 0 would be lost
        return Care.ORDINARY
    short = phonenumbers.PhoneNumber(
        country_code=phonenumbers.country_code_for_region(region), national_number=int(digits)
    )
    return Care(_BY_COST.get(phonenumbers.expected_cost_for_region(short, region), "ordinary"))
