"""Does what a plan says: all of it in one transaction, or nothing."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clicktodial.audit import trail
from clicktodial.jobs.kinds import Failed, Progress
from directory.imports import known, tables, writing
from directory.imports.difference import PLACES
from directory.imports.writing import Change
from directory.models import Department, ImportItem, ImportRun, Location, Person
from directory.search import index
from directory.search.keys import Rows

Kind = ImportItem.Kind
State = ImportRun.State
BATCH = 500
_REFERRED = {
    "department_id": "directory_department",
    "location_id": "directory_location",
    "manager_id": "directory_person",
}
CHANGES = (Kind.TIED, Kind.CHANGED, Kind.BACK, Kind.MISSING, Kind.GONE)


class Stale(Failed):
    """The directory is not as it was when the plan was made."""

    def __init__(self, what: str) -> None:
        told = _(
            "“%(what)s” was changed since the plan was made. Nothing was done. Make a new plan."
        )
        super().__init__(told % {"what": what})


def apply(run: ImportRun, *, by: Any, shrink: bool = False, progress: Progress) -> None:
    """Does what the plan says; Failed, with nothing done, where that cannot be."""
    try:
        with tables.little_memory(), transaction.atomic():
            _apply(_claimed(run, shrink=shrink), by=by, progress=progress)
    except IntegrityError:
        raise Stale(str(run.source)) from None
    run.refresh_from_db()


def _claimed(run: ImportRun, *, shrink: bool) -> ImportRun:
    mine = ImportRun.objects.select_for_update().get(pk=run.pk)
    if mine.state != State.PLANNED:
        raise Failed(_("This plan has been done or discarded already."))
    if mine.shrinks and not shrink:
        raise Failed(
            _("More people would be gone than the source allows. Say that this is right first.")
        )
    return mine


def _apply(run: ImportRun, *, by: Any, progress: Progress) -> None:
    total = run.items.filter(kind__in=(Kind.NEW, *CHANGES)).count()
    progress.begin(_("Writing"), total=total)
    places = _make_places(run)
    with index.gathered() as keys:
        for items in _batches(run, Kind.NEW):
            _add(run, items, places, keys)
            progress.step(len(items))
        for kind in CHANGES:
            for items in _batches(run, kind):
                _change(items, places, keys)
                progress.step(len(items))
    _set_new_managers(run)
    run.state, run.applied_at, run.applied_by = State.APPLIED, timezone.now(), by
    run.save()
    run.source.mapping |= run.mapping
    run.source.save(update_fields=["mapping"])
    facts = {
        name: run.counts.get(name, 0) for name in ("new", "changed", "back", "missing", "gone")
    }
    trail.note(trail.Action.IMPORTED, by=by, about=run, digest=run.digest, **facts)


@dataclass(slots=True)
class _Line:
    """What is needed of a line of the plan to do it."""

    pk: int
    external_id: str
    label: str
    person_id: int | None
    before: dict[str, Any]
    after: dict[str, Any]
    boss_new: str

    def __str__(self) -> str:
        return self.label or self.external_id


def _batches(run: ImportRun, kind: Kind) -> Iterator[list[_Line]]:
    last = 0
    question = (
        'SELECT id, external_id, label, person_id, "before", "after", boss_new '
        "FROM directory_importitem WHERE run_id = %s AND kind = %s AND id > %s "
        "ORDER BY id LIMIT %s"
    )
    while rows := tables.fetch(question, [run.pk, kind.value, last, BATCH]):
        pks, external_ids, labels, people, before, after, boss_new = zip(*rows, strict=True)
        values = _read(before), _read(after)
        yield list(map(_Line, pks, external_ids, labels, people, *values, boss_new))
        last = rows[-1][0]


def _read(texts: Sequence[str]) -> list[dict[str, Any]]:
    """What these texts say; many as one, since one by one takes ten times as long."""
    found: list[dict[str, Any]] = json.loads(f"[{','.join(texts)}]")
    return found


def _make_places(run: ImportRun) -> dict[tuple[bool, int], int]:
    """The ids of the departments and locations that are new with this import."""
    made: dict[tuple[bool, int], int] = {}
    for place in run.places:
        fields = dict(place["fields"])
        if place["is_department"]:
            parent = fields["parent_id"]
            fields["parent_id"] = made.get((True, parent), parent)
            row: Any = Department.objects.bulk_create([Department(**fields)])[0]
        else:
            row = Location.objects.bulk_create([Location(**fields)])[0]
        made[place["is_department"], place["id"]] = place["pk"] = row.pk
    index.refresh_departments([pk for (is_department, _id), pk in made.items() if is_department])
    index.refresh_locations([pk for (is_department, _id), pk in made.items() if not is_department])
    return made


def placed(values: Mapping[str, Any], places: Mapping[Any, int]) -> dict[str, Any]:
    """The same with the ids of places that are new with the import."""
    found = dict(values)
    for column in PLACES & found.keys():
        pk = found[column]
        if pk is not None and pk < 0:
            found[column] = places[column == "department_id", pk]
    return found


def _add(run: ImportRun, items: list[_Line], places: Mapping[Any, int], keys: Rows) -> None:
    ids = [item.external_id for item in items]
    there = Person.objects.filter(source=run.source.name, external_id__in=ids)
    if taken := there.values_list("external_id", flat=True).first():
        raise Stale(str(taken))
    _check_referred(items)
    made = writing.add([placed(item.after, places) for item in items], keys=keys)
    tables.update(
        "directory_importitem",
        [(item.pk, {"person_id": pk}) for item, pk in zip(items, made, strict=True)],
    )


def _change(items: list[_Line], places: Mapping[Any, int], keys: Rows) -> None:
    people = known.people(
        [item.person_id for item in items if item.person_id],
        numbers=[item.person_id or 0 for item in items if "numbers" in item.after],
        lock=True,
    )
    changes = []
    for item in items:
        person = people.get(item.person_id or 0)
        if person is None or not is_as(person, item.before, kinds=item.after.get("kinds", ())):
            raise Stale(str(item))
        values = placed(item.after, places)
        if item.boss_new:
            values.pop("manager_id", None)
        if values:
            changes.append(Change(person, values))
    _check_referred(items)
    writing.change(changes, keys=keys)


def _check_referred(items: list[_Line]) -> None:
    """Stale where a department, location or manager that somebody gets was deleted meanwhile."""
    for column, table in _REFERRED.items():
        wanted = {pk for item in items if (pk := item.after.get(column)) and pk > 0}
        if wanted:
            condition, ids = tables.among("id", sorted(wanted))
            rows = tables.fetch(f"SELECT id FROM {table} WHERE {condition}", ids)  # noqa: S608
            if lost := wanted - {pk for (pk,) in rows}:
                name = next(str(each) for each in items if each.after.get(column) in lost)
                raise Stale(name)


def is_as(person: known.Known, values: Mapping[str, Any], *, kinds: Any) -> bool:
    """Whether somebody still has what a plan has seen of them."""
    if any(person.state[name] != value for name, value in writing.columns(values).items()):
        return False
    if "numbers" not in values:
        return True
    now = [number for number in person.numbers if number["kind"] in kinds]
    return _numbers(now) == _numbers(values["numbers"])


def _numbers(rows: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
    return {(row["id"], row["kind"], row["written"]) for row in rows}


def _set_new_managers(run: ImportRun) -> None:
    """Managers who came with the same import, now that they are there."""
    items = run.items.filter(boss_changes=True).exclude(boss_new="").order_by("pk")
    last = 0
    while batch := list(items.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        new = run.items.filter(kind=Kind.NEW, external_id__in={item.boss_new for item in batch})
        ids = dict(new.values_list("external_id", "person_id"))
        for item in batch:
            item.after["manager_id"] = ids[item.boss_new]
        tables.update(
            "directory_person",
            [(item.person_id or 0, {"manager_id": ids[item.boss_new]}) for item in batch],
        )
        tables.update(
            "directory_importitem",
            [(item.pk, {"after": json.dumps(item.after)}) for item in batch],
        )
