"""Forced authorisation codes and client matter codes behind the number.

Unified CM takes them in the order destination, FAC, CMC and then a # that is optional
(WebDialer Developer Guide, "FAC and CMC support"); a wrong one is answered with success.
"""

import hmac
import re
from typing import NoReturn

from clicktodial.dialplan.words import gettext as _

_CODE = re.compile(r"[0-9]{1,16}", re.ASCII)


class NotACode(ValueError):
    """The text is no code; the message never repeats it."""


class Fac:
    """A forced authorisation code that does not print, for the length of one request."""

    __slots__ = ("__digits",)

    def __init__(self, digits: str) -> None:
        self.__digits = _code(digits, name=_("authorisation code"))

    def reveal(self) -> str:
        """The digits, for the one place that sends them."""
        return self.__digits

    def __repr__(self) -> str:
        return "Fac(…)"

    __str__ = __repr__

    def __format__(self, _spec: str) -> str:
        return repr(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fac) and hmac.compare_digest(self.__digits, other.__digits)

    __hash__ = None  # type: ignore[assignment]  # a secret is no key of anything

    def __reduce__(self) -> NoReturn:
        raise TypeError("An authorisation code is neither stored nor passed on.")


class Destination:
    """Digits with the codes behind them: sent once, shown without the codes."""

    __slots__ = ("__codes", "digits")

    def __init__(self, digits: str, codes: str) -> None:
        self.digits = digits
        self.__codes = codes

    def reveal(self) -> str:
        """The whole string for WebDialer, codes included."""
        return self.digits + self.__codes

    @property
    def has_codes(self) -> bool:
        """Whether anything is sent behind the digits that are shown."""
        return bool(self.__codes)

    def __repr__(self) -> str:
        return f"Destination({self.digits}{' and codes' if self.__codes else ''})"

    __str__ = __repr__

    def __format__(self, _spec: str) -> str:
        return repr(self)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A destination with codes is neither stored nor passed on.")


def append(
    digits: str, *, fac: Fac | None = None, cmc: str = "", hash_sign: bool = True
) -> Destination:
    """The destination with its codes; # ends them unless the cluster is set otherwise."""
    codes = (fac.reveal() if fac else "") + (
        _code(cmc, name=_("client matter code")) if cmc else ""
    )
    if codes and hash_sign:
        codes += "#"
    return Destination(digits, codes)


def _code(text: str, *, name: str) -> str:
    digits = text.strip()
    if not _CODE.fullmatch(digits):
        raise NotACode(_("The %(code)s must be 1 to 16 digits.") % {"code": name})
    return digits
