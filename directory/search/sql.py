"""The few places where SQLite and PostgreSQL have to be asked in different words."""

# ruff: noqa: S608 — questions are put together of our own words; texts are parameters

import json
import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections

Row = tuple[Any, ...]
_ASKED_BEFORE = 2  # times, before PostgreSQL keeps a question's plan
_MOST_KEPT = 400  # plans on one connection
_MOST_MARKS = 40  # ids that are written one by one


class Condition(NamedTuple):
    """A piece of a question and what its %s stand for."""

    text: str
    params: tuple[Any, ...] = ()


@cache  # looking at `connection` costs as much as a short question
def is_postgres() -> bool:
    return connection.vendor == "postgresql"


def fetch(sql: str, params: Sequence[Any]) -> list[Row]:
    """The rows of a query with %s for each parameter; a repeated one is not planned again."""
    cursor = _cursor(connections[DEFAULT_DB_ALIAS])
    cursor.execute(sql, params)
    rows: list[Row] = cursor.fetchall()
    return rows


def _cursor(database: Any) -> Any:
    """A cursor for repeated questions, under all that Django lays around its own."""
    # DISABLE_SERVER_SIDE_CURSORS says that a pooler hands connections around: no place for plans.
    if database.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        return database.cursor()
    database.close_if_health_check_failed()
    database.ensure_connection()
    database.validate_thread_sharing()
    if is_postgres():
        cursor = _postgres_cursor()(database.connection)
    else:
        cursor = database.connection.cursor(factory=_SqliteCursor)
    around = database.make_debug_cursor if database.queries_logged else database.make_cursor
    return around(cursor)


class _SqliteCursor(sqlite3.Cursor):
    """Django's own writes a question anew in SQLite's words each time; this one remembers."""

    def execute(self, query: str, params: Sequence[Any] = ()) -> "sqlite3.Cursor":
        return super().execute(_in_words_of_sqlite(query), params)


@lru_cache(maxsize=1000)
def _in_words_of_sqlite(query: str) -> str:
    return query.replace("%s", "?").replace("%%", "%")


@cache
def _postgres_cursor() -> Any:
    import psycopg
    from psycopg.types.numeric import Int8

    class Cursor(psycopg.RawCursor[Row]):
        """Has its questions prepared; Django's own cursors send the values in the text."""

        def __init__(self, connection: Any) -> None:
            super().__init__(connection)
            connection.prepare_threshold = _ASKED_BEFORE
            connection.prepared_max = _MOST_KEPT

        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            # A number is sent in as many bytes as it needs: each mixture had a plan of its own.
            same = [_alike(each) for each in params]
            return super().execute(_in_words_of_postgres(query), same, **options)

    def _alike(value: Any) -> Any:
        if type(value) is int:
            return Int8(value)
        return [Int8(each) for each in value] if type(value) is list else value

    return Cursor


@lru_cache(maxsize=1000)
def _in_words_of_postgres(query: str) -> str:
    first, *rest = query.split("%s")
    numbered = (f"${number}{part}" for number, part in enumerate(rest, start=1))
    return "".join((first, *numbered)).replace("%%", "%")


def one_of(column: str, ids: Sequence[int]) -> Condition:
    """Whether a column is one of these ids; few different questions for many of them."""
    if is_postgres():
        return Condition(f"{column} = ANY(%s)", (list(ids),))
    if len(ids) <= _MOST_MARKS:
        return Condition(f"{column} IN ({marks(len(ids))})", tuple(ids))
    return Condition(f"{column} IN (SELECT value FROM json_each(%s))", (json.dumps(ids),))


def contains(column: str) -> str:
    """Whether a column's text has the parameter in it."""
    return f"{'strpos' if is_postgres() else 'instr'}({column}, %s) > 0"


def padded(column: str, digits: int) -> str:
    """A whole number as text in which more digits do not come before fewer."""
    if is_postgres():
        return f"lpad({column}::text, {digits}, '0')"
    return f"printf('%%0{digits}d', {column})"


def marks(count: int) -> str:
    return ", ".join(["%s"] * count)


def listed(ids: Iterable[int]) -> str:
    """Ids as they stand behind IN; `(0)`, which nobody has, for none."""
    return f"({','.join(map(str, map(int, ids))) or '0'})"


def write(table: str, columns: Sequence[str], key: Sequence[str], rows: Sequence[Row]) -> None:
    """Inserts these rows, or replaces those that have the same key."""
    if not rows:
        return
    fresh = ", ".join(f"{each} = excluded.{each}" for each in columns if each not in key)
    conflict = f"ON CONFLICT ({', '.join(key)}) DO {f'UPDATE SET {fresh}' if fresh else 'NOTHING'}"
    into = f"INSERT INTO {table} ({', '.join(columns)})"
    _run(into + " SELECT * FROM {rows} WHERE true " + conflict, rows, into, conflict)


def delete(table: str, key: Sequence[str], rows: Sequence[Row]) -> None:
    """Deletes the rows that have these keys."""
    if not rows:
        return
    same = " AND ".join(f"{table}.{each} = gone.{each}" for each in key)
    many = f"DELETE FROM {table} USING {{rows}} AS gone({', '.join(key)}) WHERE {same}"
    each = f"DELETE FROM {table} WHERE {' AND '.join(f'{name} = %s' for name in key)}"
    _run(many, rows, each, "")


def _run(many: str, rows: Sequence[Row], one: str, rest: str) -> None:
    """In one statement where arrays can be sent, otherwise row by row in the same process."""
    with connection.cursor() as cursor:
        if is_postgres():
            types = ", ".join(
                "%s::text[]" if isinstance(value, str) else "%s::bigint[]" for value in rows[0]
            )
            columns = [list(column) for column in zip(*rows, strict=True)]
            cursor.execute(many.format(rows=f"unnest({types})"), columns)
            return
        if rest:
            one += f" VALUES ({', '.join(['%s'] * len(rows[0]))}) {rest}"
        cursor.executemany(one, rows)
