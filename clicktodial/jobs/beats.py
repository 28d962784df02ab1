"""The heartbeat of a long work, with how far it is, told past its own transaction.

PostgreSQL takes it over a second connection. SQLite has one writer, who is the work itself: there
the heartbeat is a small file beside the database, on the one host that there is.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

if TYPE_CHECKING:
    from clicktodial.jobs.models import Job


def beat(job: "Job", *, done: int, total: int | None, words: str) -> None:
    """Says that the work goes on; called from a thread of its own."""
    told: dict[str, Any] = {"done": done, "total": total, "words": words[:200]}
    if path := _file(job):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(told), encoding="utf-8")
        os.replace(fresh, path)
    else:
        type(job).objects.filter(pk=job.pk).update(beat_at=timezone.now(), **told)


def hear(job: "Job") -> None:
    """Fills in what the last heartbeat said, where it is not in the row already."""
    path = _file(job)
    if not path:
        return
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        beat_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError):
        return
    job.done, job.total, job.words = told["done"], told["total"], told["words"]
    job.beat_at = max(job.beat_at, beat_at)


def forget(job: "Job") -> None:
    """Removes what is left of the heartbeat."""
    if path := _file(job):
        path.unlink(missing_ok=True)


def _file(job: "Job") -> Path | None:
    if connection.vendor != "sqlite":
        return None
    database = Path(connection.settings_dict["NAME"])
    return database.with_name(f"{database.name}-jobs") / f"{job.pk}.json"
