"""What a search answers: frozen rows that hold all that a list of people shows."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from directory.models import Number
from directory.models.people import full_name, initials, photo_version
from directory.visibility import Viewer, numbers_shown_to


class BadCursor(ValueError):
    """This is no place in a list; the first page can be asked for instead."""


class Place(NamedTuple):
    """Where in the order of a list somebody stands."""

    tier: int
    sort_key: str
    pk: int

    def cursor(self) -> str:
        return base64.urlsafe_b64encode(json.dumps(self).encode()).decode().rstrip("=")

    @classmethod
    def read(cls, cursor: str) -> "Place":
        """The place a cursor stands for; BadCursor where it stands for none."""
        try:
            text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            tier, sort_key, pk = json.loads(text)
        except (ValueError, TypeError, binascii.Error, RecursionError) as error:
            raise BadCursor(cursor[:50]) from error
        whole = all(type(part) is int and 0 <= part < 2**63 for part in (tier, pk))
        if not (whole and type(sort_key) is str and "\x00" not in sort_key):
            raise BadCursor(cursor[:50])
        try:
            sort_key.encode()
        except UnicodeEncodeError as error:
            raise BadCursor(cursor[:50]) from error
        return cls(tier, sort_key, pk)


@dataclass(frozen=True, slots=True)
class NumberRow:
    kind: str
    label: str
    display: str
    e164_or_written: str
    dialable: bool

    @property
    def note(self) -> str:
        """What stands before the number in a list; a plain number is one's work number."""
        return "" if self.kind == Number.Kind.WORK else self.label


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list."""

    pk: int
    kind: str
    name: str
    initials: str
    title: str
    department: str
    location: str
    room: str
    photo_version: str
    is_favourite: bool
    numbers: tuple[NumberRow, ...]

    @property
    def tint(self) -> int:
        """Which of the eight tints stands behind the initials."""
        return self.pk % 8


@dataclass(frozen=True, slots=True)
class Found:
    """One page of an answer.

    `total` counts everybody found; where `is_more_than_total`, it is as far as was counted.
    `next` is the cursor of the next page, empty on the last. `tried` says in sentences what
    was looked for.
    """

    people: tuple[Row, ...]
    total: int
    is_more_than_total: bool
    next: str
    tried: tuple[str, ...]


FIELDS = (
    "pk", "kind", "given_name", "preferred_name", "family_name", "title", "department__name",
    "location__name", "room", "photo", "is_favourite",
)  # fmt: skip


def rows(values: Sequence[dict[str, Any]], *, viewer: Viewer) -> tuple[Row, ...]:
    """Values of FIELDS as rows, with the numbers this viewer may see; one query."""
    numbers = numbers_of([value["pk"] for value in values], viewer=viewer)
    return tuple(_row(value, numbers=tuple(numbers.get(value["pk"], ()))) for value in values)


def _row(value: dict[str, Any], *, numbers: tuple[NumberRow, ...]) -> Row:
    name = full_name(
        given=value["given_name"], preferred=value["preferred_name"], family=value["family_name"]
    )
    return Row(
        pk=value["pk"],
        kind=value["kind"],
        name=name,
        initials=initials(name),
        title=value["title"],
        department=value["department__name"] or "",
        location=value["location__name"] or "",
        room=value["room"],
        photo_version=photo_version(value["photo"]),
        is_favourite=value["is_favourite"],
        numbers=numbers,
    )


def numbers_of(people: Sequence[int], *, viewer: Viewer) -> dict[int, list[NumberRow]]:
    """The numbers of these people that this viewer may see, in their order; one query."""
    found: dict[int, list[NumberRow]] = {}
    labels = dict(Number.Kind.choices)
    numbers = Number.objects.filter(numbers_shown_to(viewer), person_id__in=people)
    for number in numbers.order_by("person_id", "order", "pk"):
        found.setdefault(number.person_id, []).append(
            NumberRow(
                kind=number.kind,
                label=str(labels.get(number.kind, number.kind)),
                display=str(number),
                e164_or_written=number.e164_or_written,
                dialable=number.dialable,
            )
        )
    return found
