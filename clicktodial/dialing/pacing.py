"""Turns at a cluster's door: never more call requests a second than it takes, whoever asks."""

import time

from django.db import connection, transaction

from clicktodial.dialing.models import Cluster, Turns

# Two requests that left a second apart may arrive a little closer together.
WINDOW = 1.03  # seconds


class TooBusy(Exception):
    """The queue is longer than one may be asked to wait; `seconds` is its length."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too many calls at once")
        self.seconds = seconds


def _now() -> float:
    """One clock for all hosts: the database's, or the machine's where the database is a file."""
    if connection.vendor != "postgresql":
        return time.time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        return float(cursor.fetchone()[0])


def take_turn(cluster: Cluster, *, longest: float) -> float:
    """The seconds to wait before a call request may leave; raises TooBusy over `longest`.

    The first `calls_a_second` requests of a quiet second go at once; each later one keeps a full
    second's distance from the one that many places before it.
    """
    rate = cluster.calls_a_second
    with transaction.atomic(savepoint=False):
        turns = Turns.objects.select_for_update().filter(cluster=cluster).first()
        if turns is None:
            Turns.objects.get_or_create(cluster=cluster)
            turns = Turns.objects.select_for_update().get(cluster=cluster)
        now = _now()
        # A clock that was set back must not keep everybody waiting for the time it showed.
        latest = now + max(longest, 0) + WINDOW
        taken = [turn for turn in turns.taken if turn <= latest][-rate:]
        turn = max([now, *taken])
        if len(taken) == rate and taken[0] + WINDOW > now:
            # A queue leaves evenly: all at once, its calls would keep each other up on the way.
            turn = max(taken[0] + WINDOW, taken[-1] + WINDOW / rate)
        if turn - now > longest:
            raise TooBusy(turn - now)
        Turns.objects.filter(pk=cluster.pk).update(taken=[*taken, turn][-8:])
    return float(turn - now)
