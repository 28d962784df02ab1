"""Begins long work, in a process of its own or in this one, and sees it to its end."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clicktodial.jobs import beats, kinds
from clicktodial.jobs.kinds import Failed, Outcome, Progress
from clicktodial.jobs.models import Job

BEAT = 1.0  # seconds
TOP = Path(__file__).resolve().parents[2]
log = logging.getLogger(__name__)


class Busy(Exception):
    """Work of this kind goes on already; `job` is the one."""

    def __init__(self, job: Job) -> None:
        super().__init__(_("“%(job)s” goes on already. Wait until it has ended.") % {"job": job})
        self.job = job


def begin(kind: str, *, by: Any = None, about: str = "", alone: str = "", **arguments: Any) -> Job:
    """A job that waits to be run; Busy where `alone` is held by another that lives."""
    for other in Job.objects.filter(alone=alone) if alone else ():
        if not other.look().is_over:
            raise Busy(other)
    try:
        with transaction.atomic():
            return Job.objects.create(
                kind=kind, started_by=by, about=about[:200], alone=alone or None,
                arguments=arguments,
            )  # fmt: skip
    except IntegrityError:  # somebody was quicker
        other = Job.objects.get(alone=alone)
        raise Busy(other) from None


def start(kind: str, *, by: Any = None, about: str = "", alone: str = "", **arguments: Any) -> Job:
    """Runs the work in a process that outlives the request; the job to be looked at. Busy."""
    job = begin(kind, by=by, about=about, alone=alone, **arguments)
    transaction.on_commit(lambda: _spawn(job))
    return job


def _spawn(job: Job) -> None:
    command = [sys.executable, "-m", "django", "run_job", str(job.pk)]
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603 — our own interpreter and words
        command, cwd=TOP, stdin=nowhere, stdout=nowhere, stderr=None, start_new_session=True,
        env=_surroundings(),
    )  # fmt: skip
    # A child that nobody waits for stays in the process table.
    threading.Thread(target=process.wait, name=f"job {job.pk}", daemon=True).start()


def _surroundings() -> dict[str, str]:
    """The worker's own variables, but for those that would have the work count in its files."""
    before = os.environ.get("PYTHONPATH")
    found = {**os.environ, "PYTHONPATH": f"{TOP}{os.pathsep}{before}" if before else str(TOP)}
    return {name: found[name] for name in found.keys() - {"PROMETHEUS_MULTIPROC_DIR"}}


def run(job: Job, *, tell: Callable[[Progress], None] | None = None) -> Job:
    """Does the work here and now; the job as it ended. What goes wrong is told in it."""
    mine = Job.objects.filter(pk=job.pk, state=Job.State.WAITING)
    if not mine.update(state=Job.State.RUNNING, beat_at=timezone.now()):
        return job.look()
    kind = kinds.named(job.kind)
    progress = Progress()
    try:
        with _heart(job, progress, tell=tell):
            if kind is None:
                raise Failed(_("There is no such work."))
            outcome = kind.work(job=job, progress=progress, **job.arguments)
    except Failed as reason:
        _end(job, progress, state=Job.State.FAILED, outcome=Outcome(str(reason)))
    except Exception:
        log.exception("The work %s (%s) failed.", job.pk, job.kind)
        said = _("Something went wrong on our side, and nothing was kept. The log says what.")
        _end(job, progress, state=Job.State.FAILED, outcome=Outcome(said))
    except BaseException:  # Ctrl-C, or the service is being stopped
        said = str(kind.stopped if kind else kinds.STOPPED)
        _end(job, progress, state=Job.State.DIED, outcome=Outcome(said))
        raise
    else:
        _end(job, progress, state=Job.State.DONE, outcome=outcome)
    return job


def _end(job: Job, progress: Progress, *, state: Job.State, outcome: Outcome) -> None:
    try:
        if connection.connection is not None and not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        Job.objects.filter(pk=job.pk).update(
            state=state, alone=None, ended_at=timezone.now(), said=outcome.said, link=outcome.link,
            result=outcome.result, done=progress.done, total=progress.total, words=progress.words,
        )  # fmt: skip
        beats.forget(job)
        job.refresh_from_db()
    except DatabaseError:  # it is gone; the silence will tell
        log.exception("The end of the work %s (%s) could not be noted.", job.pk, job.kind)
        job.state, job.said = state, outcome.said


@contextmanager
def _heart(
    job: Job, progress: Progress, *, tell: Callable[[Progress], None] | None
) -> Iterator[None]:
    """Beats, from a thread of its own, for as long as the work goes on."""
    over = threading.Event()

    def live() -> None:
        try:
            while True:
                try:
                    beats.beat(job, done=progress.done, total=progress.total, words=progress.words)
                except (DatabaseError, OSError):
                    connection.close()
                if tell:
                    tell(progress)
                if over.wait(BEAT):
                    return
        finally:
            connection.close()

    heart = threading.Thread(target=live, name=f"heart of job {job.pk}", daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()
