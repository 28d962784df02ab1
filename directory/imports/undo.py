"""Takes a whole import back: everybody as they were, or nobody and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clicktodial.audit import trail
from clicktodial.jobs.kinds import Failed, Progress
from directory.imports import known, tables, writing
from directory.imports.apply import CHANGES, placed
from directory.imports.known import Known
from directory.imports.writing import Change
from directory.models import Department, ImportItem, ImportRun, Location, Person
from directory.search import index
from directory.search.keys import Rows

Kind = ImportItem.Kind
State = ImportRun.State
BATCH = 500
_TOLD = 5  # names


@dataclass
class Undone:
    """Who was left alone because somebody has changed them since."""

    left: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        if not self.left:
            return _("The import was undone.")
        told = ngettext(
            "The import was undone, except for %(n)d person who was changed since: %(names)s.",
            "The import was undone, except for %(n)d people who were changed since: %(names)s.",
            len(self.left),
        )
        return told % {"n": len(self.left), "names": _names(self.left)}


def undo(run: ImportRun, *, by: Any, partly: bool = False, progress: Progress) -> Undone:
    """Puts everything back that the run has changed; Failed, with nothing done, where it cannot.

    With `partly`, who was changed since is left alone and told.
    """
    with tables.little_memory(), transaction.atomic():
        mine = ImportRun.objects.select_for_update().get(pk=run.pk)
        if mine.state != State.APPLIED:
            raise Failed(_("Only an import that was done can be undone."))
        if not mine.items.exists() and any(mine.count(kind) for kind in (*CHANGES, Kind.NEW)):
            raise Failed(_("The import is too long ago: what it changed is no longer kept."))
        undone = _undo(mine, progress=progress)
        if undone.left and not partly:
            told = ngettext(
                "%(n)d person was changed since: %(names)s. Nothing was undone.",
                "%(n)d people were changed since: %(names)s. Nothing was undone.",
                len(undone.left),
            )
            raise Failed(told % {"n": len(undone.left), "names": _names(undone.left)})
        mine.state, mine.undone_at, mine.undone_by = State.UNDONE, timezone.now(), by
        mine.said = str(undone)
        mine.save()
        trail.note(trail.Action.UNDONE, by=by, about=mine, left_alone=len(undone.left))
    run.refresh_from_db()
    return undone


def _names(left: list[str]) -> str:
    more = "" if len(left) <= _TOLD else " …"
    return ", ".join(left[:_TOLD]) + more


def _undo(run: ImportRun, *, progress: Progress) -> Undone:
    undone = Undone()
    places = {(each["is_department"], each["id"]): each["pk"] for each in run.places}
    kinds = (*reversed(CHANGES), Kind.NEW)
    progress.begin(_("Putting back"), total=run.items.filter(kind__in=kinds).count())
    with index.gathered() as keys:
        for kind in kinds:
            items = run.items.filter(kind=kind).order_by("pk").iterator(chunk_size=BATCH)
            for batch in tables.batches(items, BATCH):
                _take_back(kind, batch, places, undone, keys)
                progress.step(len(batch))
    _remove_places(run)
    return undone


def _take_back(
    kind: Kind, batch: list[ImportItem], places: Mapping[Any, int], undone: Undone, keys: Rows
) -> None:
    people = known.people([each.person_id for each in batch if each.person_id], lock=True)
    if kind == Kind.NEW:
        _remove(batch, people, places, undone)
    else:
        _put_back(batch, people, places, undone, keys)


def _put_back(
    batch: list[ImportItem], people: Mapping[int, Known], places: Mapping[Any, int], undone: Undone,
    keys: Rows,
) -> None:  # fmt: skip
    changes = []
    numbers: list[Any] = []
    over: list[int] = []
    whole = known.whole_numbers([item.person_id or 0 for item in batch if "numbers" in item.after])
    for item in batch:
        person = people.get(item.person_id or 0)
        after = placed(item.after, places)
        if person is None or not _is_as_left(person, after):
            undone.left.append(str(item))
            continue
        if values := writing.columns(item.before):
            changes.append(Change(person, values))
        if "numbers" in after:
            kinds = set(after["kinds"])
            over += [number["id"] for number in person.numbers if number["kind"] in kinds]
            numbers += _with_todays_visibility(item.before["numbers"], whole[person.id])
    writing.put_back_numbers(numbers, over=over)
    writing.change(changes, keys=keys)


def _is_as_left(person: Known, after: Mapping[str, Any]) -> bool:
    """Whether nobody has changed since what the import has changed."""
    columns = writing.columns(after)
    if any(person.state[name] != value for name, value in columns.items()):
        return False
    if "numbers" not in after:
        return True
    now = {
        (number["kind"], number["written"])
        for number in person.numbers
        if number["kind"] in after["kinds"]
    }
    return now == {(kind, written) for kind, written, _key in after["numbers"]}


_SHOWN = ("visibility", "group_id", "may_be_dialled")


def _with_todays_visibility(
    rows: list[dict[str, Any]], today: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """A number that stayed is shown to whom it is shown now; that is no business of imports."""
    now = {number["id"]: number for number in today}
    return [
        {**row, **{name: now.get(row["id"], row)[name] for name in _SHOWN if name in row}}
        for row in rows
    ]


def _remove(
    batch: list[ImportItem], people: Mapping[int, Known], places: Mapping[Any, int], undone: Undone
) -> None:
    """Deletes who came with the import, unless somebody has had a hand in them since."""
    known.add_owned(people)
    tied = set(
        Person.objects.filter(pk__in=list(people), account__isnull=False).values_list(
            "pk", flat=True
        )
    )
    gone = []
    for item in batch:
        person = people.get(item.person_id or 0)
        if person is None:  # somebody has deleted the entry: it is as it was
            continue
        untouched = _is_as_left(person, placed(item.after, places))
        if untouched and not person.owned and person.id not in tied:
            gone.append(person.id)
        else:
            undone.left.append(str(item))
    Person.objects.filter(pk__in=gone).delete()


def _remove_places(run: ImportRun) -> None:
    """Departments and locations that came with the import, where nobody is in them."""
    for place in reversed(run.places):
        rows: Any = Department if place["is_department"] else Location
        row = rows.objects.filter(pk=place["pk"]).first()
        if row is None or row.people.exists():
            continue
        if place["is_department"] and (row.children.exists() or row.head_id):
            continue
        row.delete()
    index.places_changed()
