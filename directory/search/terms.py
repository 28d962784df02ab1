"""What is searched for, and the one fold through which data and questions both go.

No database's own idea of letters is asked, so SQLite and PostgreSQL find the same people.
"""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import phonenumbers

from clicktodial.dialplan import number
from directory.search import nicknames
from directory.search.scripts import in_latin

LONGEST_TEXT = 200
MOST_WORDS = 8
LONGEST_ROOM = 8
FEWEST_DIGITS = 2
FEWEST_LAST_DIGITS = 3
_FEWEST_WITHOUT_TRUNK_ZERO = 6

_APOSTROPHES = "'’‘ʼʻ′`´"
_HYPHENS = "-‐‑–"
_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t",
        "ß": "ss", "æ": "ae", "œ": "oe", "ŋ": "n", "ə": "e", "ى": "ي", "ة": "ه", "ـ": "",
    }
)  # fmt: skip
_WRITTEN_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue",
     "Ø": "Oe", "Å": "Aa"}
)  # fmt: skip
_WITHOUT = dict.fromkeys(map(ord, _APOSTROPHES))
_AS_SPACE = dict.fromkeys(map(ord, _APOSTROPHES), " ")
_JOINED = dict.fromkeys(map(ord, _APOSTROPHES + _HYPHENS))
_SIGNS = frozenset(_APOSTROPHES + _HYPHENS)
_E_BEHIND = re.compile(r"([aou])e(?=\w)")

_ASCII_WORD = re.compile(r"[a-z0-9]+")
_NUMBER = re.compile(r"(?:(?:tel|phone|ext|x|fax)\b[.:]?)?([\d\s()\[\]+./*#–‑-]+)", re.IGNORECASE)
_DOMAIN = re.compile(r"@\S*")
_LETTER_APART = re.compile(r"\b([^\W\d]) (?=\d)")


def fold(text: str) -> str:
    """The text without case, marks and signs: its words with one space between them."""
    if text.isascii():
        return " ".join(_ASCII_WORD.findall(text.lower().replace("'", "").replace("`", "")))
    text = unicodedata.normalize("NFKD", text.translate(_WITHOUT)).casefold()
    text = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    # A mark without a combining class, as Indic vowels are, is part of its word and stays.
    return " ".join(
        "".join(
            letter if unicodedata.category(letter)[0] in "LNM" else " "
            for letter in text
            if not unicodedata.combining(letter)
        ).split()
    )


def spellings(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of a text in each way somebody may write them, the plain way first.

    Müller is also Mueller, Mueller is also Muller; O'Brien is Obrien and Brien; Anne-Marie is
    Annemarie; Иванов is Ivanov.
    """
    plain = fold(text)
    without_e = _E_BEHIND.sub(r"\1", plain)
    if _SIGNS.isdisjoint(text) and text.isascii():  # as most are
        words = tuple(plain.split())
        return (words,) if without_e == plain else (words, tuple(without_e.split()))
    ways = [plain]
    if any(sign in _APOSTROPHES for sign in text):
        ways.append(fold(text.translate(_AS_SPACE)))
    if any(sign in _HYPHENS for sign in text):
        ways.append(fold(text.translate(_JOINED)))
    if not text.isascii():
        ways.append(fold(unicodedata.normalize("NFC", text).translate(_WRITTEN_OUT)))
        if any(letter >= "\u0370" for letter in text):
            ways.append(fold(in_latin(text)))
    ways.append(without_e)
    return tuple(dict.fromkeys(tuple(way.split()) for way in ways))


@dataclass(frozen=True, slots=True)
class Digits:
    """Digits of a telephone number, in every form that may stand in the index."""

    written: str
    whole: tuple[str, ...]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]
    backwards: tuple[str, ...]
    """The endings from their last digit to their first."""

    @property
    def forms(self) -> tuple[tuple[str, ...], ...]:
        return self.whole, self.beginnings, self.endings, self.backwards


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must be true of a person: a word begins so, or a number goes so.

    `others` are whole words that may stand instead, such as Robert for Bob. The departments and
    locations are those that a word of theirs begins so (directory.search.places).
    """

    word: str = ""
    digits: Digits | None = None
    others: tuple[str, ...] = ()
    departments: tuple[int, ...] = ()
    locations: tuple[int, ...] = ()

    @property
    def is_a_place(self) -> bool:
        return bool(self.departments or self.locations)


@dataclass(frozen=True)
class Terms:
    """What must be true; or, if `joined`, a person whose email or id begins so."""

    terms: tuple[Term, ...] = ()
    joined: str = ""

    @cached_property
    def shape(self) -> tuple[Any, ...]:
        """How many words, other words and forms of numbers there are."""
        return bool(self.joined), tuple(
            (
                bool(term.word),
                len(term.others),
                term.digits and tuple(len(forms) for forms in term.digits.forms),
            )
            for term in self.terms
        )

    @cached_property
    def strings(self) -> list[str]:
        """All of them, one after the other."""
        found = [self.joined]
        for term in self.terms:
            found += (term.word, *term.others)
            if term.digits:
                found += chain(*term.digits.forms)
        return found

    @property
    def is_a_word(self) -> bool:
        """Whether one word is all there is."""
        return len(self.terms) == 1 and not self.terms[0].digits and not self.joined

    @property
    def phrase(self) -> str:
        return " ".join(term.word for term in self.terms if term.word)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(term.word for term in self.terms if term.word)

    @property
    def digits(self) -> tuple[Digits, ...]:
        return tuple(term.digits for term in self.terms if term.digits)


def read(text: str, *, region: str) -> Terms:
    """What a text asks for: one number, or words of which some may be numbers.

    Only the first LONGEST_TEXT characters and MOST_WORDS words count.
    """
    text = text[:LONGEST_TEXT].strip()
    if found := _NUMBER.fullmatch(unicodedata.normalize("NFKC", text)):
        digits = read_digits(found[1], region=region)
        # 3.14 may be a room as well.
        word = fold(found[1]) if len(found[1]) <= LONGEST_ROOM else ""
        return Terms((Term(word=word, digits=digits),) if digits or word else ())
    local = _DOMAIN.sub(" ", text).strip() if "@" in text else text
    words = dict.fromkeys(fold(local).split()[:MOST_WORDS])
    joined = "" if " " in local or len(words) < 2 else "".join(words)
    return Terms(tuple(term(word, region=region) for word in words), joined)


_ROOM = frozenset(
    fold(word)
    for word in (
        "room", "rm", "office", "Raum", "Zimmer", "Büro", "Buero", "salle", "bureau", "pièce",
        "sala", "despacho", "oficina", "部屋", "会議室", "غرفة", "مكتب",
    )
)  # fmt: skip


def of_a_room(text: str, *, region: str) -> Terms | None:
    """What the text asks for if it says which room: room 3.14 is 3.14, and B 3.14 is B3.14.

    None where it holds no digit or asks for the same in this way. Some names are words for rooms,
    such as Sala: this is the second way to read a text.
    """
    words = fold(_DOMAIN.sub(" ", text[:LONGEST_TEXT])).split()[:MOST_WORDS]
    said = _LETTER_APART.sub(r"\1", " ".join(word for word in words if word not in _ROOM))
    if said == " ".join(words) or not any(sign.isdigit() for sign in said):
        return None
    if said.replace(" ", "").isdigit() and len(said) <= LONGEST_ROOM:  # no telephone number
        return Terms((Term(said),))
    return Terms(tuple(term(word, region=region) for word in dict.fromkeys(said.split())))


def term(word: str, *, region: str) -> Term:
    """What one folded word asks for."""
    digits = read_digits(word, region=region) if word.isdigit() else None
    return Term(word, digits, tuple(sorted(nicknames.others(word))))


def read_digits(text: str, *, region: str) -> Digits | None:
    """The forms under which a number, or a part of one, may stand in the index."""
    written = _only_digits(text)
    if len(written) < FEWEST_DIGITS:
        return None
    whole = {written}
    with suppress(number.NotANumber):  # a part of a number is none, and is found all the same
        whole.add(number.read(text, region=region).key)
    beginning = _only_digits(text.replace("(0)", ""))
    if beginning.startswith("00"):
        beginning = beginning[2:]
    elif beginning.startswith("0"):
        beginning = f"{phonenumbers.country_code_for_region(region)}{beginning[1:]}"
    endings = {written} if len(written) >= FEWEST_LAST_DIGITS else set()
    if len(without_zero := written.lstrip("0")) >= _FEWEST_WITHOUT_TRUNK_ZERO:
        endings.add(without_zero)
    beginnings = {each for each in (*whole, beginning) if len(each) >= FEWEST_DIGITS}
    last = tuple(sorted(endings))
    backwards = tuple(ending[::-1] for ending in last)
    return Digits(written, tuple(sorted(whole)), tuple(sorted(beginnings)), last, backwards)


def _only_digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and sign.isdigit())
