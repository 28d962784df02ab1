"""One day: everybody is at work at once, and is asked afterwards."""

import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from clicktodial.dialing.models import Call
from directory.models import Person
from tests.chaos import company, stage, storm, verdict
from tests.chaos.clicks import Crowd
from tests.soak.importer import Colleague, Importer
from tests.soak.memory import Memory
from tests.soak.searchers import Searchers

COLLEAGUES = 2000
CLICKERS = 8
SEARCHERS = 6
PAUSE = 0.3  # seconds between two clicks of a thread


@dataclass(frozen=True)
class Report:
    """What happened, and what should not have."""

    seconds: float
    clicks: int
    met: int
    """Clicks of people who had a call on its way, and were shown that one."""
    outcomes: Counter[str]
    wire: int
    searches: int
    slowest_search: float
    imports: int
    most_memory: float
    growth: float
    wrong: list[str]


def live(*, minutes: float, folder: Path) -> Report:
    """Two hosts over the database of the Django settings, for so long."""
    call_command("migrate", verbosity=0)
    colleagues = [Colleague(number) for number in range(COLLEAGUES)]
    importer = Importer(colleagues, folder=folder)
    importer.take_over()
    people = company.everybody()
    with stage.witness(company.scene(), folder=folder) as witness:
        cookies = storm.enter(people, witness, answer_seconds=8)
        connection.close()
        with stage.hosts(2, folder=folder) as hosts:
            ports = [host.port for host in hosts]
            crowd = Crowd(people, cookies=cookies, ports=ports)
            sessions = [f"sessionid={cookies[each.user_id]}" for each in people[:SEARCHERS]]
            searchers = Searchers(sessions, ports=ports, colleagues=colleagues)
            memory = Memory(hosts)
            seconds = _work(crowd, (searchers, importer, memory), minutes=minutes)
            storm.clear_up(crowd)
        wire, rows = witness.calls, storm.rows()
    wrong = [
        *verdict.breaches(crowd.clicks, rows=rows, wire=wire, answers=crowd.answers),
        *(f"{row['digits']}: {row['outcome']} {row['code']}" for row in rows if not _fine(row)),
        *_lost_clicks(crowd, rows=rows),
        *searchers.wrong,
        *importer.wrong,
        *_lost_titles(importer),
    ]
    return Report(
        seconds=seconds,
        clicks=len(crowd.clicks),
        met=len({click.token for click in crowd.clicks} - {row["click"] for row in rows}),
        outcomes=Counter(Call.objects.values_list("outcome", flat=True)),
        wire=len(wire),
        searches=searchers.count,
        slowest_search=searchers.slowest,
        imports=importer.runs,
        most_memory=memory.most,
        growth=memory.growth,
        wrong=wrong,
    )


def _work(crowd: Crowd, others: "tuple[Searchers, Importer, Memory]", *, minutes: float) -> float:
    """Let everybody work until the time is over; the seconds that it took."""
    began = time.monotonic()
    threads = ThreadPoolExecutor(CLICKERS)
    for other in others:
        other.begin()
    try:
        asked: set[Future[None]] = set()
        number = 0
        while time.monotonic() < began + 60 * minutes:
            while len(asked) < CLICKERS:
                number += 1
                asked.add(threads.submit(_click, crowd, f"soak {number}"))
            done, asked = wait(asked, return_when=FIRST_COMPLETED)
            for each in done:
                each.result()
        for each in asked:
            each.result()
    finally:
        threads.shutdown()
        for other in others:
            other.end()
    return time.monotonic() - began


def _click(crowd: Crowd, seed: str) -> None:
    crowd.click(seed)
    time.sleep(PAUSE)


def _fine(row: dict[str, Any]) -> bool:
    """Taken, or refused because the person's phone was still busy with the call before."""
    return row["outcome"] == "accepted" or (row["outcome"], row["code"]) == ("refused", 1)


def _lost_clicks(crowd: Crowd, *, rows: list[dict[str, Any]]) -> list[str]:
    """Clicks that became no call, though their person was shown none that was on its way."""
    logged = {row["click"] for row in rows}
    met = {answer.token for answer in crowd.answers if answer.shown}
    left_out = logged | met | crowd.gone
    return [f"{click.number}: lost" for click in crowd.clicks if click.token not in left_out]


def _lost_titles(importer: Importer) -> list[str]:
    kept = dict(
        Person.objects.filter(family_name__startswith="Quv").values_list("external_id", "title")
    )
    said = {f"E{number}": title for number, title in importer.titles.items()}
    return [
        f"{number}: the list says {title!r}, the directory {kept.get(number)!r}"
        for number, title in said.items()
        if kept.get(number) != title
    ]
