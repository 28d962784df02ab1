"""Patterns in Unified CM's wildcard language, matched in time linear in the number.

    0-9 * #     themselves               \\+    a plus
    X           any digit                [2-5]  any of these digits, [^2-5] any but these
    !           one or more digits       .      marks the digits in front as those to remove

Whoever writes a pattern may be careless, so it never becomes a regular expression: the places a
number may have reached are the bits of one integer, moved on once for every sign of the number.
"""

from dataclasses import dataclass, field

from clicktodial.dialplan.words import gettext as _

LONGEST = 100
"""Signs a pattern may have; Unified CM allows a rule as many."""

_DIGITS = "0123456789"
_SIGNS = _DIGITS + "*#+"


class NotAPattern(ValueError):
    """The pattern cannot be used; str() says why and where."""


@dataclass(frozen=True)
class Pattern:
    """One pattern, ready to match; NotAPattern for a text that is none."""

    text: str
    removes: int = field(init=False, compare=False, default=0)
    """Digits in front of the dot; 0 without a dot."""
    head: str = field(init=False, compare=False, default="")
    """The plain signs that every number which fits begins with."""
    _moves: dict[str, int] = field(init=False, compare=False, repr=False, default_factory=dict)
    _stays: int = field(init=False, compare=False, repr=False, default=0)
    _last: int = field(init=False, compare=False, repr=False, default=0)

    def __post_init__(self) -> None:
        places, stays, removes = _places(self.text)
        moves = dict.fromkeys(_SIGNS, 0)
        for at, signs in enumerate(places):
            for sign in signs:
                moves[sign] |= 1 << at
        plain = next((at for at, signs in enumerate(places) if len(signs) > 1), len(places))
        plain = next((at for at in range(plain) if stays >> at & 1), plain)
        for name, value in (
            ("removes", removes),
            ("head", "".join(places[:plain])),
            ("_moves", moves),
            ("_stays", stays),
            ("_last", 1 << (len(places) - 1)),
        ):
            object.__setattr__(self, name, value)

    def fits(self, digits: str) -> bool:
        """Whether the whole number is one of the pattern's; each sign is looked at once."""
        reached, moves, stays = 0, self._moves, self._stays
        entry = 1
        for sign in digits:
            reached = (reached << 1 | entry | reached & stays) & moves.get(sign, 0)
            entry = 0
            if not reached:
                return False
        return bool(reached & self._last)


def _places(text: str) -> tuple[list[str], int, int]:
    """The signs each place takes, the places that may repeat as bits, and digits to remove."""
    if not text or len(text) > LONGEST:
        raise NotAPattern(
            _("A pattern has 1 to %(most)s signs; this has %(count)s.")
            % {"most": LONGEST, "count": len(text)}
        )
    places: list[str] = []
    stays = removes = at = 0
    while at < len(text):
        if text[at] == ".":
            removes = _removed(text, at, places=places, stays=stays)
            at += 1
            continue
        if text[at] == "!":
            stays |= 1 << len(places)
        signs, width = _place(text, at)
        places.append(signs)
        at += width
    if not places:
        raise NotAPattern(_("A pattern needs at least one digit."))
    return places, stays, removes


def _place(text: str, at: int) -> tuple[str, int]:
    """The signs that one place takes, and how much of the pattern says so."""
    sign = text[at]
    if sign in _DIGITS or sign in "*#":
        return sign, 1
    if sign in "Xx!":
        return _DIGITS, 1
    if sign == "[":
        return _choice(text, at)
    if text.startswith("\\+", at) and at == 0:
        return "+", 2
    raise NotAPattern(_stranger(text, at))


def _removed(text: str, at: int, *, places: list[str], stays: int) -> int:
    if "." in text[:at]:
        raise NotAPattern(_("The second dot (sign %(at)s) is one too many.") % {"at": at + 1})
    if stays:
        raise NotAPattern(_("In front of the dot the number of digits must be fixed, without “!”."))
    if not places or at + 1 == len(text):
        raise NotAPattern(_("The dot needs digits in front of it and behind it."))
    return len(places)


def _stranger(text: str, at: int) -> str:
    if text.startswith("\\+", at):
        told = _("“\\+” (sign %(at)s) stands only at the front: a + is dialled nowhere else.")
    elif text[at] == "+":
        told = _("Write a plus as “\\+” (sign %(at)s).")
    else:
        told = _("“%(sign)s” (sign %(at)s) has no meaning here; use digits, X, !, [ ] and one dot.")
    return told % {"at": at + 1, "sign": text[at]}


def _choice(text: str, at: int) -> tuple[str, int]:
    """The digits between [ and ], and how long that piece of the pattern is."""
    end = text.find("]", at)
    inside = text[at + 1 : end]
    if end < 0:
        raise NotAPattern(_("The “[” (sign %(at)s) is never closed.") % {"at": at + 1})
    excluded, rest = inside[:1] == "^", inside.removeprefix("^")
    chosen: set[str] = set()
    while rest:
        low, high = rest[0], rest[2:3] if rest[1:2] == "-" else rest[0]
        fits = low in _DIGITS + "*#" if low == high else low in _DIGITS and high in _DIGITS
        if not fits or not high or low > high:
            raise NotAPattern(
                _("“[%(inside)s]” (sign %(at)s) must be digits, such as [2-5] or [79].")
                % {"inside": inside, "at": at + 1}
            )
        chosen |= {low} if low == high else set(_DIGITS[int(low) : int(high) + 1])
        rest = rest[3:] if rest[1:2] == "-" else rest[1:]
    signs = [sign for sign in _DIGITS if sign not in chosen] if excluded else sorted(chosen)
    if not signs or not chosen:
        raise NotAPattern(
            _("“[%(inside)s]” (sign %(at)s) leaves no digit.") % {"inside": inside, "at": at + 1}
        )
    return "".join(signs), end - at + 1
