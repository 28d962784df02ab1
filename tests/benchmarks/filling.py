"""A directory of invented people, written quickly into the database of the Django settings."""

# ruff: noqa: S608 - the SQL is our own
import os
import resource
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from directory.models import Department, Location
from directory.search import document
from tests.benchmarks import people as invented

PERSON = (
    "id", "kind", "given_name", "family_name", "preferred_name", "pronunciation", "title", "room",
    "email", "cucm_user_id", "photo", "photo_size", "about", "languages", "source", "is_active",
    "updated_at", "sort_key", "department_id", "location_id",
)  # fmt: skip
NUMBER = (
    "person_id", "kind", "written", "visibility", '"order"', "e164", "extension", "display", "key",
    "reversed_key",
)  # fmt: skip


def fill(count: int) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    Department.objects.all().delete()
    Department.objects.bulk_create(
        Department(pk=pk, name=name) for pk, name, _ in invented.departments(count)
    )
    Department.objects.bulk_update(
        [Department(pk=pk, parent_id=parent) for pk, _, parent in invented.departments(count)],
        ["parent"],
        batch_size=200,
    )
    Location.objects.bulk_create(
        Location(pk=pk, name=f"Site {name}", city=name, country="CH")
        for pk, name in invented.locations()
    )
    everybody = invented.people(count)
    start = time.perf_counter()
    while part := list(islice(everybody, 20_000)):
        _insert("directory_person", PERSON, [_person(each) for each in part])
        _insert("directory_number", NUMBER, [row for each in part for row in _numbers(each)])
    rows = time.perf_counter() - start
    before = _size()
    start = time.perf_counter()
    with open(os.devnull, "w") as nowhere:
        call_command("reindex", stdout=nowhere)
    built = time.perf_counter() - start
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "filled": {
            "rows written in s": round(rows, 1),
            "index built in s": round(built, 1),
            "index MB": round((_size() - before) / 1e6),
            "rows and their own indexes MB": round(before / 1e6),
            "peak memory of building, MB": round(peak),
        }
    }


def _insert(table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.execute("BEGIN")
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
            cursor.execute("COMMIT")


def _person(each: invented.Person) -> tuple[Any, ...]:
    key = document.sort_key(shown=each.given, family=each.family)
    return (
        each.pk, "person", each.given, each.family, "", "", each.title, each.room, each.email,
        each.user_id, "", 0, "", "", "", True, timezone.now(), key, each.department, each.location,
    )  # fmt: skip


def _numbers(each: invented.Person) -> list[tuple[Any, ...]]:
    rows = []
    for order, (kind, e164) in enumerate((("work", each.work), ("mobile", each.mobile))):
        digits = e164[1:]
        shown = f"+41 {digits[2:4]} {digits[4:7]} {digits[7:9]} {digits[9:]}"
        rows.append((each.pk, kind, e164, "", order, e164, "", shown, digits, digits[::-1]))
    inside = each.extension
    rows.append((each.pk, "extension", inside, "", 2, "", inside, inside, inside, inside[::-1]))
    return rows


def _size() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.fetchall()
    return Path(str(connection.settings_dict["NAME"])).stat().st_size
