"""What the directory knows of the people a source speaks of."""

# ruff: noqa: S608 — questions are put together of our own words; texts are parameters

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from directory import owned
from directory.imports import tables
from directory.imports.fields import TEXTS
from directory.models import Number

NUMBER = tuple(str(each.column) for each in Number._meta.concrete_fields)
"""All columns of a number, so that one that was deleted can be put back as it was."""
STATE = (
    *TEXTS, "department_id", "location_id", "manager_id", "is_active", "missing_since", "photo",
    "photo_size", "imported_photo", "external_id", "source",
)  # fmt: skip
"""The columns of a person that imports look at or change."""

_LIGHT = ("id", "person_id", "kind", "key", "written", "order")
"""What has to be known of every number; the others are fetched where one changes."""


@dataclass(slots=True)
class Known:
    """One person as the directory has them."""

    id: int
    state: dict[str, Any]
    numbers: list[dict[str, Any]] = field(default_factory=list)
    owned: frozenset[str] = frozenset()


def ids(external_ids: Sequence[str], *, source: str) -> dict[str, int]:
    """Who is known by these ids at the source."""
    if not external_ids:
        return {}
    condition, params = tables.among("external_id", external_ids)
    question = f"SELECT external_id, id FROM directory_person WHERE source = %s AND {condition}"
    return dict(tables.fetch(question, [source, *params]))


def people(
    ids: Sequence[int], *, numbers: Sequence[int] | None = None, lock: bool = False
) -> dict[int, Known]:
    """These people by id, with their numbers, or those of them whose ids `numbers` has."""
    if not ids:
        return {}
    condition, params = tables.among("id", ids)
    rows = f"SELECT id, {', '.join(STATE)} FROM directory_person WHERE {condition}"
    if lock and tables.is_postgres():
        rows += " ORDER BY id FOR UPDATE"
    found = {
        pk: Known(pk, dict(zip(STATE, row, strict=True))) for pk, *row in tables.fetch(rows, params)
    }
    for known in found.values():
        known.state["is_active"] = bool(known.state["is_active"])
        if (since := known.state["missing_since"]) is not None:
            known.state["missing_since"] = str(since)
    for pk, person_id, kind, key, written, order in _numbers_of(
        ids if numbers is None else numbers, _LIGHT
    ):
        if somebody := found.get(person_id):
            somebody.numbers.append(
                {"id": pk, "person_id": person_id, "kind": kind, "key": key, "written": written,
                 "order": order}
            )  # fmt: skip
    return found


def whole_numbers(ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """All columns of all numbers of these people, by the person's id."""
    found: dict[int, list[dict[str, Any]]] = {pk: [] for pk in ids}
    for row in _numbers_of(ids, NUMBER):
        number = dict(zip(NUMBER, row, strict=True))
        found[number["person_id"]].append(number)
    return found


def add_owned(people: Mapping[int, Known]) -> None:
    """Fills in what each of them keeps by hand."""
    for pk, fields in owned.fields_of_all(people).items():
        people[pk].owned = fields


def _numbers_of(ids: Sequence[int], columns: Sequence[str]) -> list[tuple[Any, ...]]:
    if not ids:
        return []
    condition, params = tables.among("person_id", ids)
    names = ", ".join(f'"{column}"' for column in columns)
    question = f'SELECT {names} FROM directory_number WHERE {condition} ORDER BY kind, "order", id'
    return tables.fetch(question, params)
