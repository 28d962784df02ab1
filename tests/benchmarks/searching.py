"""One step of the search's measuring, in a process and on a database of its own."""

import gc
import json
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django

django.setup()
# ruff: noqa: B023, E402, S608 - what is timed runs at once; models need Django; the SQL is our own
from django.conf import settings
from django.contrib.admin.sites import site
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client, RequestFactory

from directory import search
from directory.models import Person
from directory.visibility import viewer_of
from tests.benchmarks import people as invented
from tests.benchmarks.filling import fill

ROUNDS = 5


def _timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _driver() -> Callable[[str, Sequence[Any]], list[Any]]:
    """The bare driver: what a prepared statement of one's own would cost."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        import psycopg

        cursor = psycopg.RawCursor(connection.connection)

        def ask(question: str, params: Sequence[Any]) -> list[Any]:
            return list(cursor.execute(_numbered(question), params, prepare=True).fetchall())

    else:
        import sqlite3

        bare = sqlite3.connect(str(connection.settings_dict["NAME"]), cached_statements=500)
        for pragma in ("cache_size=-32768", "mmap_size=4294967296"):
            bare.execute(f"PRAGMA {pragma}")

        def ask(question: str, params: Sequence[Any]) -> list[Any]:
            return bare.execute(_marked(question), params).fetchall()

    return ask


@cache
def _marked(question: str) -> str:
    return question.replace("%s", "?").replace("%%", "%")


@cache
def _numbered(question: str) -> str:
    first, *rest = question.split("%s")
    return first + "".join(f"${place}{part}" for place, part in enumerate(rest, start=1))


def _yardstick(ask: Callable[..., list[Any]], ids: list[int]) -> None:
    marks = ", ".join(["%s"] * len(ids))
    ask(
        "SELECT p.id, p.kind, p.given_name, p.preferred_name, p.family_name, p.title, d.name, "
        "l.name, p.room, p.photo, p.working_hours, l.time_zone, l.working_days "
        "FROM directory_person p LEFT JOIN directory_department d "
        "ON d.id = p.department_id LEFT JOIN directory_location l ON l.id = p.location_id "
        f"WHERE p.id IN ({marks})",
        ids,
    )
    ask(
        "SELECT person_id, kind, written, e164, display FROM directory_number "
        f"WHERE person_id IN ({marks})",
        ids,
    )


def measure(count: int) -> dict[str, Any]:
    call_command("migrate", verbosity=0)  # what was kept may be from before
    dice = random.Random(3)
    ask = _driver()
    sample = [each for each in invented.people(count) if dice.random() < min(1, 5000 / count)]
    names = {pk: name for pk, name, _ in invented.departments(count)}
    questions = invented.questions(sample, names=names)
    user = get_user_model().objects.get_or_create(
        username="measure", defaults={"is_staff": True, "is_superuser": True}
    )[0]
    plain = get_user_model().objects.get_or_create(username="plain")[0]
    Person.objects.filter(pk=1).update(account=plain)
    viewer = viewer_of(plain)
    for question in questions:
        search.find(question.text, viewer=viewer)
        _yardstick(ask, [dice.randint(1, count) for _ in range(20)])
    gc.freeze()
    # Every question and every twenty people have as many tries; the best of each is what they
    # cost, the rest is what else the machine was doing.
    twenties = [[dice.randint(1, count) for _ in range(20)] for _ in questions]
    bare = f"SELECT * FROM directory_person WHERE id IN ({', '.join(['%s'] * 20)})"
    tries: list[list[tuple[float, float, float]]] = [[] for _ in questions]
    for _ in range(ROUNDS):
        for number, question in enumerate(questions):
            ids, text = twenties[number], question.text
            tries[number].append(
                (
                    _timed(lambda: _yardstick(ask, ids)),
                    _timed(lambda: ask(bare, ids)),
                    _timed(lambda: search.find(text, viewer=viewer)),
                )
            )
    best_of = [[min(each) for each in zip(*done, strict=True)] for done in tries]
    stick, rows_only = (statistics.median(each[place] for each in best_of) for place in (0, 1))
    best = {number: each[2] / stick for number, each in enumerate(best_of)}
    kinds: dict[str, list[float]] = {}
    for number, question in enumerate(questions):
        kinds.setdefault(question.kind, []).append(best[number])
    ratios = sorted(best.values())
    found = {
        "find p50 / yardstick": statistics.median(ratios),
        "find p95 / yardstick": ratios[int(len(ratios) * 0.95)],
        "find worst / yardstick": ratios[-1],
        "kinds": {
            kind: (statistics.median(each), sorted(each)[int(len(each) * 0.95)], max(each))
            for kind, each in kinds.items()
        },
        "texts": [question.text for question in questions],
    }
    found |= _quality(questions, viewer)
    found |= _answers(questions, plain, ask)
    found |= _edits(ask, count=count)
    slow = _admin(questions, user)
    found["admin / find"] = slow / stick if slow else None
    found["told"] = {
        "yardstick in us": round(stick * 1e6),
        "twenty bare rows without numbers and places in us": round(rows_only * 1e6),
        "memory of the worker's own, without mapped files, MB": _own_memory(),
        "peak memory of the worker with mapped files, MB": round(
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        ),
    }
    return found


def _own_memory() -> int:
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) // 1024 for line in status.split("\n") if "RssAnon" in line)


def _quality(questions: Sequence[invented.Question], viewer: Any) -> dict[str, Any]:
    shown = wanted = empty = 0
    answers, missed = [], []
    for question in questions:
        found = search.find(question.text, viewer=viewer)
        ids = [row.pk for row in found.people]
        answers.append([ids, found.total, found.next])
        if not ids:
            empty += 1
            missed.append(question.text)
        elif not found.next:
            wanted += 1
            if question.target in ids:
                shown += 1
            else:
                missed.append(f"{question.kind}: {question.text}")
    return {"shown": (shown, wanted), "empty": empty, "answers": answers, "missed": missed}


def _answers(questions: Sequence[invented.Question], user: Any, ask: Any) -> dict[str, Any]:
    """The whole signed-in answer without a socket, over the bare driver's time for its SQL."""
    settings.LOOKUPS_A_MINUTE = 10**9
    client = Client()
    client.force_login(user)
    application = get_wsgi_application()
    factory = RequestFactory(headers={"X-Fragment": "results"})
    factory.cookies = client.cookies
    ratios = []
    for question in questions[::7]:
        environ = factory.get("/", {"q": question.text}).environ
        kept: list[tuple[str, Any]] = []

        def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            kept.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(keep):
            _answer(application, environ)
        selects = [
            (sql, params or ())
            for sql, params in kept
            if sql.lstrip().startswith(("SELECT", "WITH"))
        ]
        for each in selects * 3:  # so that both know them
            ask(*each)
            _answer(application, environ)
        rounds = []
        for _ in range(5):
            whole = _timed(lambda: _answer(application, environ))
            bare = _timed(lambda: [ask(*each) for each in selects])
            rounds.append(whole / bare)
        ratios.append(statistics.median(rounds))
    return {"signed-in answer / driver": statistics.median(ratios)}


def _answer(application: Any, environ: dict[str, Any]) -> None:
    statuses: list[str] = []
    answer = application(dict(environ), lambda status, headers: statuses.append(status))
    b"".join(answer)
    if not statuses[0].startswith("200"):
        raise SystemExit(f"the search answered {statuses[0]}")


def _edits(ask: Any, *, count: int) -> dict[str, Any]:
    dice = random.Random(4)
    bare, whole = [], []
    for number in range(100):
        pk = dice.randint(2, count)
        person = Person.objects.get(pk=pk)
        with connection.cursor() as cursor:

            def update() -> None:
                cursor.execute(
                    "UPDATE directory_person SET about = %s WHERE id = %s", [str(number), pk]
                )

            bare.append(_timed(update))
        person.family_name = person.family_name[::-1].capitalize()
        # As the administration and one's own entry save it.
        whole.append(_timed(lambda: person.save(update_fields=["family_name"])))
        person.family_name = person.family_name[::-1].capitalize()
        person.save()
    ratio = statistics.median(whole) / statistics.median(bare)
    return {"one edit / bare update": ratio}


def _admin(questions: Sequence[invented.Question], user: Any) -> float:
    """Seconds of the administration's own list for one search, in the middle of a few."""
    request_factory = RequestFactory()
    admin = site._registry[Person]
    # What Django's own list does where nobody has helped it: several fields, counted twice.
    admin.show_full_result_count = True
    times = []
    names = [each for each in questions if each.kind in ("accented", "four letters", "email")]
    for question in names[:5]:
        request = request_factory.get("/", {"q": question.text})
        request.user = user

        def look(request: Any = request) -> None:
            changes = admin.get_changelist_instance(request)
            list(changes.result_list)

        times.append(_timed(look))
    return statistics.median(times)


if __name__ == "__main__":
    step, count, out = sys.argv[1:]
    result = fill(int(count)) if step == "fill" else measure(int(count))
    Path(out).write_text(json.dumps(result))
