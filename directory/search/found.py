"""What a search answers: frozen rows that hold all that a list of people shows."""

# ruff: noqa: S608 — questions are put together of our own words; texts are parameters

import base64
import binascii
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Q

from clicktodial.hours import Hours
from directory import private
from directory.models import Number
from directory.models.hours import week_of
from directory.models.people import full_name, initials, photo_version
from directory.search import sql
from directory.search.places import Places
from directory.visibility import Viewer, numbers_shown_to


class BadCursor(ValueError):
    """This is no place in a list; the first page can be asked for instead."""


class Place(NamedTuple):
    """Where in the order of a list somebody stands, and whether one reads on or back from there."""

    scan: int
    key: str
    person: int
    back: bool = False

    def cursor(self) -> str:
        # Word by word, as json.dumps of a tuple takes several times as long.
        back = "true" if self.back else "false"
        text = f"[{self.scan}, {json.dumps(self.key)}, {self.person}, {back}]"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, cursor: str) -> "Place":
        """The place a cursor stands for; BadCursor where it stands for none."""
        try:
            text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            scan, key, person, back = json.loads(text)
        except (ValueError, TypeError, binascii.Error, RecursionError) as error:
            raise BadCursor(cursor[:50]) from error
        whole = all(type(part) is int and 0 <= part < 2**63 for part in (scan, person))
        if not (whole and type(key) is str and "\x00" not in key and type(back) is bool):
            raise BadCursor(cursor[:50])
        try:
            key.encode()
        except UnicodeEncodeError as error:
            raise BadCursor(cursor[:50]) from error
        return cls(scan, key, person, back)


_LABELS = dict(Number.Kind.choices)
_made = tuple.__new__  # what a NamedTuple's own _make does, in half the time


class NumberRow(NamedTuple):
    kind: str
    written: str
    e164: str
    shown: str
    person: int = 0

    @property
    def label(self) -> str:
        return str(_LABELS.get(self.kind, self.kind))

    @property
    def note(self) -> str:
        """What stands before the number in a list; a plain number is one's work number."""
        return "" if self.kind == Number.Kind.WORK else self.label

    @property
    def display(self) -> str:
        return self.shown or self.written

    @property
    def e164_or_written(self) -> str:
        return self.e164 or self.written

    @property
    def dialable(self) -> bool:
        return self.kind != Number.Kind.FAX


_number = partial(_made, NumberRow)
_person_of = itemgetter(NumberRow._fields.index("person"))


class Row(NamedTuple):
    """One entry of a list."""

    pk: int
    kind: str
    name: str
    title: str
    department: str
    location: str
    room: str
    photo_version: str
    is_favourite: bool
    numbers: tuple[NumberRow, ...]
    hours: Hours | None = None

    @property
    def off_hours(self) -> str | None:
        """The time there while it is outside working hours; None where nothing is known."""
        return self.hours.off if self.hours else None

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def tint(self) -> int:
        """Which of the eight tints stands behind the initials."""
        return self.pk % 8


class Found(NamedTuple):
    """One page of an answer.

    `total` counts everybody found; where `is_more_than_total`, it is as far as was counted.
    `next` and `previous` are the cursors of the pages beside, empty at the ends. `tried` says in
    sentences what was looked for; `corrected` are the words that were taken for a mistyped one.
    Where nobody is found, `nearest` are people whom `nearest_to`, a part of the text, finds.
    """

    people: tuple[Row, ...]
    total: int = 0
    is_more_than_total: bool = False
    next: str = ""
    previous: str = ""
    tried: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    nearest: tuple[Row, ...] = ()
    nearest_to: str = ""


PERSON = (
    "p.id, p.kind, p.given_name, p.preferred_name, p.family_name, p.title, p.department_id, "
    "p.location_id, p.room, p.photo, p.working_hours"
)
# Where a row stands that begins with its order, then PERSON, IS_FAVOURITE, a stamp and a count.
BEGINS, STAMPED = 2, 2 + PERSON.count(", ") + 2
COUNTED_AT = STAMPED + 1
IS_FAVOURITE = (
    "EXISTS (SELECT 1 FROM directory_favourite f WHERE f.user_id = %s AND f.person_id = p.id)"
)


def rows(people: Iterable[sql.Row], *, places: Places, viewer: Viewer) -> tuple[Row, ...]:
    """PERSON and IS_FAVOURITE as rows, with the numbers this viewer may see; one query."""
    people = list(people)
    numbers = numbers_of([person[0] for person in people], viewer=viewer)
    departments, locations, hours = places.departments, places.locations, places.hours
    return tuple(
        [
            _made(
                Row,
                (
                    pk,
                    kind,
                    full_name(given=given, preferred=preferred, family=family),
                    title,
                    departments.get(department, ""),
                    locations.get(location, ""),
                    room,
                    photo_version(photo) if photo else "",
                    bool(is_favourite),
                    numbers.get(pk, ()),
                    _hours(hours.get(location), own) if own else hours.get(location),
                ),
            )
            for (
                pk, kind, given, preferred, family, title, department, location, room, photo,
                own, is_favourite,
            ) in people
        ]
    )  # fmt: skip


def _hours(there: Hours | None, working_hours: str) -> Hours | None:
    return there.of_somebody(week_of(working_hours).days) if there else None


def numbers_of(people: Sequence[int], *, viewer: Viewer) -> dict[int, tuple[NumberRow, ...]]:
    """The numbers of these people that this viewer may see, in their order; one query."""
    if not people:
        return {}
    question, params = shown_numbers("kind", "written", "e164", "display", "person_id", to=viewer)
    of_people = sql.one_of("directory_number.person_id", people)
    question += (
        f" AND {of_people.text} "
        'ORDER BY directory_number.person_id, directory_number."order", directory_number.id'
    )
    rows = sql.fetch(question, (*params, *of_people.params))
    private.note_seen(people, viewer=viewer)
    return {
        person: tuple(numbers) for person, numbers in groupby(map(_number, rows), key=_person_of)
    }


@lru_cache(maxsize=1000)
def shown_numbers(*columns: str, to: Viewer) -> tuple[str, tuple[Any, ...]]:
    """SELECT … WHERE … of the numbers this viewer may see, as directory.visibility says it.

    More conditions can be written behind.
    """
    known = (to.sees_hidden_numbers, to.person_id is None, len(to.departments), len(to.groups))
    question, params = _shown_numbers(columns, *known, sql.is_postgres())
    own = {_PERSON: to.person_id}
    own |= dict(zip(range(_DEPARTMENTS, _GROUPS), to.departments, strict=False))
    own |= dict(zip(range(_GROUPS, _BEHIND), to.groups, strict=False))
    return question, tuple(own.get(param, param) if is_own else param for is_own, param in params)


# Stand for a viewer's own ids in a question that is put together once.
_PERSON, _DEPARTMENTS, _GROUPS, _BEHIND = range(9_000_000_000, 9_004_000_000, 1_000_000)


@lru_cache(maxsize=256)
def _shown_numbers(
    columns: tuple[str, ...],
    sees_all: bool,
    no_person: bool,
    departments: int,
    groups: int,
    _: bool,
) -> tuple[str, tuple[tuple[bool, Any], ...]]:
    """The rule as the ORM writes it, once for each kind of viewer, their own ids left open."""
    viewer = Viewer(
        person_id=None if no_person else _PERSON,
        departments=tuple(range(_DEPARTMENTS, _DEPARTMENTS + departments)),
        groups=tuple(range(_GROUPS, _GROUPS + groups)),
        sees_hidden_numbers=sees_all,
    )
    # Who sees all has no condition; one that is always true takes its place.
    numbers = Number.objects.filter(numbers_shown_to(viewer) or Q(pk__gt=0)).order_by()
    question, params = numbers.values_list(*columns).query.sql_with_params()
    # Choices are sent as the plain texts they are, which drivers take without a second look.
    plain = [str(param) if isinstance(param, str) else param for param in params]
    return question, tuple((type(param) is int and param >= _PERSON, param) for param in plain)


def active(ids: Sequence[int], *, viewer: Viewer) -> list[sql.Row]:
    """PERSON and IS_FAVOURITE of those of these people who are active, in the order given."""
    if not ids:
        return []
    chosen = sql.one_of("p.id", ids)
    question = (
        f"SELECT {PERSON}, {IS_FAVOURITE} FROM directory_person p "
        f"WHERE p.is_active AND {chosen.text}"
    )
    found = {row[0]: row for row in sql.fetch(question, [viewer.user_id or 0, *chosen.params])}
    return [found[pk] for pk in ids if pk in found]
