"""Keeps the search keys of people and places; ordinary saves do so by signals.

Whoever writes in bulk calls these afterwards, in the transaction of the rows themselves.
"""

# ruff: noqa: S608 — questions are put together of our own words; texts are parameters

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import transaction

from directory.models import Department, Location, Person, PersonText, PlaceKey, PlacesStamp
from directory.search import document, spelling, sql
from directory.search.keys import KEY, TABLES, Rows, Text

BATCH = 500
FIELDS = frozenset(
    [
        "given_name",
        "preferred_name",
        "family_name",
        "title",
        "room",
        "email",
        "cucm_user_id",
        "department",
        "department_id",
        "location",
        "location_id",
        "kind",
        "is_active",
    ]
)
"""What a person's keys are made of."""
KINDS = {str(kind): place for place, kind in enumerate(Person.Kind.values)}
ENTRY = ("given_name", "preferred_name", "family_name", "title", "room", "email", "cucm_user_id")
_NAMES = frozenset(["given_name", "preferred_name", "family_name"])
_WORDS = _NAMES | {"title", "room", "email", "cucm_user_id"}
_SPELT = _NAMES | {"title"}
_SAID = ("sort_key", "is_active", "department_id", "location_id", "kind", *ENTRY)
_BULK_CACHE = 256_000  # KiB

_SAVED = (
    f"SELECT {', '.join(f'p.{each}' for each in _SAID)}, "
    f"{', '.join(f't.{each}' for each in Text._fields)} FROM directory_person p "
    "LEFT JOIN directory_persontext t ON t.person_id = p.id WHERE p.id = %s"
)


def refresh(person_ids: Iterable[int], *, fields: Iterable[str] = FIELDS) -> int:
    """Writes what changed of the keys of these people; how many people that were.

    Who knows that no other of the FIELDS have changed says so: less has to be looked at then.
    """
    alike = frozenset(fields)
    return sum(_refresh(dict.fromkeys(batch, alike)) for batch in _batches(person_ids))


def refresh_each(changed: Mapping[int, Collection[str]], *, rows: Rows) -> None:
    """The same, of each person by the fields that have changed; `rows` writes when it likes to."""
    _refresh(changed, rows=rows)


@contextmanager
def gathered() -> Iterator[Rows]:
    """The key rows of one transaction, written at its end at the latest."""
    rows = Rows()
    yield rows
    rows.write()


def rewrite(person_ids: Iterable[int]) -> int:
    """Writes all keys of these people, whatever stands there; how many people that were."""
    return _refresh(dict.fromkeys(person_ids, FIELDS), keep=False)


@contextmanager
def in_bulk() -> Iterator[None]:
    """Many refreshes on this connection: SQLite keeps more of its tables in memory meanwhile."""
    if sql.is_postgres():
        yield
        return
    [(before,)] = sql.fetch("PRAGMA cache_size", [])
    sql.fetch(f"PRAGMA cache_size = {-_BULK_CACHE}", [])
    try:
        yield
    finally:
        sql.fetch(f"PRAGMA cache_size = {before}", [])


def sweep() -> None:
    """Removes keys of people that nothing else in the index knows, as a restored table may have."""
    for table in TABLES:
        orphans = f"SELECT DISTINCT key, person_id FROM {table} k WHERE NOT EXISTS "
        orphans += "(SELECT 1 FROM directory_persontext t WHERE t.person_id = k.person_id)"
        sql.delete(table, KEY, sql.fetch(orphans, []))


def forget(person_ids: Iterable[int]) -> None:
    """Removes the keys of people who are no longer there."""
    for batch in _batches(person_ids):
        with transaction.atomic():
            _change(texts_of(batch), {}, keep=True)


def refresh_saved(person: Person, *, fields: frozenset[str] | None = None) -> None:
    """Writes what changed of the keys of a person just saved: all of them, or these fields."""
    if fields is not None and not FIELDS & fields:
        return
    with transaction.atomic(savepoint=False):
        # What was not saved, or not even loaded, may stand otherwise in the row than here.
        [row] = sql.fetch(_SAVED, [person.pk])
        sort_key, is_active, *place = row[:5]
        entry = document.Entry(*row[5 : len(_SAID)])
        if sort_key != document.sort_key(shown=entry.preferred or entry.given, family=entry.family):
            refresh([person.pk])
            return
        before = Text(*row[len(_SAID) :])
        old = {person.pk: before} if before.person_id else {}
        fresh = {person.pk: text_of(person.pk, entry, *place)} if is_active else {}
        if fresh != old:
            _change(old, fresh, keep=True)
            _learn({person.pk: entry}, old=old, fresh=fresh)


@transaction.atomic
def _refresh(
    changed: Mapping[int, Collection[str]], *, keep: bool = True, rows: Rows | None = None
) -> int:
    people = _people(list(changed))
    old = texts_of(list(changed))
    fresh: dict[int, Text] = {}
    entries: dict[int, document.Entry] = {}
    moved: list[Person] = []
    for pk, sort_key, is_active, department, location, kind, *said in people:
        entry = document.Entry(*said)
        fields = changed[pk]
        if not _NAMES.isdisjoint(fields):
            key = document.sort_key(shown=entry.preferred or entry.given, family=entry.family)
            if key != sort_key:
                moved.append(Person(pk=pk, sort_key=key))
        if is_active:
            before = old.get(pk) if keep else None
            fresh[pk] = text_of(pk, entry, department, location, kind, before=before, fields=fields)
            if before is None or not _SPELT.isdisjoint(fields):
                entries[pk] = entry
    _change(old, fresh, keep=keep, rows=rows)
    _learn(entries, old=old if keep else {}, fresh=fresh)
    if moved:
        Person.objects.bulk_update(moved, ["sort_key"], batch_size=100)
    return len(people)


def _people(ids: list[int]) -> list[tuple[Any, ...]]:
    """What is said of these people; nobody else changes it before this transaction ends."""
    question = (
        f"SELECT id, {', '.join(_SAID)} FROM directory_person "
        f"WHERE id IN ({sql.marks(len(ids))}) ORDER BY id"
    )
    lock = " FOR UPDATE" if sql.is_postgres() else ""
    return sql.fetch(question + lock, ids) if ids else []


def text_of(
    pk: int, entry: document.Entry, department: int | None, location: int | None, kind: str, *,
    before: Text | None = None, fields: Collection[str] = FIELDS,
) -> Text:  # fmt: skip
    """What is made of a person; of what went `before`, that of which no field has changed."""
    names = before.names if before and _NAMES.isdisjoint(fields) else document.names_text(entry)
    words = before.words if before and _WORDS.isdisjoint(fields) else document.words_text(entry)
    return Text(pk, names, words, department or 0, location or 0, KINDS[kind])


def texts_of(person_ids: list[int]) -> dict[int, Text]:
    question = (
        f"SELECT {', '.join(Text._fields)} FROM directory_persontext "
        f"WHERE person_id IN ({sql.marks(len(person_ids))})"
    )
    found = sql.fetch(question, person_ids) if person_ids else []
    return {row[0]: Text._make(row) for row in found}


def _learn(
    entries: dict[int, document.Entry], *, old: dict[int, Text], fresh: dict[int, Text]
) -> None:
    """Adds the words of names and titles that may be meant by a mistyped one."""
    words: set[str] = set()
    for pk, entry in entries.items():
        if pk in fresh and (pk not in old or old[pk][1:3] != fresh[pk][1:3]):
            words.update(fresh[pk].names.split(), document.plain_words((entry.title,)))
            if pk in old:
                words.difference_update(old[pk].names.split())
    spelling.learn(words)


def _change(
    old: dict[int, Text], fresh: dict[int, Text], *, keep: bool, rows: Rows | None = None
) -> None:
    """From what stands there to what should; with `keep`, only what differs is touched."""
    texts = [text for pk, text in fresh.items() if not keep or old.get(pk) != text]
    left = old.keys() - fresh.keys()
    keys = rows or Rows()
    keys.change(old, texts, left=left, all_new=not keep)
    if rows is None:
        keys.write()
    sql.write("directory_persontext", Text._fields, ("person_id",), texts)
    if left:
        PersonText.objects.filter(pk__in=left).delete()


def refresh_departments(ids: Iterable[int]) -> None:
    """Writes the keys of these departments anew."""
    rows = Department.objects.values_list("pk", "name", "code")
    _refresh_places(
        ids, rows.filter(pk__in=list(ids)), lambda pk, key: PlaceKey(department_id=pk, key=key)
    )


def refresh_locations(ids: Iterable[int]) -> None:
    """Writes the keys of these locations anew."""
    rows = Location.objects.values_list("pk", "name", "code", "city")
    _refresh_places(
        ids, rows.filter(pk__in=list(ids)), lambda pk, key: PlaceKey(location_id=pk, key=key)
    )


@transaction.atomic
def _refresh_places(
    ids: Iterable[int], rows: Iterable[tuple[Any, ...]], place_key: Callable[[int, str], PlaceKey]
) -> None:
    keys = [place_key(pk, key) for pk, *texts in rows for key in document.plain_words(texts)]
    field = "department_id" if place_key(0, "").department_id == 0 else "location_id"
    PlaceKey.objects.filter(**{f"{field}__in": list(ids)}).delete()
    PlaceKey.objects.bulk_create(keys)
    spelling.learn({key.key for key in keys})
    places_changed()


def places_changed() -> None:
    """Tells every process that what it remembers of departments and locations is old."""
    PlacesStamp.objects.update_or_create(pk=1, defaults={"stamp": secrets.randbits(62)})


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch
