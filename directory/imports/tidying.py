"""Ends what imports have begun: grace that is over, and what is kept to undo them."""

from datetime import timedelta

from django.utils import timezone

from clicktodial.audit import trail
from directory.imports import pictures, works
from directory.models import ImportItem, ImportRun, ImportSource, Person

State = ImportRun.State


def hide_gone() -> int:
    """No longer shows who is gone for longer than the grace of their source; how many."""
    hidden = 0
    for source in ImportSource.objects.all():
        over = timezone.localdate() - timedelta(days=source.grace_days)
        people = Person.objects.filter(source=source.name, is_active=True, missing_since__lte=over)
        count = people.update(is_active=False)  # the search keys follow by themselves
        if count:
            trail.note(trail.Action.CHANGED, by=None, about=source, no_longer_shown=count)
        hidden += count
    return hidden


def forget(*, older_than: timedelta) -> int:
    """Forgets lines, uploads and photos nobody has any more; runs and their counts stay."""
    before = timezone.now() - older_than
    runs = ImportRun.objects.filter(begun_at__lt=before).exclude(state=State.DISCARDED)
    forgotten = 0
    for run in runs.filter(items__isnull=False).distinct() | runs.exclude(upload="").distinct():
        _forget_photos(run)
        run.items.all().delete()
        works.forget_files(run)
        if run.state in {State.UPLOADED, State.PLANNED, State.PLANNING, State.FAILED}:
            run.state = State.DISCARDED
        run.places = []
        run.save()
        forgotten += 1
    return forgotten


def _forget_photos(run: ImportRun) -> None:
    """Deletes the files of photos that were replaced, and are kept for an undo that is past."""
    items = ImportItem.objects.filter(run=run, after__photo__isnull=False)
    for before, after in items.values_list("before", "after"):
        for name in (before.get("photo"), after["photo"]):
            if name and not Person.objects.filter(photo=name).exists():
                pictures.forget(name)
