"""Whether digits are a public telephone number, by phonenumberslite's knowledge of countries.

The library is asked to parse only where its metadata alone does not decide: most numbers are
written with + and have nothing to strip.
"""

import re
from enum import Enum
from functools import cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, PhoneNumber, PhoneNumberFormat

from clicktodial.dialplan.words import gettext_noop

_REGIONS = {str(code): regions for code, regions in COUNTRY_CODE_TO_REGION_CODE.items()}
_NO_COUNTRY = "001"  # the library's word for codes such as +800 that belong to no country
_ONLY_DIGITS = {point: None for point in range(0x80) if not chr(point).isdigit()}
_SHORTEST_WITHOUT_TRUNK = 9
"""Digits from which a number written without its national prefix is not a local one: no
country with area codes has subscriber numbers this long."""


class Doubt(Enum):
    """Why digits were not read as a public number; the value is a sentence in English."""

    NO_CODE = gettext_noop("No country has the code this number begins with.")
    LENGTH = gettext_noop("The number of digits does not fit the country.")
    NO_COUNTRY = gettext_noop("It is written without a country code, and no country is known.")
    NO_AREA = gettext_noop("It looks like a local number without its area code.")
    UNSTABLE = gettext_noop("The digits behind the country code are doubtful.")


class PublicNumber(NamedTuple):
    """A public number in its two parts."""

    calling_code: str
    national: str


class _Shape(NamedTuple):
    """One way of grouping, for the numbers that begin and continue as it says."""

    beginning: re.Pattern[str] | None
    whole: re.Pattern[str]
    groups: str


class _Country(NamedTuple):
    """What the library knows of a country code, ready for use."""

    lengths: frozenset[int]
    stripped: re.Pattern[str] | None
    """A beginning that may be a national prefix and no part of the number."""
    shapes: tuple[_Shape, ...]


@cache  # bounded by the number of country codes
def _country(code: str) -> _Country:
    metadata = _metadata(code)
    prefix = metadata.national_prefix_for_parsing
    return _Country(
        frozenset(metadata.general_desc.possible_length if metadata.general_desc else ()),
        re.compile(prefix) if prefix else None,
        tuple(_shapes(metadata)),
    )


def _shapes(metadata: PhoneMetadata) -> list[_Shape]:
    return [
        _Shape(
            re.compile(one.leading_digits_pattern[-1]) if one.leading_digits_pattern else None,
            re.compile(one.pattern or ""),
            re.sub(r"\\(\d)", r"{\1}", one.format or ""),
        )
        for one in metadata.intl_number_format or metadata.number_format
    ]


def _metadata(code: str) -> PhoneMetadata:
    metadata = PhoneMetadata.metadata_for_region_or_calling_code(int(code), _REGIONS[code][0])
    if metadata is None:  # the library has metadata for every code it lists
        raise LookupError(code)
    return metadata


def _habits(region: str) -> PhoneMetadata:
    metadata = PhoneMetadata.metadata_for_region(region)
    if metadata is None:
        raise LookupError(region)
    return metadata


def known(region: str | None) -> str | None:
    """The region as the library spells it, or None where it knows no such country."""
    region = (region or "").upper()
    return region if region in phonenumbers.SUPPORTED_REGIONS else None


def find(digits: str, region: str | None) -> PublicNumber | Doubt:
    """The public number behind digits (with or without +) as dialled in a region."""
    if digits[0] == "+":
        return _international(digits)
    if region is None:
        # ITU-T E.123 recommends 00, so it is taken where no country says otherwise.
        return _international("+" + digits[2:]) if digits[:2] == "00" else Doubt.NO_COUNTRY
    found = _by_library(digits, region)
    if isinstance(found, PublicNumber) and _is_local(digits, found, region):
        return Doubt.NO_AREA
    return found


def _international(digits: str) -> PublicNumber | Doubt:
    for end in (2, 3, 4):
        code = digits[1:end]
        if code in _REGIONS:
            break
    else:
        return Doubt.NO_CODE
    national, country = digits[end:], _country(code)
    if country.stripped and country.stripped.match(national):
        return _by_library(digits, None)
    return PublicNumber(code, national) if len(national) in country.lengths else Doubt.LENGTH


def _by_library(digits: str, region: str | None) -> PublicNumber | Doubt:
    try:
        parsed = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException as error:
        wrong_code = error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE
        return Doubt.NO_CODE if wrong_code else Doubt.LENGTH
    code, national = str(parsed.country_code), phonenumbers.national_significant_number(parsed)
    country = _country(code)
    if len(national) not in country.lengths:
        return Doubt.LENGTH
    if country.stripped and country.stripped.match(national):
        # The result must mean the same when it is read again, or it is not a result.
        again = phonenumbers.parse(f"+{code}{national}")
        if phonenumbers.national_significant_number(again) != national:
            return Doubt.UNSTABLE
    return PublicNumber(code, national)


def _is_local(digits: str, found: PublicNumber, region: str) -> bool:
    """Whether digits may be a subscriber's number that lacks its area code.

    The library takes seven digits in Germany for a whole number. They are one only where
    people write such numbers without the national prefix.
    """
    if len(digits) >= _SHORTEST_WITHOUT_TRUNK or digits != found.national:
        return False
    if _habits(region).national_prefix is None:
        return False
    if national(found).translate(_ONLY_DIGITS) != digits:
        return True
    return not phonenumbers.is_valid_number(_as_parsed(found))


def code_dialled(digits: str, region: str | None) -> str:
    """The country code that digits reach, by + or a region's way out of the country, or nothing."""
    if digits[:1] != "+":
        way_out = _habits(region).international_prefix if region else "00"
        found = re.match(way_out or "00", digits)
        digits = "+" + digits[found.end() :] if found else ""
    code = digits[1:]
    return code if code in _REGIONS else ""


def keeps_zero(code: str, behind: str) -> bool:
    """Whether a 0 in brackets belongs to the number, as in Italy, where no 0 is a prefix."""
    if _metadata(code).national_prefix is not None or not behind.isdigit():
        return False
    whole, rest = (_as_parsed(PublicNumber(code, digits)) for digits in (f"0{behind}", behind))
    return phonenumbers.is_valid_number(whole) and not phonenumbers.is_valid_number(rest)


def _as_parsed(number: PublicNumber) -> PhoneNumber:
    national = number.national
    zeros = len(national) - len(national.lstrip("0"))
    return PhoneNumber(
        country_code=int(number.calling_code),
        national_number=int(national),
        italian_leading_zero=True if zeros else None,
        number_of_leading_zeros=min(zeros, len(national) - 1) if zeros > 1 else None,
    )


def region(number: PublicNumber) -> str:
    """The country of a number, or nothing where the code belongs to none."""
    regions = _REGIONS[number.calling_code]
    if regions[0] == _NO_COUNTRY:
        return ""
    if len(regions) == 1:
        return regions[0]
    return phonenumbers.region_code_for_number(_as_parsed(number)) or regions[0]


def international(number: PublicNumber) -> str:
    """The number grouped for reading; never other digits than its own."""
    code, national = number
    for shape in _country(code).shapes:
        if shape.beginning is None or shape.beginning.match(national):
            found = shape.whole.fullmatch(national)
            if found:
                shown = shape.groups.format(national, *found.groups())
                same = shown.translate(_ONLY_DIGITS) == national
                return f"+{code} {shown}" if same else f"+{code} {national}"
    return f"+{code} {national}"


def national(number: PublicNumber) -> str:
    """The number as it is written within its own country."""
    return phonenumbers.format_number(_as_parsed(number), PhoneNumberFormat.NATIONAL)


def kind_of_line(number: PublicNumber) -> int:
    """The library's PhoneNumberType of a number."""
    return phonenumbers.number_type(_as_parsed(number))


def is_geographical(number: PublicNumber) -> bool:
    """Whether a number is one of a place, so that its first digits tell which."""
    found: bool = phonenumbers.is_number_geographical(_as_parsed(number))
    return found
