"""A plan: what an import would do, line by line, with nothing done yet."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clicktodial.jobs.kinds import Progress
from directory.imports import known, managers, mapping, rows, tables
from directory.imports.agreed import Agreed
from directory.imports.closer import Closer
from directory.imports.items import Items, label
from directory.imports.pictures import Pictures
from directory.imports.record import Source
from directory.imports.seen import Seen
from directory.imports.wanted import Reader
from directory.models import ImportItem, ImportRun, Person

Kind = ImportItem.Kind
BATCH = 500


def make(
    run: ImportRun, source: Source, *, pictures: Pictures | None = None, progress: Progress
) -> None:
    """Reads the source and writes the run's items and counts; changes nothing else."""
    with tables.little_memory():
        _Plan(run, source, given=pictures, progress=progress).make()


class _Plan:
    def __init__(
        self, run: ImportRun, source: Source, *, given: Pictures | None, progress: Progress
    ) -> None:
        self._run, self._source, self._progress = run, source, progress
        self._columns = columns = mapping.read(run.mapping, columns=source.columns)
        self._reader = reader = Reader(columns, source.columns)
        self._agreed = Agreed.of(run.source, read=source, columns=columns, reader=reader)
        self._sift = self._agreed.sift if given is None else rows.nobody
        self._seen = Seen()
        self._items = Items(run)
        self._closer = Closer(
            run.source, columns, source.columns,
            reader=reader, pictures=given, items=self._items, seen=self._seen,
        )  # fmt: skip

    def make(self) -> None:
        size = getattr(self._source, "bytes", None)
        self._progress.begin(_("Reading"), total=size)
        for part in tables.batches(self._unsettled(size), BATCH):
            self._sort(part)
        self._progress.begin(_("Looking for who is gone"))
        if self._columns.manager:
            managers.settle(self._run, by=self._columns.manager_by)
        gone = self._look_for_gone() if getattr(self._source, "complete", True) else 0
        self._conclude(gone + self._closer.disabled)

    def _unsettled(self, size: int | None) -> Iterator[rows.Row]:
        """Most rows say what the directory does already; these are to be looked at closely."""
        there = rows.read(self._source, self._columns, sift=self._sift, take=self._seen.add)
        for batch in there:
            self._items.counts["rows"] += batch.agreed + len(batch.rows)
            self._items.counts["unchanged"] += batch.agreed
            yield from batch.rows
            if size:
                self._progress.done = self._source.position  # type: ignore[attr-defined]
            else:
                self._progress.step(batch.agreed + len(batch.rows))

    def _sort(self, part: list[rows.Row]) -> None:
        there = known.ids([row.external_id for row in part], source=self._run.source.name)
        closer: list[tuple[rows.Row, int | None]] = []
        again: list[tuple[rows.Row, int | None]] = []
        fresh: dict[str, rows.Row] = {}
        for row in part:
            pk = there.get(row.external_id)
            if not row.external_id:
                self._items.refuse(row, row.fault or _("The id is missing."))
            elif pk is None:
                if fresh.setdefault(row.external_id, row) is not row:
                    again.append((row, None))
            elif not self._seen.add(pk):
                again.append((row, pk))
            else:
                closer.append((row, pk))
        before = self._items.known(list(fresh))
        again += [(row, None) for each, row in fresh.items() if each in before]
        closer += [(row, None) for each, row in fresh.items() if each not in before]
        # Photos take their time; nobody waits for them.
        slow = self._sift is rows.nobody or any(row.photo for row in part)
        with nullcontext() if slow else self._agreed.looking():
            self._closer.look_at(closer)
            self._items.write()
            self._agreed.keep(self._closer.agreed)
        self._closer.agreed.clear()
        for row, pk in again:
            self._items.twice(row, pk)
        self._items.write()

    # --- The whole -----------------------------------------------------------------------------

    def _look_for_gone(self) -> int:
        """Tells who is not in the source any more; how many are newly gone."""
        newly = 0
        today = timezone.localdate()
        over = today - timedelta(days=self._run.source.grace_days)
        for batch in tables.batches(self._not_seen(), BATCH):
            for pk, person in known.people(batch).items():
                since = person.state["missing_since"]
                about: dict[str, Any] = {
                    "person_id": pk,
                    "external_id": person.state["external_id"] or "",
                    "label": label(person.state),
                }
                newly += since is None
                if self._run.source.grace_days and since is None:
                    self._items.add(Kind.MISSING, **about, before={"missing_since": None},
                                    after={"missing_since": str(today)})  # fmt: skip
                elif since is None or date.fromisoformat(since) <= over:
                    self._items.add(
                        Kind.GONE, **about,
                        before={"is_active": True, "missing_since": since},
                        after={"is_active": False, "missing_since": since or str(today)},
                    )  # fmt: skip
            self._items.write()
        return newly

    def _not_seen(self) -> Iterator[int]:
        """Who is shown, comes from here, and was not spoken of."""
        shown = Person.objects.filter(source=self._run.source.name, is_active=True)
        # In no order: SQLite goes by the source's index, and would sort everybody's id in memory.
        ids = shown.order_by().values_list("pk", flat=True).iterator(chunk_size=5000)
        for some in tables.batches(ids, 5000):
            yield from self._seen.others(some)

    def _conclude(self, gone: int) -> None:
        """Counts, the places that are to be made, and whether too many are gone."""
        run = self._run
        shown = Person.objects.filter(source=run.source.name, is_active=True).count()
        run.shrinks = gone * 100 > run.source.most_gone * shown
        run.places = self._places_to_make()
        counts = {str(kind): count for kind, count in self._items.counts.items()}
        by_kind = {kind.value: run.items.filter(kind=kind).count() for kind in Kind}
        run.counts = counts | by_kind | {"shown": shown, "newly_gone": gone}
        run.counts["renamed"] = run.items.filter(renamed=True).count()
        run.counts["moved"] = run.items.filter(moved=True).count()
        for place in ("departments", "locations"):
            is_department = place == "departments"
            made = [each for each in run.places if each["is_department"] is is_department]
            run.counts[place] = len(made)
        run.said = said(run)

    def _places_to_make(self) -> list[dict[str, Any]]:
        """Those that somebody is to be in, with all above them."""
        departments = {each.id: each for each in self._reader.departments.pending}
        used: set[int] = set()
        for pk in self._closer.departments:
            above: int | None = pk
            while above is not None and above < 0 and above not in used:
                used.add(above)
                above = departments[above].fields["parent_id"]
        made = [departments[pk] for pk in sorted(used, reverse=True)]
        places = self._reader.locations.pending
        made += [each for each in places if each.id in self._closer.locations]
        return [each.as_json() for each in made]


def said(run: ImportRun) -> str:
    """The plan in one sentence."""
    parts = []
    for kind in (Kind.NEW, Kind.TIED, Kind.CHANGED, Kind.BACK, Kind.MISSING, Kind.GONE,
                 Kind.CONFLICT, Kind.REFUSED, Kind.DOUBTFUL):  # fmt: skip
        if count := run.count(kind):
            parts.append(f"{kind.label.lower()}: {count}")
    rows_read = run.count("rows")
    begin = ngettext("%(n)d row read", "%(n)d rows read", rows_read) % {"n": rows_read}
    told = ", ".join(parts) or _("nothing changes")
    return f"{begin}; {told}."
