"""Numbers that may be dialled without being shown: pages carry a reference in their place."""

from collections.abc import Sequence
from typing import NamedTuple

from django.core import signing

from directory.models import Number
from directory.visibility import (
    Viewer,
    numbers_dialled_unseen,
    numbers_shown_to,
    viewer_of_account,
)

PREFIX = "unlisted:"  # what dialling writes before a reference
_SIGNER = signing.Signer(salt="directory.unlisted", sep=".")


class UnlistedRow(NamedTuple):
    """A number that a viewer may dial and does not see."""

    kind: str
    label: str
    text: str
    """A reference that is dialled in place of the number."""


def of(people: Sequence[int], *, viewer: Viewer) -> dict[int, list[UnlistedRow]]:
    """The numbers of these people that this viewer may dial and does not see; one query."""
    found: dict[int, list[UnlistedRow]] = {}
    if viewer.sees_hidden_numbers or viewer.user_id is None:
        return found
    unseen = Number.objects.filter(numbers_dialled_unseen(), person__in=people)
    rows = unseen.exclude(numbers_shown_to(viewer)).exclude(kind=Number.Kind.FAX)
    for pk, person_id, kind in rows.values_list("pk", "person_id", "kind"):
        row = UnlistedRow(kind, str(Number.Kind(kind).label), f"{PREFIX}{_SIGNER.sign(str(pk))}")
        found.setdefault(person_id, []).append(row)
    return found


def is_reference(text: str) -> bool:
    """Whether a text that dialling kept for a number is a reference, with what stands before it."""
    return text.startswith(PREFIX)


def id_of(text: str, *, account_id: int | None) -> int | None:
    """The id of the number behind a reference, while this account may dial it."""
    number = _find(text.removeprefix(PREFIX), account_id)
    return number.pk if number else None


def resolve(reference: str, account_id: int | None) -> tuple[str, str] | None:
    """The number behind a reference and whose it is, while this account may dial it; else None.

    A dotted-path setting names this function, so it takes and gives plain text.
    """
    number = _find(reference, account_id)
    if number is None:
        return None
    return number.e164 or number.written, f"{number.person.name} ({number.get_kind_display()})"


def _find(reference: str, account_id: int | None) -> Number | None:
    try:
        pk = int(_SIGNER.unsign(reference))
    except (signing.BadSignature, ValueError):
        return None
    dialled = numbers_shown_to(viewer_of_account(account_id)) | numbers_dialled_unseen()
    shown = Number.objects.filter(dialled, pk=pk, person__is_active=True)
    number = shown.select_related("person").first()
    return number if number and number.dialable else None
