"""Clicks a second by gunicorn while every node takes half a second to answer."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from tests.benchmarks.yardsticks import Figure
from tests.chaos import company, stage
from tests.chaos.clicks import Crowd
from tests.chaos.storm import enter

CLUSTERS = 4
CLICKERS = 20  # at each cluster, at the same time: a queue of about two seconds
WARM, MEASURED = 4.0, 20.0  # seconds


def measure(folder: Path) -> Iterator[Figure]:
    # Nobody may click more than 20 times a minute, so everybody of the company helps.
    people = [_moved(person, n) for n, person in enumerate(company.everybody())]
    scene = company.scene_of(people, CLUSTERS)
    with stage.witness(scene, folder=folder) as witness:
        cookies = enter(people, witness, answer_seconds=8)
        connection.close()
        for node in witness.nodes:
            witness.do("fault", node=node["name"], name="slow", seconds=0.5)
        with stage.hosts(1, folder=folder, workers=2, threads=48) as hosts:
            crowd = Crowd(people, cookies=cookies, ports=[host.port for host in hosts])
            began, ended = _click_all_the_time(crowd)
        wire = [call for call in witness.calls if began <= call["when"] < ended]
    clicks = sum(call["rang"] for call in wire)
    allowed = CLUSTERS * company.RATE * (ended - began)
    print(
        f"\npace\n  {clicks / MEASURED:.1f} clicks a second of {allowed / MEASURED:.0f} allowed; "
        f"{len(wire) - clicks} calls reached a node and were told to come again"
    )
    yield Figure("sustained_share_of_the_pace", clicks / allowed, 0.95, at_least=True)


def _moved(person: company.Person, place: int) -> company.Person:
    cluster = f"c{place % CLUSTERS}"
    return company.Person(person.user_id, cluster, person.device, person.line)


def _click_all_the_time(crowd: Crowd) -> tuple[float, float]:
    """Keep the queues filled for the whole time; from when until when it was measured."""
    over = threading.Event()

    def click(seed: int) -> None:
        while not over.is_set():
            crowd.click_once(f"{seed} {time.monotonic_ns()}")

    threads = [threading.Thread(target=click, args=(n,)) for n in range(CLUSTERS * CLICKERS)]
    for thread in threads:
        thread.start()
    time.sleep(WARM)
    began = time.time()
    time.sleep(MEASURED)
    ended = time.time()
    over.set()
    for thread in threads:
        thread.join()
    return began, ended
