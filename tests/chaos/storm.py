"""A whole storm: the stage is set, people click, everything goes wrong, and is looked at after."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user_model,
)
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from clicktodial.dialing.models import Call, Cluster, DialProfile, Node
from clicktodial.dialing.models.outcome import IN_FLIGHT
from clicktodial.sealed import Sealed
from clicktodial.webdialer import Secret
from tests.chaos import company, stage, verdict
from tests.chaos.clicks import Crowd
from tests.chaos.weather import Weather

AT_ONCE = 64  # people clicking at the same time
QUIET = 3.0  # seconds in which whatever is still on its way arrives


@dataclass(frozen=True)
class Report:
    """What happened, and what should not have."""

    clicks: int
    posts: int
    answers: Counter[int]
    outcomes: Counter[str]
    wire: int
    rang: int
    busiest_second: int
    weather: Counter[str]
    seconds: float
    breaches: list[str]


def blow(*, clicks: int, seed: str, folder: Path, hosts: int = 2) -> Report:
    """Play a storm of so many clicks over the database of the Django settings."""
    people = company.everybody()
    call_command("migrate", verbosity=0)
    with stage.witness(company.scene(), folder=folder) as witness:
        cookies = enter(people, witness)
        connection.close()
        with stage.hosts(hosts, folder=folder) as machines:
            crowd = Crowd(people, cookies=cookies, ports=[host.port for host in machines])
            weather = Weather(seed, witness=witness, hosts=machines, people=people)
            seconds = _let_loose(crowd, weather, clicks=clicks, seed=seed)
            clear_up(crowd)
        wire = witness.calls
        logged = rows()
    breaches = verdict.breaches(crowd.clicks, rows=logged, wire=wire, answers=crowd.answers)
    return Report(
        clicks=len(crowd.clicks),
        posts=crowd.posts,
        answers=Counter(answer.status for answer in crowd.answers),
        outcomes=Counter(row["outcome"] for row in logged),
        wire=len(wire),
        rang=sum(call["rang"] for call in wire),
        busiest_second=verdict.most_in_a_second(wire),
        weather=weather.counts,
        seconds=seconds,
        breaches=breaches,
    )


def enter(
    people: list[company.Person], witness: stage.Witness, *, answer_seconds: float = 1
) -> dict[str, str]:
    """Clusters and people as administrators enter them; the session cookie of every person."""
    clusters: dict[str, Cluster] = {}
    for order, node in enumerate(witness.nodes):
        name = node["cluster"]
        if name not in clusters:
            clusters[name] = Cluster.objects.create(
                name=name,
                application_user=company.APPLICATION_USER,
                proxy_password=Sealed.around(Secret(company.PASSWORD)),
                connect_seconds=0.5,
                answer_seconds=answer_seconds,
                calls_a_second=company.RATE,
            )
        Node.objects.create(
            cluster=clusters[name],
            host=node["host"],
            port=node["port"],
            secure=node["secure"],
            order=order,
        )
    return {person.user_id: sign_in(person, clusters[person.cluster]) for person in people}


def sign_in(person: company.Person, home: Cluster) -> str:
    """Somebody with a phone and a session; the session's cookie."""
    user = get_user_model().objects.create(username=person.user_id, password="!")
    DialProfile.objects.create(
        user=user,
        cucm_user_id=person.user_id,
        home_cluster=home,
        device=person.device,
        line=person.line,
    )
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "clicktodial.signin.local.LocalBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _let_loose(crowd: Crowd, weather: Weather, *, clicks: int, seed: str) -> float:
    """Let everybody click while the weather is bad; the seconds that it took."""
    began = time.monotonic()
    threads = ThreadPoolExecutor(AT_ONCE)
    weather.begin()
    try:
        asked = [threads.submit(crowd.click, f"{seed} {n}") for n in range(clicks)]
        while wait(asked, timeout=0.5).not_done:
            weather.check()
            # An administrator's hand: application users that a fault had refused go on.
            Cluster.objects.filter(stopped_at__isnull=False).update(stopped_at=None)
        for done in asked:
            done.result()
    finally:
        weather.end()
        threads.shutdown(cancel_futures=True)
    return time.monotonic() - began


def clear_up(crowd: Crowd) -> None:
    """Let the last calls end, then look at every call that a dead worker left behind."""
    time.sleep(QUIET)
    left = Call.objects.filter(outcome__in=IN_FLIGHT)
    while left.filter(settle_by__gt=timezone.now()).exists():
        time.sleep(0.2)
    open_ones = set(left.values_list("click", flat=True))
    for click in crowd.clicks:
        if click.token in open_ones:
            crowd.look(click)


def rows() -> list[dict[str, Any]]:
    columns = ("click", "digits", "outcome", "code", "trouble", "device", "line")
    return [
        {**{name: getattr(call, name) for name in columns}, "user": call.user.get_username()}
        for call in Call.objects.select_related("user").iterator()
    ]
