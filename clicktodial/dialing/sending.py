"""A claimed call goes out: node by node, at its turn, at most once, and is settled."""

import logging
import math
import time

from django.db import transaction

from clicktodial import metrics
from clicktodial.dialing import breaker, clusters, pacing
from clicktodial.dialing.models import Call, Cluster, Delegation, Node, Outcome
from clicktodial.webdialer import Credential, ProxyCredential, Refused, Secret, WebDialerError

logger = logging.getLogger(__name__)

LONGEST_WAIT = 6.0  # seconds a person waits for a turn at the cluster before being told to retry
PATIENCE = 30.0  # seconds after which no further node is tried
BUSY_PAUSE = 1.1  # seconds before busy nodes are asked once more
ROUNDS = 2


def send(call: Call, cluster: Cluster, credential: Credential, destination: Secret) -> None:
    """Ask the cluster's nodes until one takes the call, refuses it or may have it; settle it."""
    try:
        _send(call, cluster, credential, destination)
    except BaseException:
        # Also when the worker is told to stop: what can be settled is settled before it goes.
        if call.outcome == Outcome.PLACING:
            call.settle(Outcome.NOT_SENT, trouble="interrupted")
        elif call.outcome == Outcome.SENDING:
            call.settle(Outcome.UNKNOWN, trouble="interrupted")
        raise


def _send(call: Call, cluster: Cluster, credential: Credential, destination: Secret) -> None:
    """Ask the cluster's nodes in turn until one takes the call, refuses it, or may have it."""
    deadline = time.monotonic() + PATIENCE
    code, trouble = None, "no_nodes"
    for attempt in range(ROUNDS):
        if attempt:
            time.sleep(BUSY_PAUSE)
        for node in cluster.nodes.in_turn():
            if time.monotonic() > deadline:
                break
            error = _send_to(call, node, credential, destination)
            if error is None:
                return
            code = error.code if isinstance(error, Refused) else None
            trouble = clusters.trouble_of(error)
        if code is None:  # only busy nodes are worth a second round
            break
    if code is None:
        call.settle(Outcome.NOT_SENT, trouble=trouble)
    else:
        call.settle(Outcome.REFUSED, code=code)


def _send_to(
    call: Call, node: Node, credential: Credential, destination: Secret
) -> WebDialerError | None:
    """Send the call to one node; None once it is settled, else why another node may be tried."""
    error: WebDialerError | None = None
    for _attempt in range(2):
        try:
            with clusters.admitted(node.cluster, credential):
                error = _try(call, node, credential, destination)
        except breaker.ProxyStopped:
            call.settle(Outcome.NOT_SENT, trouble="proxy_stopped")
            return None
        except breaker.StillTrying:
            call.settle(Outcome.NOT_SENT, trouble="no_answer")
            return None
        if error is None:
            break
        speaks_anew = _learns(node, error)
        if call.is_settled or not speaks_anew:
            break
    return None if call.is_settled else error


def _try(
    call: Call, node: Node, credential: Credential, destination: Secret
) -> WebDialerError | None:
    """One makeCall at most; the call is settled or taken back by its answer, which is returned."""
    try:
        client = clusters.client_of(node, credential)
    except WebDialerError as error:
        return error
    not_after = _take_turn(call, node, credential)
    if not_after is None:
        return None
    began = time.monotonic()
    try:
        with clusters.judging(node.cluster, credential):
            client.make_call(destination, caller=call.caller, not_after=not_after)
    except WebDialerError as error:
        _count(node, time.monotonic() - began, error)
        if not isinstance(error, Refused):
            logger.warning("%s", error)
        if not _settles(call, error):
            call.take_back(seconds=PATIENCE)
        return error
    _count(node, time.monotonic() - began)
    call.settle(Outcome.ACCEPTED, code=0)
    node.recover()
    return None


def _count(node: Node, seconds: float, error: WebDialerError | None = None) -> None:
    where = {"cluster": node.cluster.name, "node": str(node)}
    code = error.code if isinstance(error, Refused) else 0 if error is None else ""
    if error is None:
        outcome = "accepted"
    else:
        outcome = "refused" if isinstance(error, Refused) else clusters.trouble_of(error)
    metrics.count(metrics.ATTEMPTS, **where, outcome=outcome, code=code)
    metrics.observe(metrics.ANSWER, seconds, **where)


def _learns(node: Node, error: WebDialerError) -> bool:
    """Whether the node speaks another generation now, so that it is worth asking again."""
    if error.probe_again and clusters.speaks_anew(node):
        return True
    if clusters.is_worth_a_rest(error):
        node.rest(clusters.trouble_of(error))
    return False


def _take_turn(call: Call, node: Node, credential: Credential) -> float | None:
    """Wait for a turn at the cluster and mark the call as leaving; None where it is settled.

    The answer is the time (monotonic) after which nothing may leave any more: a worker that was
    frozen meanwhile finds its call settled without it, and the person may be in another one.
    """
    total = node.cluster.limits.total
    try:
        with transaction.atomic():
            seconds = pacing.take_turn(node.cluster, longest=LONGEST_WAIT)
            not_after = time.monotonic() + seconds + total
            if not call.send_to(node, after=seconds, seconds=total):
                return None
    except pacing.TooBusy as busy:
        metrics.count(metrics.REFUSED_TURNS, cluster=node.cluster.name)
        call.settle(Outcome.NOT_SENT, trouble=f"queue_{math.ceil(busy.seconds)}")
        return None
    metrics.observe(metrics.PACING, seconds, cluster=node.cluster.name)
    if seconds:  # even a sleep of no time gives the processor away
        time.sleep(seconds)
        if isinstance(credential, ProxyCredential) and breaker.is_stopped(node.cluster):
            call.settle(Outcome.NOT_SENT, trouble="proxy_stopped")
            return None
    if call.owner and not Delegation.objects.allows(call):
        call.settle(Outcome.NOT_SENT, trouble="not_delegated")
        return None
    return not_after


def _settles(call: Call, error: WebDialerError) -> bool:
    """Whether the error decides the call's fate; where it may have rung, no other node is asked."""
    code = error.code if isinstance(error, Refused) else None
    if error.maybe_acted:
        call.settle(Outcome.UNKNOWN, code=code, trouble=clusters.trouble_of(error))
    elif error.try_another_node or error.probe_again:
        return False
    elif code is None:
        call.settle(Outcome.NOT_SENT, trouble=clusters.trouble_of(error))
    else:
        call.settle(Outcome.REFUSED, code=code)
    return True
