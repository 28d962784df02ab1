"""Which fields people keep themselves: imports ask here, and leave those as they are."""

from collections.abc import Iterable

from directory.models import OwnField, Person

FIELDS = frozenset(
    ["preferred_name", "pronunciation", "photo", "working_hours", "about", "languages", "mobile"]
)
"""Columns of Person by their names; `mobile` stands for the numbers of that kind.

How a number is shown is not among them: `visibility`, `group` and `may_be_dialled` stay with their
row, so an import changes rows instead of writing them anew, and leaves those three alone.
"""
_BATCH = 500


def fields_of(person: Person) -> frozenset[str]:
    """What this person keeps by hand; names of FIELDS."""
    return frozenset(OwnField.objects.filter(person=person).values_list("field", flat=True))


def fields_of_all(person_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """The same of many people, by id; those who keep nothing are left out."""
    ids = list(person_ids)
    found: dict[int, set[str]] = {}
    for start in range(0, len(ids), _BATCH):
        rows = OwnField.objects.filter(person__in=ids[start : start + _BATCH])
        for person_id, field in rows.values_list("person_id", "field"):
            found.setdefault(person_id, set()).add(field)
    return {person_id: frozenset(fields) for person_id, fields in found.items()}


def keep(person: Person, *, fields: Iterable[str]) -> None:
    """From now on imports leave these fields of the person alone."""
    for field in FIELDS.intersection(fields):
        OwnField.objects.update_or_create(person=person, field=field)


def let_go(person: Person, *, fields: Iterable[str]) -> None:
    """From the next import on the source says again what stands in these fields."""
    OwnField.objects.filter(person=person, field__in=list(fields)).delete()
