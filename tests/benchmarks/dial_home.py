"""The home cluster among 1, 4 and 16, in round trips of 50 ms."""

import socket
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import connection

from clicktodial.dialing import clusters as doors
from clicktodial.dialing import homes
from clicktodial.dialing.models import Cluster, DialProfile, Node
from clicktodial.webdialer import Address, Generation, Transport, WebDialer
from tests.benchmarks.yardsticks import Figure, Work, answered, answering, compare

DELAY = 0.05  # seconds
TIMES = 20


def measure(_folder: Path) -> Iterator[Figure]:
    Cluster.objects.all().delete()
    user = get_user_model().objects.create(username="home", password="!")
    profile = DialProfile.objects.create(user=user, cucm_user_id="home")
    with (
        answering(16, delay=DELAY) as ports,
        socket.create_server(("127.0.0.1", 0)) as silent,
        Transport(Address("127.0.0.1", ports[0], secure=False)) as transport,
    ):
        client = WebDialer(transport, generation=Generation.LITERAL)
        trip: Work = lambda: client.is_cluster_user("home")  # noqa: E731
        for count in (1, 4, 16):
            _enter([*ports[1:count], ports[0]])  # the home is asked last
            yield _against(trip, f"{count} clusters", f"home_of_{count}_over_round_trip")
        profile.live_at(homes.find_home("home"))
        before = answered(ports[0])
        for _ in range(TIMES):
            homes.home_of(DialProfile.objects.of(user))
        yield Figure("requests_for_a_remembered_home", answered(ports[0]) - before - 1, 0)
        dead = silent.getsockname()[1]
        _enter([dead, *ports[1:3], ports[0]])
        yield _against(trip, "3 clusters and a dead one", "home_beside_a_dead_one_over_round_trip")
    Cluster.objects.all().delete()
    doors.close_all()
    connection.close()


def _against(trip: Work, title: str, name: str) -> Figure:
    works = {"one round trip": trip, title: lambda: homes.find_home("home")}
    alone, found = compare("home", works, times=TIMES).values()
    return Figure(name, found / alone, 1.15)


def _enter(ports: Sequence[int]) -> None:
    Cluster.objects.all().delete()
    for place, port in enumerate(ports):
        cluster = Cluster.objects.create(name=f"cluster{place}", order=place)
        Node.objects.create(
            cluster=cluster, host="127.0.0.1", port=port, secure=False, generation="literal"
        )
