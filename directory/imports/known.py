"""What the directory knows of the people a source speaks of."""

# ruff: noqa: S608 — questions are put together of our own words; texts are parameters

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from directory import owned
from directory.imports import tables
from directory.imports.fields import TEXTS
from directory.imports.mapping import Columns
from directory.imports.rows import KIND, PART
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


class Prints:
    """Asks for the state of many people as one text each; rows.Prints writes the same."""

    def __init__(self, columns: Columns, source: str) -> None:
        self._source = source
        parts = [f"p.{name}" for name in columns.texts]
        join = ""
        if columns.places:
            department = "COALESCE(p.department_id, 0)" if columns.has_department else "0"
            location = "COALESCE(p.location_id, 0)" if columns.has_location else "0"
            parts.append(f"{department} || '{KIND}' || {location}")
        if columns.manager:
            join = "LEFT JOIN directory_person m ON m.id = p.manager_id"
            mine = " AND m.source = p.source" if columns.manager_by == "external_id" else ""
            column = f"CASE WHEN m.id IS NOT NULL{mine} THEN m.{columns.manager_by} END"
            parts.append(f"COALESCE({column}, '')")
        text = f" || '{PART}' || ".join(parts) or "''"
        if columns.kinds:
            text += f" || {_numbers(columns.kinds, first=not parts)}"
        # A space in front of the print marks one that takes a closer look whatever it says.
        self._question = (
            f"SELECT p.external_id, p.id, "
            f"CASE WHEN p.is_active AND p.missing_since IS NULL THEN {text} END "
            f"FROM directory_person p {join} WHERE p.source = %s AND "
        )

    def of(self, external_ids: Sequence[str]) -> dict[str, tuple[int, str | None]]:
        """Id and print by the id at the source; None for who is not shown as anybody else is."""
        condition, ids = tables.among("p.external_id", external_ids)
        rows = tables.fetch(self._question + condition, [self._source, *ids])
        return {row[0]: row[1:] for row in rows}


def _numbers(kinds: Sequence[str], *, first: bool) -> str:
    """A person's numbers of these kinds, by kind and order, each with a sign in front."""
    of_kinds = ", ".join(f"'{kind}'" for kind in kinds)
    entry = f"'{'' if first else PART}' || n.kind || '{KIND}' || n.written"
    where = f"WHERE n.person_id = p.id AND n.kind IN ({of_kinds})"
    if tables.is_postgres():
        order = 'ORDER BY n.kind COLLATE "C", n.key'
        aggregate = f"SELECT string_agg({entry}, '' {order}) FROM directory_number n {where}"
    else:
        # In the order of the index by person and kind. Were it another one, rows would be looked
        # at more closely, and nothing else.
        aggregate = f"SELECT group_concat({entry}, '') FROM directory_number n {where}"
    return f"COALESCE(({aggregate}), '')"


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
    for number in _numbers_of(ids if numbers is None else numbers, _LIGHT):
        if somebody := found.get(number["person_id"]):
            somebody.numbers.append(number)
    return found


def whole_numbers(ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """All columns of all numbers of these people, by the person's id."""
    found: dict[int, list[dict[str, Any]]] = {pk: [] for pk in ids}
    for number in _numbers_of(ids, NUMBER):
        found[number["person_id"]].append(number)
    return found


def add_owned(people: Mapping[int, Known]) -> None:
    """Fills in what each of them keeps by hand."""
    for pk, fields in owned.fields_of_all(people).items():
        people[pk].owned = fields


def _numbers_of(ids: Sequence[int], columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    if not ids:
        return
    condition, params = tables.among("person_id", ids)
    names = ", ".join(f'"{column}"' for column in columns)
    question = f'SELECT {names} FROM directory_number WHERE {condition} ORDER BY kind, "order", id'
    for row in tables.fetch(question, params):
        yield dict(zip(columns, row, strict=True))
