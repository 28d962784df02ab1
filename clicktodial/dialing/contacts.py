"""A person's private contacts: whose number it is to them, and what a search among them finds."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.conf import settings
from django.utils.module_loading import import_string

from clicktodial.dialing import whereabouts
from clicktodial.dialing.models import Contact, SpeedDial
from clicktodial.dialing.unlisted import UnlistedNumber
from clicktodial.dialplan import number as numbers
from clicktodial.dialplan.number import NotANumber, Number
from clicktodial.prepared import fetch

SHOWN_IN_SEARCH = 5
SPEED_KEYS = 9

_KEEPS_ANY = "SELECT 1 FROM dialing_contact WHERE user_id = %s LIMIT 1"

Kept = TypeVar("Kept", Contact, SpeedDial)


def name_of(number: Number, *, user: Any = None) -> str:
    """Who that is to this person: a contact of their own, or else whom the directory knows."""
    if isinstance(number, UnlistedNumber):  # a contact of one's own would tell who guessed right
        return number.name[:200]
    if user is not None:
        own = Contact.objects.of(user).filter(key=number.key).values_list("name", flat=True).first()
        if own:
            return own
    return str(import_string(settings.CALLER_NAMES)(number.key))[:200]


def found_by(user: Any, text: str) -> list[Contact]:
    """The person's own contacts that a search has found: a few, for a page that shows others."""
    # Most people keep none, and this is asked with every letter somebody types.
    if not text.strip() or not fetch(_KEEPS_ANY, [user.pk]):
        return []
    return with_hours(Contact.objects.of(user).found(text)[:SHOWN_IN_SEARCH])


def with_hours(kept: Iterable[Kept]) -> list[Kept]:
    """These entries, each with the time at the other end where it is outside working hours."""
    entries = list(kept)
    if not entries:
        return entries
    found = whereabouts.off_hours(each.number for each in entries)
    for each in entries:
        each.off_hours = found.get(each.number, "")
    return entries


def with_number(user: Any, number: Number) -> list[Contact]:
    """The person's own contacts that have this number, a few."""
    return list(Contact.objects.of(user).filter(key=number.key)[:SHOWN_IN_SEARCH])


def favourites_of(user: Any) -> list[tuple[str, Number]]:
    """The directory's favourites, in the person's order, that have no speed dial yet."""
    kept = set(SpeedDial.objects.of(user).values_list("key", flat=True))
    found = []
    for name, text in import_string(settings.CALLER_FAVOURITES)(user.pk):
        try:
            number = numbers.read(text)
        except NotANumber:
            continue
        if number.key not in kept:
            found.append((name, number))
            kept.add(number.key)
    return found
