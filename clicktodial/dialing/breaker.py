"""The application user's circuit breaker: one tries it, and one refusal stops it for all.

A few wrong passwords in a row lock the application user, and with it everybody's dialling. So a
password that has not been proven of late is tried by one request at a time, over all workers.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from clicktodial.dialing.models import Cluster
from clicktodial.webdialer import BadCredentials, NoProxyRights, Refused

logger = logging.getLogger(__name__)

PROOF = timedelta(minutes=1)  # how long a success speaks for the next requests
RENEWAL = timedelta(seconds=30)  # how old it is when the next success is noted
LOOK = 0.05  # seconds between two looks at somebody else's try
LEASE = timedelta(seconds=60)  # after which the try of a dead worker no longer counts


class ProxyStopped(Exception):
    """The application user was refused and is not tried again before somebody mends it."""


class StillTrying(Exception):
    """Somebody else's try of an unproven password has not ended in time."""


def is_stopped(cluster: Cluster) -> bool:
    """Whether the cluster's application user is stopped, as the database says now."""
    return Cluster.objects.filter(pk=cluster.pk, stopped_at__isnull=False).exists()


@contextmanager
def admitted(cluster: Cluster) -> Iterator[None]:
    """Waits until the application user may be used; raises ProxyStopped and StillTrying."""
    alone = _enter(cluster)
    try:
        yield
    finally:
        if alone:
            Cluster.objects.filter(pk=cluster.pk).update(trying_until=None)


def _enter(cluster: Cluster) -> bool:
    """True where this is the one request that tries; False where the password is proven."""
    give_up = time.monotonic() + cluster.limits.total
    row = Cluster.objects.filter(pk=cluster.pk)
    while True:
        now = timezone.now()
        stopped_at, proven_at = row.values_list("stopped_at", "proven_at").get()
        if stopped_at:
            raise ProxyStopped
        cluster.proven_at = proven_at
        if proven_at and proven_at > now - PROOF:
            return False
        free = Q(trying_until__isnull=True) | Q(trying_until__lt=now)
        if row.filter(free, stopped_at__isnull=True).update(trying_until=now + LEASE):
            return True
        if time.monotonic() > give_up:
            raise StillTrying
        time.sleep(LOOK)


@contextmanager
def judging(cluster: Cluster) -> Iterator[None]:
    """Learns from a request's end: a refusal of the application user stops it, all else proves it.

    What was learned of an old password says nothing of the one that has replaced it meanwhile.
    """
    row = Cluster.objects.filter(
        pk=cluster.pk,
        application_user=cluster.application_user,
        proxy_password=cluster.proxy_password,
    )
    try:
        yield
    except (BadCredentials, NoProxyRights) as refusal:
        now = timezone.now()
        if row.update(stopped_at=now, stopped_code=refusal.code, proven_at=None):
            cluster.stopped_at, cluster.stopped_code = now, refusal.code
            logger.error(
                "%s refused its application user with code %s: its dialling is stopped",
                cluster,
                refusal.code,
            )
        raise
    except Refused as refusal:
        if not refusal.try_another_node:
            _note(cluster, row)
        raise
    _note(cluster, row)


def _note(cluster: Cluster, row: QuerySet[Cluster]) -> None:
    now = timezone.now()
    if cluster.proven_at is None or cluster.proven_at < now - RENEWAL:
        row.update(proven_at=now)
