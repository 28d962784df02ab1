"""Whose home is where: every cluster is asked at once, and the answer is remembered."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from queue import Empty, SimpleQueue
from time import monotonic

from clicktodial.dialing import clusters
from clicktodial.dialing.models import Cluster, DialProfile, Node
from clicktodial.webdialer import (
    Generation,
    Limits,
    Transport,
    WebDialer,
    WebDialerError,
    find_generation,
)

# Once one cluster has said yes, the others get this share of the time it took to say it, too.
GRACE = 0.05
LONGEST = 10.0  # seconds until a cluster that has said nothing counts as silent
PATIENCE = 1.0  # seconds they get where the person is choosing a phone anyway


class NoHome(Exception):
    """Every cluster answered, and none knows this user id."""


class SeveralHomes(Exception):
    """More than one cluster claims the user; an administrator has to say which."""

    def __init__(self, claimants: Sequence[Cluster]) -> None:
        super().__init__("several clusters")
        self.claimants = tuple(claimants)


class HomeUnknown(Exception):
    """No cluster said yes and some could not be asked."""

    def __init__(self, silent: Sequence[Cluster]) -> None:
        super().__init__("some clusters did not answer")
        self.silent = tuple(silent)


@dataclass(frozen=True)
class Heard:
    """What one cluster said: yes, no, or nothing (None); and what its nodes taught us."""

    yes: bool | None
    learned: tuple[tuple[Node, Generation], ...] = ()
    troubles: tuple[tuple[Node, str], ...] = ()


@cache
def _threads(cluster_id: int) -> ThreadPoolExecutor:
    """Threads for one cluster: one that hangs takes none from the others."""
    return ThreadPoolExecutor(max_workers=8, thread_name_prefix=f"home-{cluster_id}")


def _brief(limits: Limits) -> Limits:
    """The time limits of a question that people wait for and that a node answers at once."""
    connect, answer = min(limits.connect, 2.0), min(limits.answer, 3.0)
    return replace(limits, connect=connect, answer=answer, total=connect + answer)


def _hear(doors: Sequence[tuple[Node, Transport]], user_id: str) -> Heard:
    """Ask one cluster's nodes in turn; runs in a thread of its own and leaves the database be."""
    learned: list[tuple[Node, Generation]] = []
    troubles: list[tuple[Node, str]] = []
    for node, transport in doors:
        try:
            generation = Generation(node.generation) if node.generation else None
            for _attempt in range(2):
                if generation is None:
                    generation = find_generation(transport)
                    learned.append((node, generation))
                try:
                    yes = WebDialer(transport, generation=generation).is_cluster_user(user_id)
                    return Heard(yes, tuple(learned), tuple(troubles))
                except WebDialerError as error:
                    if not error.probe_again or learned:
                        raise
                    generation = None
        except WebDialerError as error:
            troubles.append((node, clusters.trouble_of(error)))
    return Heard(None, tuple(learned), tuple(troubles))


def home_of(profile: DialProfile) -> Cluster:
    """The person's home cluster: the remembered one, or else the one that says so now.

    Takes one round trip for any number of clusters. Raises NoHome, SeveralHomes and HomeUnknown.
    """
    if profile.home_cluster is not None and profile.home_cluster.enabled:
        return profile.home_cluster
    home = find_home(profile.cucm_user_id)
    profile.live_at(home)
    return home


def find_home(user_id: str) -> Cluster:
    """The one cluster that knows the user id, asked of all at once; raises as `home_of` does."""
    return _only_one(*_ask_all(user_id))


def find_all(user_id: str) -> tuple[Cluster, ...]:
    """Every cluster that knows the user id, for a person who is choosing and can wait a second.

    Raises NoHome and HomeUnknown.
    """
    yes, silent = _ask_all(user_id, patience=PATIENCE)
    return tuple(yes) if yes else (_only_one(yes, silent),)


def _ask_all(user_id: str, *, patience: float = 0) -> tuple[list[Cluster], list[Cluster]]:
    """The clusters that said yes and those that said nothing.

    After the first yes the others get `patience` seconds, or a little of the time that it took.
    """
    asked: dict[Future[Heard], Cluster] = {}
    answers: SimpleQueue[Future[Heard]] = SimpleQueue()
    began = monotonic()
    for cluster, nodes in _every_cluster():
        limits = _brief(cluster.limits)
        doors = [(node, clusters.transport_to(node, limits)) for node in nodes]
        question = _threads(cluster.pk).submit(_hear, doors, user_id)
        question.add_done_callback(answers.put)
        asked[question] = cluster
    heard: dict[Cluster, Heard] = {}
    until, said_yes = began + LONGEST, False
    with suppress(Empty):
        while len(heard) < len(asked):
            answer = answers.get(timeout=max(0.0, until - monotonic()))
            heard[asked[answer]] = answer.result()
            if answer.result().yes and not said_yes:
                said_yes = True
                until = monotonic() + max(patience, (monotonic() - began) * GRACE)
    for question, cluster in asked.items():
        question.cancel()  # only what a hanging cluster has not even begun with can be
        _remember(heard.setdefault(cluster, Heard(None)))
    yes = [cluster for cluster in asked.values() if cluster in heard and heard[cluster].yes]
    silent = [cluster for cluster, said in heard.items() if said.yes is None]
    return yes, silent


def _every_cluster() -> list[tuple[Cluster, list[Node]]]:
    """The enabled clusters and their nodes in turn; two queries, however many there are."""
    found: dict[int, tuple[Cluster, list[Node]]] = {
        cluster.pk: (cluster, []) for cluster in Cluster.objects.filter(enabled=True)
    }
    for node in Node.objects.filter(cluster__in=found).in_turn():
        cluster, nodes = found[node.cluster_id]
        node.cluster = cluster
        nodes.append(node)
    return list(found.values())


def _only_one(yes: Sequence[Cluster], silent: Sequence[Cluster]) -> Cluster:
    if len(yes) == 1:
        return yes[0]
    if yes:
        raise SeveralHomes(yes)
    raise HomeUnknown(silent) if silent else NoHome


def _remember(heard: Heard) -> None:
    for node, generation in heard.learned:
        node.learn(generation)
    for node, trouble in heard.troubles:
        node.rest(trouble)
