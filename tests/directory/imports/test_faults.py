"""A fault at any stage of an import leaves the directory as it was."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from clicktodial.jobs import runs
from clicktodial.jobs.models import SILENCE, Job
from directory.imports import apply, known, managers, plan, tables, works, writing
from directory.imports.agreed import Agreed
from directory.models import ImportRun, ImportSource, Person, PersonKey
from directory.search import index
from directory.search.keys import Rows
from tests.directory.imports.conftest import STAFF, Importer, directory_now

pytestmark = pytest.mark.django_db(transaction=True)
NEXT = (
    STAFF.rsplit("E3", 1)[0].replace("Ada,Frei", "Ada,Meier").replace("668 18 01", "668 18 07")
    + "E4,Dora,Neu,Buyer,,,New department,Bern,E5,031 300 00 00,\nE5,Eli,Neu,,,,,,E1,,\n"
)  # fmt: skip
FAULTS = {
    "no memory": MemoryError(),
    "disk full": OSError(errno.ENOSPC, "No space left on device"),
    "database lost": OperationalError("server closed the connection unexpectedly"),
    "stopped": KeyboardInterrupt(),
}
PLANNING = {
    "reading": (Agreed, "sift"),
    "looking closer": (known, "people"),
    "writing the plan": (tables, "insert"),
    "what agrees": (Agreed, "keep"),
    "managers": (managers, "settle"),
    "counting": (plan, "said"),
}
DOING = {
    "places": (apply, "_make_places"),
    "adding": (writing, "add"),
    "search keys": (index, "refresh_each"),
    "writing the keys": (Rows, "write"),
    "changing": (tables, "update"),
    "numbers": (writing, "_change_numbers"),
    "managers": (apply, "_set_new_managers"),
    "noting": (ImportRun, "save"),
}


def everything() -> dict[str, Any]:
    keys = PersonKey.objects.order_by("key", "person_id").values_list("key", "person_id")
    return directory_now() | {"keys": list(keys)}


@pytest.fixture
def importer(transactional_db: None) -> Importer:
    made = Importer()
    made.do(STAFF)
    return made


def break_at(
    patch: pytest.MonkeyPatch, place: tuple[Any, str], fault: BaseException, *, late: bool
) -> None:
    """The fault comes before that step's work, or when it has just been done."""
    owner, name = place
    work = getattr(owner, name)

    def broken(*args: Any, **kwargs: Any) -> Any:
        if late:
            work(*args, **kwargs)
        raise fault

    patch.setattr(owner, name, broken)


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("stage", PLANNING)
def test_a_fault_in_planning_changes_nothing(
    importer: Importer, monkeypatch: pytest.MonkeyPatch, stage: str, late: bool
) -> None:
    now = everything()
    fault = list(FAULTS.values())[(list(PLANNING).index(stage) + late) % len(FAULTS)]
    with monkeypatch.context() as patch:
        break_at(patch, PLANNING[stage], fault, late=late)
        with pytest.raises(type(fault)):
            importer.plan(NEXT)
    assert everything() == now
    run = ImportRun.objects.latest("pk")
    assert run.state == "failed"
    assert not run.items.exists()
    importer.do(NEXT)


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("stage", DOING)
def test_a_fault_in_doing_leaves_the_directory_as_it_was(
    importer: Importer, monkeypatch: pytest.MonkeyPatch, stage: str, late: bool
) -> None:
    run = importer.plan(NEXT)
    now = everything()
    fault = list(FAULTS.values())[(list(DOING).index(stage) + late) % len(FAULTS)]
    with monkeypatch.context() as patch:
        break_at(patch, DOING[stage], fault, late=late)
        with pytest.raises(type(fault)):
            importer.confirm(run)
    assert everything() == now
    run.refresh_from_db()
    assert run.state == "planned"


@pytest.mark.parametrize("stage", ["search keys", "changing"])
def test_a_fault_in_undoing_leaves_the_import_done(
    importer: Importer, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    run = importer.do(NEXT)
    now = everything()
    with monkeypatch.context() as patch:
        break_at(patch, DOING[stage], FAULTS["disk full"], late=True)
        with pytest.raises(OSError, match="No space left"):
            importer.undo(run)
    assert everything() == now
    importer.undo(run)


def test_after_a_fault_the_same_plan_can_be_done(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = importer.plan(NEXT)
    with monkeypatch.context() as patch:
        break_at(patch, DOING["managers"], FAULTS["disk full"], late=True)
        with pytest.raises(OSError, match="No space left"):
            importer.confirm(run)
    importer.confirm(run)
    assert Person.objects.get(external_id="E4").manager.name == "Eli Neu"  # type: ignore[union-attr]


# --- In processes of their own --------------------------------------------------------------------


@pytest.fixture
def environment() -> dict[str, str]:
    if connection.vendor != "sqlite":
        pytest.skip("told to a process of its own by a file's name")
    name = connection.settings_dict["NAME"]
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "clicktodial.settings", "DATABASE_URL": f"sqlite:///{name}",
        "PYTHONPATH": str(Path(__file__).parents[3]),
    }  # fmt: skip


HELD = """
import sys, time, django
django.setup()
from clicktodial.jobs import runs
from clicktodial.jobs.models import Job
from directory.imports import apply
before = apply._set_new_managers
def held(run):
    before(run)
    print("held", flush=True)
    time.sleep(60)
apply._set_new_managers = held
runs.run(Job.objects.get(pk=int(sys.argv[1])))
"""


@pytest.fixture
def held(environment: dict[str, str]) -> Iterator[Callable[[Job], "subprocess.Popen[str]"]]:
    """A process in the middle of its transaction, with everything written and nothing kept."""
    processes: list[subprocess.Popen[str]] = []

    def hold(job: Job) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", HELD, str(job.pk)], env=environment, text=True,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        processes.append(process)
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        return process

    yield hold
    for process in processes:
        process.kill()
        process.communicate()


def test_a_killed_process_leaves_everything_and_is_noticed(
    importer: Importer, held: Callable[[Job], "subprocess.Popen[str]"]
) -> None:
    run = importer.plan(NEXT)
    now = everything()
    job = runs.begin(works.APPLY, alone=works.ALONE, run=run.pk)
    process = held(job)
    assert everything() == now  # nobody sees a half
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert everything() == now
    _silence(job)
    assert job.look().state == "died"
    done = runs.run(runs.begin(works.APPLY, alone=works.ALONE, run=run.pk))
    assert done.state == "done"


def _silence(job: Job) -> None:
    """As if its last heartbeat had been long ago."""
    old = time.time() - SILENCE.total_seconds() - 1
    Job.objects.filter(pk=job.pk).update(beat_at="2020-01-01T00:00:00Z")
    beat = Path(f"{connection.settings_dict['NAME']}-jobs") / f"{job.pk}.json"
    os.utime(beat, (old, old))


def test_a_full_database_leaves_everything_and_is_told(importer: Importer) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite can be told how large it may get")
    rows = "".join(f"N{n},Given,Family{n},,,,,,,,\n" for n in range(400))
    run = importer.plan(STAFF + rows)
    now = everything()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + 2}")
    try:
        with pytest.raises(OperationalError, match="full"):
            importer.confirm(run)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert everything() == now
    importer.confirm(run)
    assert Person.objects.count() == 403


def test_a_plan_of_a_process_that_was_killed_is_no_plan(importer: Importer) -> None:
    run = ImportRun.objects.create(source=ImportSource.objects.get(), state="planning")
    with pytest.raises(works.Failed, match="has been done or discarded"):
        importer.confirm(run)
