"""Keeps the search keys of people and places; ordinary saves do so by signals.

Whoever writes in bulk calls these afterwards, in the transaction of the rows themselves.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction

from directory.models import Department, Location, Person, PersonKey, PlaceKey
from directory.search import document

BATCH = 500
_FIELDS = ("given_name", "preferred_name", "family_name", "title", "room", "email", "cucm_user_id")


def refresh(person_ids: Iterable[int]) -> int:
    """Writes the keys of these people anew; how many people that were."""
    return sum(_refresh(batch) for batch in _batches(person_ids))


@transaction.atomic
def _refresh(person_ids: list[int]) -> int:
    PersonKey.objects.filter(person_id__in=person_ids).delete()
    keys: list[PersonKey] = []
    moved: list[Person] = []
    people = Person.objects.filter(pk__in=person_ids).values_list("pk", "sort_key", *_FIELDS)
    count = 0
    for pk, sort_key, *fields in people:
        entry = document.Entry(*fields)
        names = document.names(entry)
        others = document.words(entry) - names
        keys += (PersonKey(person_id=pk, key=key, is_name=True) for key in names)
        keys += (PersonKey(person_id=pk, key=key, is_name=False) for key in others)
        fresh = document.sort_key(shown=entry.preferred or entry.given, family=entry.family)
        if fresh != sort_key:
            moved.append(Person(pk=pk, sort_key=fresh))
        count += 1
    PersonKey.objects.bulk_create(keys, batch_size=BATCH)
    Person.objects.bulk_update(moved, ["sort_key"], batch_size=100)
    return count


@transaction.atomic
def refresh_departments(ids: Iterable[int]) -> None:
    """Writes the keys of these departments anew."""
    ids = list(ids)
    PlaceKey.objects.filter(department_id__in=ids).delete()
    PlaceKey.objects.bulk_create(
        PlaceKey(department_id=pk, key=key)
        for pk, *texts in Department.objects.filter(pk__in=ids).values_list("pk", "name", "code")
        for key in document.plain_words(texts)
    )


@transaction.atomic
def refresh_locations(ids: Iterable[int]) -> None:
    """Writes the keys of these locations anew."""
    ids = list(ids)
    PlaceKey.objects.filter(location_id__in=ids).delete()
    rows = Location.objects.filter(pk__in=ids).values_list("pk", "name", "code", "city")
    PlaceKey.objects.bulk_create(
        PlaceKey(location_id=pk, key=key)
        for pk, *texts in rows
        for key in document.plain_words(texts)
    )


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch
