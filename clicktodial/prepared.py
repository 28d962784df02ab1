"""Questions to the database that are asked again and again, in as little time as they can take.

Django's own way to ask writes a question anew for the driver each time, and PostgreSQL plans it
anew; here both know it again. Everything else is as with Django's cursors.
"""

import sqlite3
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

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
    # Nobody listens, as nearly always: what Django lays around a cursor costs as much as a short
    # question. Its errors, and its refusal to go on in a broken transaction, are the same.
    if not is_postgres() and not (database.execute_wrappers or database.queries_logged):
        _make_ready(database)
        with database.wrap_database_errors:
            asked = database.connection.execute(_in_words_of_sqlite(sql), params)
            rows: list[Row] = asked.fetchall()
    else:
        asked = cursor()
        asked.execute(sql, params)
        rows = asked.fetchall()
    return rows


def cursor() -> Any:
    """A cursor for repeated questions, under all that Django lays around its own."""
    database: Any = connections[DEFAULT_DB_ALIAS]
    # DISABLE_SERVER_SIDE_CURSORS says that a pooler hands connections around: no place for plans.
    if database.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        return database.cursor()
    _make_ready(database)
    if is_postgres():
        bare = _postgres_cursor()(database.connection)
    else:
        bare = database.connection.cursor(factory=_SqliteCursor)
    around = database.make_debug_cursor if database.queries_logged else database.make_cursor
    return around(bare)


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
            same = [Int8(each) if type(each) is int else each for each in params]
            return super().execute(_in_words_of_postgres(query), same, **options)

    return Cursor


@lru_cache(maxsize=1000)
def _in_words_of_postgres(query: str) -> str:
    first, *rest = query.split("%s")
    numbered = (f"${number}{part}" for number, part in enumerate(rest, start=1))
    return "".join((first, *numbered)).replace("%%", "%")
