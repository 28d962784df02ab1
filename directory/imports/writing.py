"""Writes people and their numbers many at once, with their search keys."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import NOT_PROVIDED
from django.utils import timezone

from directory.imports import tables
from directory.imports.difference import NAMES
from directory.imports.known import NUMBER, Known
from directory.models import Location, Number, Person
from directory.models.numbers import columns_of
from directory.search import document, index
from directory.search.keys import Rows

PERSON_TABLE, NUMBER_TABLE = "directory_person", "directory_number"
_NO_COLUMNS = frozenset(["numbers", "kinds"])


@dataclass(slots=True)
class Change:
    """Columns that somebody gets; `numbers` and `kinds` stand among them where those change."""

    person: Known
    values: Mapping[str, Any]


def columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """What of a change is a column of Person."""
    return {name: value for name, value in values.items() if name not in _NO_COLUMNS}


def change(changes: Sequence[Change], *, keys: Rows) -> None:
    """Writes these people's columns, numbers and search keys."""
    now = _now()
    rows = []
    for each in changes:
        fresh = columns(each.values)
        if NAMES & fresh.keys():
            state = {**each.person.state, **fresh}
            fresh["sort_key"] = sort_key(state)
        rows.append((each.person.id, fresh | {"updated_at": now}))
    tables.update(PERSON_TABLE, rows)
    _change_numbers([each for each in changes if "numbers" in each.values])
    found = {
        each.person.id: fields
        for each in changes
        if (fields := index.FIELDS.intersection(each.values))
    }
    index.refresh_each(found, rows=keys)


def add(people: Sequence[Mapping[str, Any]], *, keys: Rows) -> list[int]:
    """Adds these people, by their columns and numbers; their ids in the same order."""
    usual = _usual()
    ids = tables.new_ids(PERSON_TABLE, len(people))
    rows = [
        usual | columns(values) | {"id": pk, "sort_key": sort_key(values), "updated_at": _now()}
        for pk, values in zip(ids, people, strict=True)
    ]
    tables.insert(PERSON_TABLE, list(usual), [[row[name] for name in usual] for row in rows])
    countries = _countries(row["location_id"] for row in rows)
    numbers = []
    for row, values in zip(rows, people, strict=True):
        country = countries.get(row["location_id"] or 0, "")
        for order, (kind, written, _key) in enumerate(values.get("numbers", ())):
            read = columns_of(written, country)
            numbers.append(_number(row["id"], kind, written, order=order, read=read))
    tables.insert(NUMBER_TABLE, _FRESH, numbers)
    index.refresh_each(dict.fromkeys(ids, index.FIELDS), rows=keys)
    return ids


def sort_key(state: Mapping[str, Any]) -> str:
    shown = state.get("preferred_name") or state.get("given_name") or ""
    return document.sort_key(shown=shown, family=state.get("family_name") or "")


def put_back_numbers(rows: Iterable[Mapping[str, Any]], *, over: Iterable[int]) -> None:
    """Numbers exactly as they were, ids and all, in the place of those with the ids `over`."""
    Number.objects.filter(pk__in=list(over)).delete()
    tables.insert(NUMBER_TABLE, NUMBER, [[row[name] for name in NUMBER] for row in rows])


def _change_numbers(changes: Sequence[Change]) -> None:
    """Rows stay the rows they are, with whom they are shown to, wherever the number stays."""
    gone: list[int] = []
    fresh: list[tuple[Any, ...]] = []
    read: list[tuple[int, dict[str, Any]]] = []
    places = {each.person.id: _place(each) for each in changes}
    countries = _countries(places.values())
    for each in changes:
        pk = each.person.id
        kinds = set(each.values["kinds"])
        there = [number for number in each.person.numbers if number["kind"] in kinds]
        country = countries.get(places[pk] or 0, "")
        last = max((number["order"] for number in each.person.numbers), default=-1)
        for kind, written, key in each.values["numbers"]:
            same = _take(there, kind=kind, key=key) or _take(there, kind=kind, written=written)
            if same and (same["written"], same["key"]) == (written, key):
                continue
            columns = columns_of(written, country)
            if same:
                read.append((same["id"], {"written": written, **columns}))
            else:
                last += 1
                fresh.append(_number(pk, kind, written, order=last, read=columns))
        gone += [number["id"] for number in there]
    if gone:
        condition, ids = tables.among("id", gone)
        tables.run(f"DELETE FROM {NUMBER_TABLE} WHERE {condition}", ids)  # noqa: S608
    tables.update(NUMBER_TABLE, read)
    tables.insert(NUMBER_TABLE, _FRESH, fresh)


def _take(there: list[dict[str, Any]], **wanted: str) -> dict[str, Any] | None:
    """The first number that is so, no longer among the others."""
    for number in there:
        if all(number[name] == value for name, value in wanted.items()):
            there.remove(number)
            return number
    return None


_READ = ("e164", "extension", "display", "key", "reversed_key")
_FRESH = (
    "person_id", "kind", "written", "order", "visibility", "group_id", "may_be_dialled", *_READ,
)  # fmt: skip


def _number(
    pk: int, kind: str, written: str, *, order: int, read: Mapping[str, str]
) -> tuple[Any, ...]:
    """A row of a number that is new, shown as all of its kind are."""
    return (pk, kind, written, order, "", None, False, *(read[name] for name in _READ))


def _place(change: Change) -> int | None:
    place: int | None = change.values.get("location_id", change.person.state["location_id"])
    return place


def _countries(ids: Iterable[int | None]) -> dict[int, str]:
    asked = {pk for pk in ids if pk}
    return dict(Location.objects.filter(pk__in=asked).values_list("pk", "country"))


def _now() -> Any:
    """This moment as the database's own driver takes it."""
    return connection.ops.adapt_datetimefield_value(timezone.now())


@cache
def _usual() -> dict[str, Any]:
    """Every column of a person of whom nothing is said."""
    return {
        str(each.column): each.get_default() if each.db_default is NOT_PROVIDED else each.db_default
        for each in Person._meta.concrete_fields
    }
