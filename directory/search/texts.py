"""Conditions on all that is known of a person, for words that one range of keys cannot answer."""

# ruff: noqa: S608 — questions are put together of our own words; texts are parameters

from collections.abc import Iterator, Sequence

from directory.search import scans, sql
from directory.search.found import shown_numbers
from directory.search.places import LAST
from directory.search.scans import NAMES, WORDS, Scan, Table
from directory.search.sql import Condition
from directory.search.terms import Digits, Term, Terms
from directory.visibility import Viewer

_MOST_TRIED = 5000
_MOST_NUMBERS = 1000


def any_of(conditions: Sequence[Condition]) -> Condition:
    return Condition(
        f"({' OR '.join(each.text for each in conditions)})",
        tuple(param for each in conditions for param in each.params),
    )


def all_of(conditions: Sequence[Condition]) -> Condition:
    return Condition(
        f"({' AND '.join(each.text for each in conditions) or '1 = 1'})",
        tuple(param for each in conditions for param in each.params),
    )


def not_named(word: str, *whole: str, person: str = "x.person_id") -> tuple[Condition, ...]:
    """Nothing in the name begins so or is one of the whole words: nobody is found twice."""
    ways = [Condition(sql.contains("(t.names || ' ')"), (f" {each} ",)) for each in whole]
    if word:
        ways.append(Condition(sql.contains("t.names"), (f" {word}",)))
    if not ways:
        return ()
    named = any_of(ways)
    return (
        Condition(
            f"NOT EXISTS (SELECT 1 FROM directory_persontext t WHERE t.person_id = {person} "
            f"AND {named.text})",
            named.params,
        ),
    )


def in_key(term: Term) -> Condition:
    """The word begins a further word of the name, or names the place; told by the key alone."""
    ways = [Condition(sql.contains("x.key"), (f" {term.word}",))]
    for other in term.others:
        ways.append(Condition(sql.contains("(x.key || ' ')"), (f" {other} ",)))
    if term.departments:
        ways.append(sql.is_among("x.department_id", term.departments))
    if term.locations:
        ways.append(sql.is_among("x.location_id", term.locations))
    return any_of(ways)


def in_text(term: Term, viewer: Viewer) -> Condition:
    """The term is true of the person of a text `t`, in whatever way."""
    ways = []
    if term.word:
        ways += [Condition(sql.contains("t.names"), (f" {term.word}",)), word_begins(term.word)]
        for other in term.others:
            ways.append(Condition(sql.contains("(t.names || ' ')"), (f" {other} ",)))
        if term.departments:
            ways.append(sql.is_among("t.department_id", term.departments))
        if term.locations:
            ways.append(sql.is_among("t.location_id", term.locations))
    if term.digits:
        question, params = shown_numbers("person_id", to=viewer)
        goes = any_of([_exactly(term.digits), *(each for _, each in _partly(term.digits))])
        ways.append(
            Condition(
                f"EXISTS ({question} AND directory_number.person_id = t.person_id AND {goes.text})",
                (*params, *goes.params),
            )
        )
    return any_of(ways)


def word_begins(word: str) -> Condition:
    return Condition(sql.contains("t.words"), (f" {word}",))


def _exactly(digits: Digits) -> Condition:
    marks = ", ".join(["%s"] * len(digits.whole))
    return Condition(
        f"(directory_number.key IN ({marks}) OR directory_number.extension IN ({marks}))",
        (*digits.whole, *digits.whole),
    )


def _partly(digits: Digits) -> Iterator[tuple[str, Condition]]:
    begins = "directory_number.{0} >= %s AND directory_number.{0} < %s"
    for beginning in digits.beginnings:
        yield "key", Condition(begins.format("key"), (beginning, beginning + LAST))
    for ending, back in zip(digits.endings, digits.backwards, strict=True):
        yield (
            "reversed_key",
            Condition(begins.format("reversed_key"), (back, back + LAST)),
        )
        yield "extension", Condition(begins.format("extension"), (ending, ending + LAST))


def how_many(asked: Terms, scope: object, most: int) -> Condition:
    """By how many keys each word is found, as far as is counted."""
    counts = [
        scans.counted(
            [Scan(table, (scans.begun(term.word),)) for table in (NAMES, WORDS)], most=most
        )
        for term in asked.terms
    ]
    return Condition(
        f"SELECT {', '.join(each.text for each in counts)}",
        tuple(param for each in counts for param in each.params),
    )


def sources(term: Term, viewer: Viewer) -> Iterator[Condition]:
    """Everybody of whom one term may be true, as questions for `i`: exactly first, then partly."""
    if term.digits:
        question, params = shown_numbers("person_id", to=viewer)
        whole = _exactly(term.digits)
        yield Condition(
            f"{question} AND {whole.text} ORDER BY directory_number.key, directory_number.id "
            f"LIMIT {_MOST_NUMBERS}",
            (*params, *whole.params),
        )
        parts: list[str] = []
        values: list[object] = []
        for column, condition in _partly(term.digits):
            parts.append(
                f"SELECT * FROM ({question} AND {condition.text} "
                f"ORDER BY directory_number.{column}, directory_number.id "
                f"LIMIT {_MOST_NUMBERS}) AS n{len(parts)}"
            )
            values += [*params, *condition.params]
        yield Condition(" UNION ".join(parts), tuple(values))
    if not term.word:
        return
    yield _people_of(NAMES, scans.whole(term.word))
    yield _people_of(NAMES, scans.longer(term.word))
    unnamed = scans.first(term.word)
    yield _people_of(WORDS, scans.whole(term.word), unnamed)
    yield _people_of(WORDS, scans.longer(term.word), unnamed)
    for other in term.others:
        yield _people_of(NAMES, scans.whole(other))
    for column, ids in (("department_id", term.departments), ("location_id", term.locations)):
        if ids:
            chosen = sql.one_of(column, ids)
            yield Condition(
                f"SELECT id AS person_id FROM directory_person WHERE {chosen.text} AND is_active "
                f"LIMIT {_MOST_TRIED}",
                chosen.params,
            )


def _people_of(table: Table, *conditions: Condition) -> Condition:
    where = all_of(conditions)
    return Condition(
        f"SELECT x.person_id FROM {table.name} x WHERE {where.text} "
        f"ORDER BY x.key, x.person_id LIMIT {_MOST_TRIED}",
        where.params,
    )


def question(
    source: Condition, conditions: Sequence[Condition], *, viewer: Viewer, order: int
) -> Condition:
    """Those of a source of whom everything is true: near ones first, then by name."""
    where = all_of(conditions)
    # Who is asked for nothing more needs no look at their text.
    at = "t" if conditions else "p"
    text = "JOIN directory_persontext t ON t.person_id = p.id " if conditions else ""
    near = f"CASE WHEN {at}.department_id = %s THEN 0 WHEN {at}.location_id = %s THEN 1 ELSE 2 END"
    return Condition(
        f"SELECT DISTINCT {order} + {near} AS o, p.sort_key AS k, p.id AS i "
        f"FROM ({source.text}) AS q {sql.joined_person('q.person_id')} {text}"
        f"WHERE p.is_active AND {where.text} ORDER BY o, k, i",
        (viewer.department_id or -1, viewer.location_id or -1, *source.params, *where.params),
    )


def favourites(conditions: Sequence[Condition], *, viewer: Viewer) -> Condition:
    where = all_of(conditions)
    return Condition(
        "SELECT 0 AS o, p.sort_key AS k, p.id AS i FROM directory_favourite f "
        "JOIN directory_persontext t ON t.person_id = f.person_id "
        "JOIN directory_person p ON p.id = f.person_id "
        f"WHERE f.user_id = %s AND p.is_active AND {where.text} ORDER BY k, i",
        (viewer.user_id, *where.params),
    )
