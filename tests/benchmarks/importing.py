"""One step of the import's measuring, in a process and on a database of its own."""

import csv
import gc
import io
import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django

django.setup()
# ruff: noqa: E402 - models need Django
from django.core.management import call_command
from django.db import connection, transaction

from clicktodial.jobs.kinds import Progress
from directory.imports import apply, fields, files, works, writing
from directory.models import (
    Department,
    ImportRun,
    ImportSource,
    Location,
    Person,
    PersonKey,
)
from directory.search import index
from tests.benchmarks import people as invented

ROUNDS = 3
SOURCE = "Personnel"
HEADINGS = (
    "employee id", "first name", "last name", "job title", "department", "location", "room",
    "email", "user id", "manager id", "work phone", "mobile", "extension",
)  # fmt: skip
ALL = ("title", "room", "mobile", "family", "department")
"""What a changed row changes, in turn."""


def rows(count: int, *, changed: bool) -> Iterator[tuple[str, ...]]:
    """The people as a file has them; of the changed file every tenth row differs in one cell."""
    names = {pk: name for pk, name, _parent in invented.departments(count)}
    places = dict(invented.locations())
    for each in invented.people(count):
        what = ALL[each.pk // 10 % len(ALL)] if changed and each.pk % 10 == 0 else ""
        department = each.department % len(names) + 1 if what == "department" else each.department
        yield (
            each.user_id,
            each.given,
            each.family + "ov" * (what == "family"),
            "Senior " * (what == "title") + each.title,
            names[department],
            f"Site {places[each.location]}",
            "C" * (what == "room") + each.room,
            each.email,
            each.user_id,
            f"u{each.pk // 8:07}" if each.pk >= 8 else "",
            each.work,
            each.mobile[:-1] + "0" if what == "mobile" and each.mobile[-1] != "0" else (
                each.mobile[:-1] + "1" if what == "mobile" else each.mobile
            ),
            each.extension,
        )  # fmt: skip


def write(count: int, folder: Path) -> None:
    """Both files: as the directory is, and with a tenth changed."""
    for name, changed in (("before", False), ("after", True)):
        with open(folder / f"{name}-{count}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADINGS)
            writer.writerows(rows(count, changed=changed))


def fill(count: int, folder: Path) -> dict[str, Any]:
    """The directory as the first file has it, written as an import writes who is new."""
    call_command("migrate", verbosity=0)
    write(count, folder)
    Department.objects.bulk_create(
        Department(pk=pk, name=name) for pk, name, _parent in invented.departments(count)
    )
    Location.objects.bulk_create(
        Location(pk=pk, name=f"Site {name}", city=name, country="CH")
        for pk, name in invented.locations()
    )
    ImportSource.objects.create(name=SOURCE)
    everybody = invented.people(count)
    with index.in_bulk(), transaction.atomic(), index.gathered() as keys:
        while part := list(islice(everybody, 2000)):
            ids = writing.add([_values(each) for each in part], keys=keys)
            assert ids == [each.pk for each in part]
        index.refresh_departments(Department.objects.values_list("pk", flat=True))
        index.refresh_locations(Location.objects.values_list("pk", flat=True))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return {}


def _values(each: invented.Person) -> dict[str, Any]:
    written = (("work", each.work), ("mobile", each.mobile), ("extension", each.extension))
    return {
        "given_name": each.given, "family_name": each.family, "title": each.title,
        "room": each.room, "email": each.email, "cucm_user_id": each.user_id,
        "external_id": each.user_id, "source": SOURCE, "department_id": each.department,
        "location_id": each.location, "manager_id": each.pk // 8 or None,
        "numbers": [(kind, text, text.removeprefix("+")) for kind, text in written],
    }  # fmt: skip


# --- Measuring -----------------------------------------------------------------------------------


def parse(path: Path) -> int:
    """The yardstick: the same file read by the standard library, and nothing done with it."""
    with open(path, encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file))


def bring(path: Path, *, changes: int) -> None:
    """An import as a timer does it: read, planned, checked against the directory, written."""
    source = ImportSource.objects.get(name=SOURCE)
    with path.open("rb") as file:
        people = files.source_of(file, name=path.name)
        run = ImportRun.objects.create(source=source, mapping=fields.guess(people.columns))
        works.draw_up(run, people, progress=Progress())
    assert run.counts["changed"] == changes, run.counts
    assert run.counts["unchanged"] == run.counts["rows"] - changes, run.counts
    apply.apply(run, by=None, progress=Progress())


def first(count: int, folder: Path) -> dict[str, Any]:
    """The first import of people nobody has compared yet: it takes the most memory."""
    with memory() as grown:
        spent = _seconds(lambda: bring(folder / f"after-{count}.csv", changes=count // 10))
    return {"first": count / spent, "peak": grown[0]}


def measure(count: int, folder: Path) -> dict[str, Any]:
    before, after = (folder / f"{name}-{count}.csv" for name in ("before", "after"))
    parsed, brought = [], []
    found = first(count, folder)
    bring(before, changes=count // 10)
    for _ in range(ROUNDS):
        for path in (after, before):
            gc.collect()
            parsed.append(_seconds(lambda path=path: parse(path)))
            brought.append(_seconds(lambda path=path: bring(path, changes=count // 10)))
    _check_keys()
    return found | {
        "parse": count / statistics.median(parsed),
        "import": count / statistics.median(brought),
        "ratio": statistics.median(p / b for p, b in zip(parsed, brought, strict=True)),
    }


def _check_keys() -> None:
    """The search keys are those that a rewrite would make."""
    ids = list(Person.objects.order_by("?").values_list("pk", flat=True)[:500])
    keys = PersonKey.objects.filter(person_id__in=ids).order_by("key", "person_id")
    kept = list(keys.values_list("key", "person_id", "department_id", "location_id"))
    index.rewrite(ids)
    assert kept == list(keys.values_list("key", "person_id", "department_id", "location_id"))


def _seconds(work: Any) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@contextmanager
def memory() -> Iterator[list[float]]:
    """By how many MB the process's own memory grew at most; what the system maps is not its own."""
    gc.collect()
    begun, most, over = _own(), [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(0.005):
            most[0] = max(most[0], _own() - begun)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def _own() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1024
    raise SystemExit("This needs Linux: /proc/self/status")


# --- The other way -------------------------------------------------------------------------------


def rival(count: int, folder: Path) -> dict[str, Any]:
    """django-import-export, with the same columns, on so many rows of the same file."""
    from import_export import fields as theirs
    from import_export import resources
    from import_export.widgets import ForeignKeyWidget
    from tablib import Dataset

    class People(resources.ModelResource):
        external_id = theirs.Field("external_id", "employee id")
        given_name = theirs.Field("given_name", "first name")
        family_name = theirs.Field("family_name", "last name")
        title = theirs.Field("title", "job title")
        department = theirs.Field("department", "department", ForeignKeyWidget(Department, "name"))
        location = theirs.Field("location", "location", ForeignKeyWidget(Location, "name"))
        room = theirs.Field("room", "room")
        email = theirs.Field("email", "email")
        cucm_user_id = theirs.Field("cucm_user_id", "user id")
        manager = theirs.Field("manager", "manager id", ForeignKeyWidget(Person, "external_id"))

        class Meta:
            model = Person
            import_id_fields = ("external_id",)
            fields = (
                "external_id", "given_name", "family_name", "title", "department", "location",
                "room", "email", "cucm_user_id", "manager",
            )  # fmt: skip
            use_transactions = True

    with connection.cursor() as cursor:  # it looks for people by their id alone
        cursor.execute("CREATE INDEX IF NOT EXISTS by_id_alone ON directory_person (external_id)")
    path = next(folder.glob("after-*.csv"))
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(islice(csv.reader(file), count + 1))
    text = io.StringIO()
    csv.writer(text).writerows(lines)

    def bring_theirs() -> None:
        data = Dataset().load(text.getvalue(), format="csv")
        result = People().import_data(data, raise_errors=True)
        assert len(result.rows) == count

    spent = [_seconds(bring_theirs) for _ in range(2)]
    return {"rival": count / min(spent)}


if __name__ == "__main__":
    step, size, out = sys.argv[1:]
    steps = {"fill": fill, "first": first, "measure": measure, "rival": rival}
    result = steps[step](int(size), Path(out).parent)
    Path(out).write_text(json.dumps(result))
