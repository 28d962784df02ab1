"""Why a text cannot be dialled, in a sentence for the person who wrote it."""

import re
import unicodedata

from clicktodial.dialplan.words import gettext as _
from clicktodial.dialplan.words import ngettext

LONGEST = 64
"""Characters a written number may have."""

_ADDRESS = re.compile(r"\s*(?:sips?|xmpp|im|mailto|https?|h323|skype|msteams)\s*:", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-]?[^\W\d_]+)*")
_WITHIN = re.compile(r"\+?[(\[]?\d[\d ().\[\]/-]*\d", re.ASCII)
_WHOLE_NUMBER = range(7, 16)
"""Digits of a number that is worth offering when words stand around it."""


class NotANumber(ValueError):
    """The text cannot be dialled; str() says why, `offers` what could stand in its place."""

    def __init__(self, sentence: str, *, offers: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.offers = offers

    @property
    def offer(self) -> str:
        """The one text that may stand in its place, or nothing."""
        return self.offers[0] if len(self.offers) == 1 else ""


def _fitting(sentence: str, *, offers: tuple[str, ...] = ()) -> NotANumber:
    hint = _("Write digits only, such as +41 44 123 45 67, 044 123 45 67 or 4567.")
    return NotANumber(f"{sentence} {hint}", offers=offers)


def empty() -> NotANumber:
    return _fitting(_("There is no number here."))


def too_long(length: int) -> NotANumber:
    return NotANumber(
        _(
            "This has %(length)s characters and a number has at most %(most)s. "
            "Give one number and nothing else."
        )
        % {"length": length, "most": LONGEST}
    )


def too_many_digits(length: int, *, most: int) -> NotANumber:
    return NotANumber(
        _(
            "This has %(length)s digits and no phone number has more than %(most)s. "
            "Perhaps two numbers stand side by side: give one."
        )
        % {"length": length, "most": most}
    )


def too_much_behind(most: int) -> NotANumber:
    return NotANumber(
        _("Behind the number stand more than %(most)s signs. Give the number and its PIN, no more.")
        % {"most": most}
    )


def address() -> NotANumber:
    return NotANumber(
        _(
            "This is an address, and a desk phone is dialled by number here. "
            "Give the person's phone number or extension."
        )
    )


def stray_plus() -> NotANumber:
    return _fitting(_("A + stands once, at the very front of a number."))


def vanity(offer: str) -> NotANumber:
    return NotANumber(
        _(
            "The letters of this number stand for digits: %(digits)s. "
            "Dial that if it is what you meant."
        )
        % {"digits": offer},
        offers=(offer,),
    )


def several(numbers: tuple[str, ...]) -> NotANumber:
    return NotANumber(
        ngettext(
            "There is %(count)s number here. Choose it.",
            "There are %(count)s numbers here, and a call goes to one. Choose which.",
            len(numbers),
        )
        % {"count": len(numbers)},
        offers=numbers,
    )


def shorthand(tail: str) -> NotANumber:
    return NotANumber(
        _("“/%(tail)s” may be a second number or an extension. Write each number in full.")
        % {"tail": tail}
    )


def _within(text: str) -> tuple[str, ...]:
    """The whole numbers that stand among words, as in a sentence that was selected."""
    found = dict.fromkeys(each.group().strip() for each in _WITHIN.finditer(text))
    return tuple(each for each in found if sum(sign.isdigit() for sign in each) in _WHOLE_NUMBER)


def of(text: str) -> NotANumber:
    """The most helpful sentence about a text in which no number was found."""
    if _ADDRESS.match(text) or "@" in text or "://" in text:
        return address()
    for sign in text:
        if unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn") and not sign.isspace():
            return NotANumber(
                _(
                    "There is an unprintable sign (%(sign)s) in this number. "
                    "Type the number again instead of pasting it."
                )
                % {"sign": f"U+{ord(sign):04X}"}
            )
    if word := _WORD.search(text):
        says = _("“%(word)s” cannot be dialled.") % {"word": word.group()}
        return _fitting(says, offers=_within(text))
    if not any(sign.isdigit() or sign in "*#" for sign in text):
        return empty()
    if "+" in text:
        return stray_plus()
    odd = next((s for s in text if not (s.isdigit() or s.isspace() or s in "*#()[]./-")), text)
    return _fitting(_("“%(sign)s” has no place in this number.") % {"sign": odd})
