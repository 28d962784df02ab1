"""The few places where SQLite and PostgreSQL have to be asked in different words."""

# ruff: noqa: S608 — questions are put together of our own words; texts are parameters

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from clicktodial.prepared import Row, array_of, fetch, is_postgres, run, run_each

__all__ = ["Row", "fetch", "is_postgres"]

_MOST_MARKS = 40  # ids that are written one by one
_FEW = 8  # ids that are compared sooner than hashed


class Condition(NamedTuple):
    """A piece of a question and what its %s stand for."""

    text: str
    params: tuple[Any, ...] = ()


def one_of(column: str, ids: Sequence[int]) -> Condition:
    """Whether a column is one of these ids; few different questions for many of them."""
    if is_postgres():
        return Condition(f"{column} = ANY({ARRAY})", (array(ids),))
    if len(ids) <= _MOST_MARKS:
        return Condition(f"{column} IN ({marks(len(ids))})", tuple(ids))
    return Condition(f"{column} IN (SELECT value FROM json_each(%s))", (array(ids),))


def is_among(column: str, ids: Sequence[int]) -> Condition:
    """The same of a row already at hand, where no index is to be looked up by it.

    PostgreSQL goes through an array from its beginning for each row, and makes a hash table of a
    subquery once. It is to stand beside an OR or behind a NOT: alone it may become a join.
    """
    if is_postgres() and len(ids) > _FEW:
        return Condition(f"{column} IN (SELECT unnest({ARRAY}))", (array(ids),))
    return one_of(column, ids)


def joined_person(person: str) -> str:
    """A join with the row `p` of a person, looked up by its id.

    PostgreSQL takes a limit for the number of rows to come, and would sooner read everybody.
    """
    if is_postgres():
        row = f"SELECT * FROM directory_person WHERE id = {person} OFFSET 0"
        return f"CROSS JOIN LATERAL ({row}) AS p"
    return f"JOIN directory_person p ON p.id = {person}"


ARRAY = "%s::bigint[]"
"""What PostgreSQL takes an `array` for; a driver takes longer to send thousands of ids."""


def array(ids: Iterable[int]) -> str:
    return _array(tuple(ids), is_postgres())


@lru_cache(maxsize=100)
def _array(ids: tuple[int, ...], is_for_postgres: bool) -> str:
    listed = ",".join(map(str, ids))
    return f"{{{listed}}}" if is_for_postgres else f"[{listed}]"


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
    if is_postgres():
        types = ", ".join(
            "%s::text[]" if isinstance(value, str) else "%s::bigint[]" for value in rows[0]
        )
        columns = [array_of(column) for column in zip(*rows, strict=True)]
        run(many.format(rows=f"unnest({types})"), columns)
        return
    if rest:
        one += f" VALUES ({', '.join(['%s'] * len(rows[0]))}) {rest}"
    run_each(one, rows)
