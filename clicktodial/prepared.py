"""Questions to the database that are asked again and again, in as little time as they can take.

Django's own way to ask writes a question anew for the driver each time, and PostgreSQL plans it
anew; here both know it again. Everything else is as with Django's cursors.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection, connections

Row = tuple[Any, ...]
_ASKED_BEFORE = 2  # times, before PostgreSQL keeps a question's plan
_MOST_KEPT = 400  # plans on one connection


@cache  # looking at `connection` costs as much as a short question
def is_postgres() -> bool:
    return connection.vendor == "postgresql"


def fetch(sql: str, params: Sequence[Any]) -> list[Row]:
    """The rows of a query with %s for each parameter; a repeated one is not planned again."""
    database: Any = connections[DEFAULT_DB_ALIAS]
    rows: list[Row]
    if _is_listened_to(database):
        asked = cursor()
        asked.execute(sql, params)
        rows = asked.fetchall()
    else:
        _make_ready(database)
        with database.wrap_database_errors:
            rows = _bare(database).execute(sql, params).fetchall()
    return rows


def run(sql: str, params: Sequence[Any]) -> None:
    """The same for a statement that gives no rows."""
    _write("execute", sql, params)


def run_each(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """The same with each of these rows for its parameters; for SQLite, PostgreSQL takes arrays."""
    _write("executemany", sql, rows)


def _write(method: str, sql: str, params: Sequence[Any]) -> None:
    database: Any = connections[DEFAULT_DB_ALIAS]
    if _is_listened_to(database):
        getattr(cursor(), method)(sql, params)
        return
    _make_ready(database)
    with database.wrap_database_errors:
        getattr(_bare(database), method)(sql, params)


def array_of(values: Iterable[Any]) -> str:
    """An array as PostgreSQL reads it; its driver takes several times as long to write one."""
    return f"{{{','.join(map(_element, values))}}}"


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):  # as truth is
        return str(value)
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def cursor() -> Any:
    """A cursor for repeated questions, under all that Django lays around its own."""
    database: Any = connections[DEFAULT_DB_ALIAS]
    if _is_pooled(database):
        return database.cursor()
    _make_ready(database)
    bare = _postgres_cursor() if is_postgres() else _SqliteCursor
    around = database.make_debug_cursor if database.queries_logged else database.make_cursor
    return around(bare(database.connection))


def _is_listened_to(database: Any) -> bool:
    """Whether somebody wants to hear of each question.

    Nobody does as a rule, and what Django lays around a cursor costs as much as a short question.
    Without it, its errors and its refusal to go on in a broken transaction stay the same.
    """
    return bool(database.execute_wrappers or database.queries_logged or _is_pooled(database))


def _is_pooled(database: Any) -> bool:
    """Whether a pooler hands connections around, as the setting says: no place for plans."""
    return bool(database.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"))


def _make_ready(database: Any) -> None:
    """What Django's own `cursor` and `execute` see to first."""
    database.close_if_health_check_failed()
    if database.connection is None:
        database.ensure_connection()
    database.validate_thread_sharing()
    database.validate_no_broken_transaction()


class _SqliteCursor(sqlite3.Cursor):
    """Django's own writes a question anew in SQLite's words each time; this one remembers."""

    def execute(self, query: Any, params: Any = ()) -> Any:
        return super().execute(_in_words_of_sqlite(query), params)

    def executemany(self, query: Any, rows: Any) -> Any:
        return super().executemany(_in_words_of_sqlite(query), rows)


@lru_cache(maxsize=1000)
def _in_words_of_sqlite(query: str) -> str:
    return query.replace("%s", "?").replace("%%", "%")


def _bare(database: Any) -> Any:
    """The driver's cursor for a question whose rows are fetched at once."""
    if not is_postgres():
        return database.connection.cursor(_SqliteCursor)
    kept = _kept.get(database)  # making one takes as long as asking
    if kept is None or kept.connection is not database.connection:
        kept = _kept[database] = _postgres_cursor()(database.connection)
    return kept


_kept: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()  # by thread, as Django's connections are


@cache
def _postgres_cursor() -> Any:
    import psycopg
    from psycopg.types.numeric import Int8Dumper

    class Cursor(psycopg.RawCursor[Row]):
        """Has its questions prepared; Django's own cursors send the values in the text."""

        def __init__(self, connection: Any) -> None:
            super().__init__(connection)
            connection.prepare_threshold = _ASKED_BEFORE
            connection.prepared_max = _MOST_KEPT
            # A number is sent in as many bytes as it needs: each mixture had a plan of its own.
            self.adapters.register_dumper(int, Int8Dumper)

        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            return super().execute(_in_words_of_postgres(query), params, **options)

    return Cursor


@lru_cache(maxsize=1000)
def _in_words_of_postgres(query: str) -> str:
    first, *rest = query.split("%s")
    numbered = (f"${number}{part}" for number, part in enumerate(rest, start=1))
    return "".join((first, *numbered)).replace("%%", "%")
