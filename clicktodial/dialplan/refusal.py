"""Why a text cannot be dialled, in a sentence for the person who wrote it."""

import re
import unicodedata

LONGEST = 64
"""Characters a written number may have."""

_ADDRESS = re.compile(r"\s*(?:sips?|xmpp|im|mailto|https?|h323|skype|msteams)\s*:", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-]?[^\W\d_]+)*")
_FITTING = "Write digits only, such as +41 44 123 45 67, 044 123 45 67 or 4567."


class NotANumber(ValueError):
    """The text cannot be dialled; str() says why, `offers` what could stand in its place."""

    def __init__(self, sentence: str, *, offers: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.offers = offers

    @property
    def offer(self) -> str:
        """The one text that may stand in its place, or nothing."""
        return self.offers[0] if len(self.offers) == 1 else ""


def empty() -> NotANumber:
    return NotANumber("There is no number here. " + _FITTING)


def too_long(length: int) -> NotANumber:
    return NotANumber(
        f"This has {length} characters and a number has at most {LONGEST}. "
        "Give one number and nothing else."
    )


def too_many_digits(length: int, *, most: int) -> NotANumber:
    return NotANumber(
        f"This has {length} digits and no phone number has more than {most}. "
        "Perhaps two numbers stand side by side: give one."
    )


def too_much_behind(most: int) -> NotANumber:
    return NotANumber(
        f"Behind the number stand more than {most} signs. Give the number and its PIN, no more."
    )


def address() -> NotANumber:
    return NotANumber(
        "This is an address, and a desk phone is dialled by number here. "
        "Give the person's phone number or extension."
    )


def stray_plus() -> NotANumber:
    return NotANumber("A + stands once, at the very front of a number. " + _FITTING)


def vanity(offer: str) -> NotANumber:
    return NotANumber(
        f"The letters of this number stand for digits: {offer}. Dial that if it is what you meant.",
        offers=(offer,),
    )


def several(numbers: tuple[str, ...]) -> NotANumber:
    return NotANumber(
        f"There are {len(numbers)} numbers here, and a call goes to one. Choose which.",
        offers=numbers,
    )


def shorthand(tail: str) -> NotANumber:
    return NotANumber(
        f"“/{tail}” may be a second number or an extension. Write each number in full."
    )


def of(text: str) -> NotANumber:
    """The most helpful sentence about a text in which no number was found."""
    if _ADDRESS.match(text) or "@" in text or "://" in text:
        return address()
    for sign in text:
        if unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn") and not sign.isspace():
            return NotANumber(
                f"There is an unprintable sign (U+{ord(sign):04X}) in this number. "
                "Type the number again instead of pasting it."
            )
    if word := _WORD.search(text):
        return NotANumber(f"“{word.group()}” cannot be dialled. " + _FITTING)
    if not any(sign.isdigit() or sign in "*#" for sign in text):
        return empty()
    if "+" in text:
        return stray_plus()
    odd = next((s for s in text if not (s.isdigit() or s.isspace() or s in "*#()[]./-")), text)
    return NotANumber(f"“{odd}” has no place in this number. " + _FITTING)
