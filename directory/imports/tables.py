"""Many rows at once, in the quickest way each database has."""

# ruff: noqa: S608 — questions are put together of our own words; texts are parameters

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection

from clicktodial.prepared import array_of

BATCH = 1000
CACHE = 2048  # KiB
T = TypeVar("T")


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


@contextmanager
def little_memory() -> Iterator[None]:
    """While this lasts SQLite keeps few of its pages in memory: an import needs each but once."""
    if is_postgres():
        yield
        return
    [(before,)] = fetch("PRAGMA cache_size")
    run(f"PRAGMA cache_size = {-CACHE}")
    try:
        yield
    finally:
        run(f"PRAGMA cache_size = {before}")


def batches(things: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch


def fetch(question: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def run(statement: str, params: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def among(column: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """A condition that a column holds one of these, with its parameters."""
    if is_postgres():
        return f"{column} = ANY(%s)", [array_of(values)]
    # One parameter, since Django goes over each in turn.
    return f"{column} IN (SELECT value FROM json_each(%s))", [json.dumps(list(values))]


def values(column: str, numbers: Sequence[int]) -> tuple[str, list[Any]]:
    """These numbers as a table of one column, with its parameters.

    A table joined with it is asked for each by its index; with `among` PostgreSQL may rather read
    all of the table, and once more for the next thousand numbers.
    """
    if is_postgres():
        return f"unnest(%s::bigint[]) AS asked({column})", [array_of(numbers)]
    return f"(SELECT value AS {column} FROM json_each(%s))", [json.dumps(numbers)]


def new_ids(table: str, count: int) -> list[int]:
    """So many ids that nobody has had, for rows that this transaction inserts."""
    if is_postgres():
        question = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        return sorted(pk for (pk,) in fetch(question, [table, count]))
    # The one writer is us; the sequence follows the highest id by itself.
    rows = fetch("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    last = rows[0][0] if rows else 0
    return list(range(last + 1, last + 1 + count))


def insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Adds these rows; dates and the like are the database's own business."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if is_postgres():
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(rows))


def update(table: str, changes: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Writes for each id the columns that are to change; those alike go together."""
    alike: dict[tuple[str, ...], list[list[Any]]] = defaultdict(list)
    for pk, values in changes:
        columns = tuple(values)
        alike[columns].append([*values.values(), pk])
    for columns, rows in alike.items():
        _update(table, columns, rows)


def _update(table: str, columns: Sequence[str], rows: list[list[Any]]) -> None:
    with connection.cursor() as cursor:
        if not is_postgres():
            sets = ", ".join(f'"{column}" = %s' for column in columns)
            cursor.executemany(f'UPDATE "{table}" SET {sets} WHERE id = %s', rows)
            return
        types = _types(table)
        arrays = ", ".join(f"%s::{types[column]}[]" for column in (*columns, "id"))
        names = ", ".join(f'"{column}"' for column in (*columns, "id"))
        sets = ", ".join(f'"{column}" = fresh."{column}"' for column in columns)
        cursor.execute(
            f'UPDATE "{table}" SET {sets} FROM unnest({arrays}) AS fresh({names}) '
            f'WHERE "{table}".id = fresh.id',
            [array_of(column) for column in zip(*rows, strict=True)],
        )


@cache
def _types(table: str) -> dict[str, str]:
    """PostgreSQL's type of each column."""
    model = next(each for each in apps.get_models() if each._meta.db_table == table)
    found = {}
    for field in model._meta.concrete_fields:
        kind = field.rel_db_type(connection) if field.primary_key else field.db_type(connection)
        found[str(field.column)] = str(kind).split(" ")[0].split("(")[0]
    found["id"] = "bigint"
    return found
