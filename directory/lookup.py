"""Whose number is this? The reverse lookup."""

from contextlib import suppress
from dataclasses import dataclass

from clicktodial.dialplan import number
from directory.models import Number
from directory.visibility import ANYBODY, Viewer, numbers_shown_to

MOST_OWNERS = 20


@dataclass(frozen=True, slots=True)
class Owner:
    """An entry that has the number, and how it calls it."""

    person_id: int
    name: str
    kind: str


def who_is(text: str, *, viewer: Viewer) -> tuple[Owner, ...]:
    """The active owners of a number in any format, as far as this viewer may see it.

    NotANumber (a ValueError with a sentence) where the text is no number.
    """
    return _owners(number.read(text, region=viewer.region).key, viewer=viewer)


def name_of(key: str) -> str:
    """The name behind a number's key or text, from what everybody may see; "" if unknown.

    A dotted-path setting may name this function, so it takes and gives plain text.
    """
    owners = _owners(key.removeprefix("+"), viewer=ANYBODY)
    if not owners:
        with suppress(number.NotANumber):
            owners = who_is(key, viewer=ANYBODY)
    names = list(dict.fromkeys(owner.name for owner in owners))
    return names[0] if len(names) == 1 else " / ".join(names) if len(names) == 2 else ""


def _owners(key: str, *, viewer: Viewer) -> tuple[Owner, ...]:
    if not key or "\x00" in key:
        return ()
    found = (
        Number.objects.filter(numbers_shown_to(viewer), key=key, person__is_active=True)
        .select_related("person")
        .order_by("person__sort_key", "person_id", "order")[:MOST_OWNERS]
    )
    return tuple(Owner(each.person_id, each.person.name, each.kind) for each in found)
