"""Ways to come by people: ranges of sorted keys, read in order and no further than needed."""

# ruff: noqa: S608 — questions are put together of our own words; texts are parameters

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from directory.search import sql
from directory.search.found import Place
from directory.search.places import LAST
from directory.search.sql import Condition

MOST_MERGED = 4
_MOST_OF_A_GROUP = 2001
_DIGITS = 12  # of an id, in front of a key that is read department by department


class Table(NamedTuple):
    name: str
    key: str
    person: str


NAMES = Table("directory_personkey", "key", "person_id")
WORDS = Table("directory_wordkey", "key", "person_id")
PEOPLE = Table("directory_person", "sort_key", "id")


@dataclass(frozen=True, slots=True)
class Scan:
    """People of a table under conditions, in the order of the table's key.

    `by` is a column and its values: each value's part of an index is read in order. A few such
    parts are merged, many people's parts follow each other. A scan with a `question` of its own,
    which lacks its limit, gives order, key, person.
    """

    table: Table = PEOPLE
    conditions: tuple[Condition, ...] = ()
    by: tuple[str, tuple[int, ...]] = ("", ())
    question: Condition | None = None

    def where(self, *more: Condition) -> "Scan":
        return Scan(self.table, self.conditions + more, self.by, self.question)


def whole(word: str) -> Condition:
    """The keys whose first word is exactly this."""
    return Condition("x.key >= %s AND x.key < %s", (word, word + "!"))


def longer(word: str) -> Condition:
    """The keys whose first word begins so and goes on."""
    return Condition("x.key >= %s AND x.key < %s", (word + "!", word + LAST))


def begun(word: str) -> Condition:
    return Condition("x.key >= %s AND x.key < %s", (word, word + LAST))


def first(word: str) -> Condition:
    """Only where a person is met for the first time among the keys that begin so."""
    return Condition("x.shared < length(%s)", (word,))


def among(column: str, ids: Sequence[int]) -> Condition:
    return sql.one_of(f"x.{column}", ids)


def not_among(column: str, ids: Sequence[int]) -> Condition:
    found = sql.is_among(f"x.{column}", ids)
    return Condition(f"(x.{column} IS NULL OR NOT {found.text})", found.params)


def read(
    scans: Sequence[tuple[int, Scan]], *, place: Place | None, limit: int, last: int
) -> Condition:
    """One question for the scans, one after the other: order, key and person.

    Each gives at most `limit`, all together `last`. From a `place`, reading begins behind it or,
    backwards, before it.
    """
    back = place is not None and place.back
    parts: list[str] = []
    params: list[Any] = []
    for order, scan in reversed(scans) if back else scans:
        start = None
        if place is not None and not scan.question:
            if (order > place.scan) if back else (order < place.scan):
                continue
            start = place if order == place.scan else None
        text, values = scan.question or _question(
            scan, order=order, start=start, back=back, limit=limit
        )
        parts.append(f"SELECT * FROM ({text} LIMIT {limit}) AS s{len(parts)}")
        params += values
    if not parts:
        return Condition("SELECT 0 AS o, '' AS k, 0 AS i WHERE 1 = 0")
    return Condition(f"{' UNION ALL '.join(parts)} LIMIT {last}", tuple(params))


def _question(scan: Scan, *, order: int, start: Place | None, back: bool, limit: int) -> Condition:
    table = scan.table
    conditions = [*scan.conditions, *_living(table)]
    if table is PEOPLE and len(scan.by[1]) > MOST_MERGED:
        return _in_groups(scan, conditions, order=order, start=start, back=back)
    if start is not None:
        side = "<" if back else ">"
        conditions.append(
            Condition(
                f"(x.{table.key}, x.{table.person}) {side} (%s, %s)", (start.key, start.person)
            )
        )
    way = " DESC" if back else ""
    head = f"SELECT {order} AS o, x.{table.key} AS k, x.{table.person} AS i FROM {table.name} x"
    tail = f" ORDER BY x.{table.key}{way}, x.{table.person}{way}"
    column, values = scan.by
    if len(values) < 2 or len(values) > MOST_MERGED:
        if values:
            conditions.insert(0, _one_of(column, values))
        where, params = _all(conditions)
        return Condition(f"{head} WHERE {where}{tail}", params)
    where, params = _all(conditions)
    branches = " UNION ALL ".join(
        f"SELECT * FROM ({head} WHERE x.{column} = %s AND {where}{tail} LIMIT {limit}) AS d{number}"
        for number in range(len(values))
    )
    return Condition(
        f"SELECT * FROM ({branches}) AS m ORDER BY k{way}, i{way}",
        tuple(param for value in values for param in (value, *params)),
    )


def _in_groups(
    scan: Scan, conditions: list[Condition], *, order: int, start: Place | None, back: bool
) -> Condition:
    """One group behind the other, in the order of an index, so that nothing has to be sorted."""
    column, values = scan.by
    way, side = (" DESC", "<") if back else ("", ">")
    group = sql.padded(f"x.{column}", _DIGITS)
    head = f"SELECT {order} AS o, {group} || x.sort_key AS k, x.id AS i FROM directory_person x"
    if start is not None and start.key[:_DIGITS].isdecimal():
        at = int(start.key[:_DIGITS])
        values = tuple(each for each in values if (each <= at if back else each >= at))
        conditions.append(
            Condition(
                f"(x.{column}, x.sort_key, x.id) {side} (%s, %s, %s)",
                (at, start.key[_DIGITS:], start.person),
            )
        )
    where, params = _all(conditions)
    if sql.is_postgres():
        # An index gives no order over a list of values there, so each is asked for in turn.
        head = head.replace(" FROM directory_person x", "")
        return Condition(
            f"SELECT g.o, g.k, g.i FROM unnest({sql.ARRAY}) WITH ORDINALITY AS v(id, turn) "
            f"CROSS JOIN LATERAL ({head} FROM directory_person x WHERE x.{column} = v.id AND "
            f"{where} ORDER BY x.sort_key{way}, x.id{way} LIMIT {_MOST_OF_A_GROUP}) AS g",
            (sql.array(reversed(values) if back else values), *params),
        )
    chosen = among(column, values)
    return Condition(
        f"{head} WHERE {chosen.text} AND {where} "
        f"ORDER BY x.{column}{way}, x.sort_key{way}, x.id{way}",
        (*chosen.params, *params),
    )


def counted(scans: Sequence[Scan], *, most: int) -> Condition:
    """How many people the scans give, each counted as far as `most`; a scalar expression.

    Where the first gives more than that, the others are not counted.
    """
    counts = [_counted(scan, most=most) for scan in scans] or [Condition("0")]
    if len(counts) == 1:
        return counts[0]
    first, *rest = counts
    more = " + ".join(each.text for each in rest)
    return Condition(
        f"(SELECT CASE WHEN n > {most} THEN n ELSE n + {more} END "
        f"FROM (SELECT {first.text} AS n LIMIT 1) AS m)",
        (*(param for each in rest for param in each.params), *first.params),
    )


def _counted(scan: Scan, *, most: int) -> Condition:
    conditions = [*scan.conditions, *_living(scan.table)]
    column, values = scan.by
    rows = f"SELECT 1 FROM {scan.table.name} x WHERE"
    if len(values) > 1 and sql.is_postgres():
        # Over a list of values it would read all of an index before the first row.
        where, params = _all([Condition(f"x.{column} = v.id"), *conditions])
        rows = f"SELECT 1 FROM unnest({sql.ARRAY}) AS v(id) CROSS JOIN LATERAL ({rows}"
        where, params = f"{where} LIMIT {most + 1}) AS g", (sql.array(values), *params)
    else:
        where, params = _all([*([_one_of(*scan.by)] if values else []), *conditions])
    return Condition(
        f"(SELECT count(*) FROM ({rows} {where} LIMIT {most + 1}) AS c)",
        params,
    )


def _living(table: Table) -> tuple[Condition, ...]:
    return (Condition("x.is_active"),) if table is PEOPLE else ()


def _one_of(column: str, values: tuple[int, ...]) -> Condition:
    return Condition(f"x.{column} = %s", values) if len(values) == 1 else among(column, values)


def _all(conditions: Sequence[Condition]) -> Condition:
    return Condition(
        " AND ".join(each.text for each in conditions) or "1 = 1",
        tuple(param for each in conditions for param in each.params),
    )
