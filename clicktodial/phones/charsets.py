"""The charset that a phone can show, and texts that fit it."""

import re
import unicodedata
from contextlib import suppress

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from clicktodial.phones.objects import Writer
from directory.search.scripts import in_latin

UTF8, LATIN1 = "utf-8", "iso-8859-1"
# The first generation shows no more than its own eight bits, whatever it is sent.
_OLD = re.compile(r"CP-79(?:02|05|10|12|20|35|36|40|60)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SIGNS = str.maketrans(
    {"–": "-", "—": "-", "‑": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "Ł": "L",
     "ł": "l", "Đ": "D", "đ": "d", "ı": "i", "Œ": "OE", "œ": "oe", "ẞ": "SS", "\u202f": " "}
)  # fmt: skip


class Charset(models.TextChoices):
    AUTO = "auto", _("as the phone says")
    UTF8 = UTF8, "UTF-8"
    LATIN1 = LATIN1, "ISO-8859-1"


def writer_for(request: HttpRequest, charset: str = Charset.AUTO) -> Writer:
    """A writer in the charset that is set or, for AUTO, that the phone's headers ask for."""
    if charset == Charset.AUTO:
        charset = _asked_for(request)
    return Writer(charset, in_latin1 if charset == LATIN1 else in_xml)


def _asked_for(request: HttpRequest) -> str:
    if _OLD.match(request.headers.get("X-CiscoIPPhoneModelName", "").strip()):
        return LATIN1
    accepted = request.headers.get("Accept-Charset", "").lower()
    return UTF8 if UTF8 in accepted or "*" in accepted else LATIN1


def in_xml(text: str) -> str:
    """The text without what XML cannot hold."""
    return _CONTROL.sub("", text)


def in_latin1(text: str) -> str:
    """The text in Western letters: other scripts written out, accents kept where there are any."""
    plain = unicodedata.normalize("NFC", in_xml(text).translate(_SIGNS))
    return " ".join(_word(word) for word in plain.split(" "))


def _word(word: str) -> str:
    western = [_western(sign) for sign in word]
    if all(western):
        return "".join(western)
    written = in_latin(word)  # which knows small letters only
    if word[0] == word[0].upper():  # also where a script has no capitals, for it is a name
        written = written[:1].upper() + written[1:]
    return "".join(_western(sign) or "?" for sign in written)


def _western(sign: str) -> str:
    """The sign, or its letter without an accent; nothing where Latin-1 has neither."""
    for form in (sign, unicodedata.normalize("NFD", sign)[:1]):
        with suppress(UnicodeEncodeError):
            form.encode(LATIN1)
            return form
    return ""
