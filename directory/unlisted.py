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

_SIGNER = signing.Signer(salt="directory.unlisted", sep=".")


class UnlistedRow(NamedTuple):
    """A number that a viewer may dial and does not see."""

    kind: str
    label: str
    reference: str


def of(people: Sequence[int], *, viewer: Viewer) -> dict[int, list[UnlistedRow]]:
    """The numbers of these people that this viewer may dial and does not see; one query."""
    found: dict[int, list[UnlistedRow]] = {}
    if viewer.sees_hidden_numbers or viewer.user_id is None:
        return found
    unseen = Number.objects.filter(numbers_dialled_unseen(), person__in=people)
    rows = unseen.exclude(numbers_shown_to(viewer)).exclude(kind=Number.Kind.FAX)
    for pk, person_id, kind in rows.values_list("pk", "person_id", "kind"):
        row = UnlistedRow(kind, str(Number.Kind(kind).label), _SIGNER.sign(str(pk)))
        found.setdefault(person_id, []).append(row)
    return found


def resolve(reference: str, account_id: int | None) -> tuple[str, str] | None:
    """The number behind a reference and whose it is, while this account may dial it; else None.

    A dotted-path setting names this function, so it takes and gives plain text.
    """
    try:
        pk = int(_SIGNER.unsign(reference))
    except (signing.BadSignature, ValueError):
        return None
    viewer = viewer_of_account(account_id)
    dialled = numbers_shown_to(viewer) | numbers_dialled_unseen()
    shown = Number.objects.filter(dialled, pk=pk, person__is_active=True)
    number = shown.select_related("person").first()
    if number is None or not number.dialable:
        return None
    return number.e164 or number.display, f"{number.person.name} ({number.get_kind_display()})"
