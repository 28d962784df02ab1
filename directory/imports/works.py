"""Imports as long work: a plan, doing it, taking it back; one at a time on the whole site."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clicktodial.jobs.kinds import Failed, Outcome, Progress, kind
from clicktodial.jobs.models import Job
from directory.imports import apply as doing
from directory.imports import files, mapping, pictures, plan
from directory.imports import undo as undoing
from directory.imports.mapping import NotAMapping
from directory.imports.pictures import Pictures
from directory.imports.record import NotReadable, Source
from directory.models import ImportItem, ImportRun, Person

PLAN, APPLY, UNDO = "import-plan", "import-apply", "import-undo"
ALONE = "import"
"""What a job of any of these kinds holds, so that no other import goes on meanwhile."""
State = ImportRun.State
_NOTHING_DONE = gettext_lazy("It stopped before its end, and nothing was changed. Start it again.")


def draw_up(
    run: ImportRun, source: Source, *, given: Pictures | None = None, progress: Progress
) -> None:
    """Plans the run from a source and keeps the plan; Failed where the source cannot be taken."""
    clear(run)
    run.state, run.digest = State.PLANNING, source.digest
    run.file_name = run.file_name or source.name[:200]
    run.save()
    try:
        run.mapping = run.mapping or mapping.chosen(run.source.mapping, source.columns)
        plan.make(run, source, pictures=given, progress=progress)
    except (NotReadable, NotAMapping) as reason:
        fail(run, str(reason))
        raise Failed(str(reason)) from None
    except BaseException:
        fail(run, str(_("The plan could not be made.")))
        raise
    run.state = State.PLANNED
    run.save()


def fail(run: ImportRun, said: str) -> None:
    clear(run)
    run.state, run.said = State.FAILED, said
    run.save()


def clear(run: ImportRun) -> None:
    """Forgets the plan's lines, and the photos that were made small for it."""
    if run.state == State.APPLIED or run.state == State.UNDONE:
        raise Failed(_("This import was done: its lines are kept, so that it can be undone."))
    items = ImportItem.objects.filter(run=run)
    for after in items.filter(after__photo__isnull=False).values_list("after", flat=True):
        if not Person.objects.filter(photo=after["photo"]).exists():
            pictures.forget(after["photo"])
    items.delete()
    run.counts, run.places, run.said, run.shrinks = {}, [], "", False


def discard(run: ImportRun) -> None:
    """Leaves everything as it is, and forgets plan and file."""
    clear(run)
    forget_files(run)
    run.state = State.DISCARDED
    run.save()


def forget_files(run: ImportRun) -> None:
    """Deletes what was uploaded; the hash of the file stays."""
    for field in (run.upload, run.pictures):
        if field:
            field.delete(save=False)


@contextmanager
def _opened(name: str, path: str) -> Iterator[Any]:
    """A file of the server by its path, or what was uploaded by its name; None for neither."""
    if path and Path(path).is_dir():
        yield Path(path)
    elif path or name:
        try:
            file: IO[bytes] = Path(path).open("rb") if path else default_storage.open(name)  # noqa: SIM115
        except OSError as error:
            raise Failed(_("The file cannot be read: %(why)s.") % {"why": error.strerror}) from None
        with file:
            yield file
    else:
        yield None


@kind(PLAN, gettext_lazy("Plan an import"), stopped=_NOTHING_DONE)
def make_plan(
    *, job: Job, progress: Progress, run: int, path: str = "", photos: str = ""
) -> Outcome:
    """Reads what was uploaded, or a file of this server, and keeps what would be done."""
    mine = run_of(run)
    try:
        with (
            _opened(mine.upload.name or "", path) as file,
            _opened(mine.pictures.name or "", photos) as album,
            pictures.opened(album) as given,
        ):
            source = files.source_of(file, name=mine.file_name)
            draw_up(mine, source, given=given, progress=progress)
    except NotReadable as reason:
        fail(mine, str(reason))
        raise Failed(str(reason)) from None
    return Outcome(mine.said, link=page_of(mine), result=mine.counts)


@kind(APPLY, gettext_lazy("Import"), stopped=_NOTHING_DONE)
def do_plan(*, job: Job, progress: Progress, run: int, shrink: bool = False) -> Outcome:
    """Does what the plan says, in one transaction."""
    mine = run_of(run)
    doing.apply(mine, by=job.started_by, shrink=shrink, progress=progress)
    forget_files(mine)
    mine.save(update_fields=["upload", "pictures"])
    return Outcome(_("The import is done."), link=page_of(mine), result=mine.counts)


@kind(UNDO, gettext_lazy("Undo an import"), stopped=_NOTHING_DONE)
def take_back(*, job: Job, progress: Progress, run: int, partly: bool = False) -> Outcome:
    """Puts everybody back as they were."""
    mine = run_of(run)
    undone = undoing.undo(mine, by=job.started_by, partly=partly, progress=progress)
    return Outcome(str(undone), link=page_of(mine), result={"left_alone": len(undone.left)})


def run_of(pk: int) -> ImportRun:
    found = ImportRun.objects.select_related("source").filter(pk=pk).first()
    if found is None:
        raise Failed(_("There is no such import."))
    return found


def page_of(run: ImportRun) -> str:
    return reverse("admin:directory_importrun_change", args=[run.pk])
