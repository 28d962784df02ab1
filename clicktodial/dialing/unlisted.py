"""Numbers that a person may dial without seeing them: pages carry a reference in their place.

Whose number a reference stands for, and who may dial it, is asked of the directory each time.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from clicktodial.dialplan.number import NotANumber, Number

PREFIX = "unlisted:"


@dataclass(frozen=True, repr=False)
class UnlistedNumber(Number):
    """Dialled like any number; what is shown or sent to a page of it is the reference alone."""

    name: str = ""
    """Whose number it is, and of which kind: told in its place."""

    def __repr__(self) -> str:
        return f"UnlistedNumber({self.written})"

    @property
    def main(self) -> str:
        return self.written

    @property
    def display(self) -> str:
        return self.written

    @property
    def spoken(self) -> str:
        return _("not shown")

    def display_in(self, region: str) -> str:
        return self.written


def is_reference(text: str) -> bool:
    """Whether a text stands for a number that is not shown."""
    return text.startswith(PREFIX)


def find(text: str, read: Callable[[str], Number], *, user_id: int | None) -> UnlistedNumber | None:
    """The number behind a reference, as this person may dial it; None if the text is none.

    `read` reads it as any number that the person writes. Raises NotANumber where the directory
    does not let them dial it, or does not know it any more.
    """
    if not is_reference(text):
        return None
    found = import_string(settings.UNLISTED_NUMBERS)(text.removeprefix(PREFIX), user_id)
    if found is None:
        raise NotANumber(
            _("This number is not offered to you any more. Open the person's page again.")
        )
    written, name = found
    number = read(written)
    # What follows the number cannot be told without being shown, and is left to the person called.
    kept: dict[str, Any] = {each.name: getattr(number, each.name) for each in fields(number)}
    return UnlistedNumber(**kept | {"written": text, "after": "", "doubt": "", "name": name})


def shown(text: str) -> str:
    """A number as a page shows it: itself, or words in place of a reference."""
    return _("number not shown") if is_reference(text) else text


def seal(number: Number, digits: str) -> str:
    """What a page brings back to say which digits it meant: themselves, or a seal of them."""
    if isinstance(number, UnlistedNumber):
        return salted_hmac("clicktodial.dialing.unlisted", digits, algorithm="sha256").hexdigest()
    return digits
