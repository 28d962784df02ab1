"""Clusters asked over the wire: which node, in which generation, as whom, whose home."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock
from typing import TypeVar

from django.utils import timezone

from clicktodial.dialing.models import Cluster, Node
from clicktodial.webdialer import (
    Address,
    BadCredentials,
    Credential,
    Generation,
    Limits,
    NoAnswer,
    NoProxyRights,
    NotSent,
    ProxyCredential,
    Refused,
    Transport,
    WebDialer,
    WebDialerError,
    find_generation,
)

logger = logging.getLogger(__name__)
T = TypeVar("T")


class ClusterOut(Exception):
    """No node of the cluster could be asked; `trouble` says how the last one failed."""

    def __init__(self, cluster: Cluster, trouble: str) -> None:
        super().__init__(f"{cluster}: {trouble}")
        self.cluster, self.trouble = cluster, trouble


class ProxyMissing(Exception):
    """The cluster has no application user, or no password for it."""


class ProxyStopped(Exception):
    """The application user was refused and is not tried again before somebody mends it."""


# The kept connections of this process, shared by its threads.
_transports: dict[tuple[Address, str, Limits], Transport] = {}
_making = Lock()


def transport_to(node: Node, limits: Limits | None = None) -> Transport:
    """The kept connections to a node; others once its address, CA or limits are changed.

    The limits are the cluster's where no others are given.
    """
    key = (node.address, node.cluster.ca, limits or node.cluster.limits)
    with _making:
        if key not in _transports:
            _transports[key] = Transport(node.address, ca=node.cluster.ca or None, limits=key[2])
        return _transports[key]


def close_all() -> None:
    """Close every kept connection of this process; the next question opens a new one."""
    for transport in _transports.values():
        transport.close()
    _transports.clear()


def proxy_of(cluster: Cluster) -> ProxyCredential:
    """The application user's credential; raises ProxyMissing, ProxyStopped and WrongKey."""
    if not cluster.has_proxy:
        raise ProxyMissing
    if cluster.stopped_at:
        raise ProxyStopped
    return cluster.proxy


def client_of(node: Node, credential: Credential | None = None) -> WebDialer:
    """A client in the generation that the node speaks, which is found out first if unknown."""
    transport = transport_to(node)
    if not node.generation:
        node.learn(find_generation(transport))
    return WebDialer(transport, generation=Generation(node.generation), credential=credential)


def speaks_anew(node: Node) -> bool:
    """Whether the node speaks another generation than remembered; asked of the node itself.

    An upgrade changes it node by node in the middle of the day.
    """
    before = node.generation
    try:
        node.learn(find_generation(transport_to(node)))
    except WebDialerError:
        return False
    return node.generation != before


def ask(cluster: Cluster, question: Callable[[WebDialer], T], credential: Credential) -> T:
    """The first live node's answer to a question that has no effect.

    Raises ClusterOut, and Refused as WebDialer said it.
    """
    trouble = "no_nodes"
    for node in cluster.nodes.in_turn():
        try:
            answer = ask_node(node, question, credential)
        except Refused as refusal:
            if not refusal.try_another_node:
                raise
            trouble = trouble_of(refusal)
        except WebDialerError as error:
            trouble = trouble_of(error)
            node.rest(trouble)
        else:
            node.recover()
            return answer
    raise ClusterOut(cluster, trouble)


def ask_node(node: Node, question: Callable[[WebDialer], T], credential: Credential) -> T:
    """One node's answer, asked once more where the node has learned the other generation."""
    with guarding(node.cluster, credential):
        try:
            return question(client_of(node, credential))
        except WebDialerError as error:
            acted = error.maybe_acted and error.operation is not None and error.operation.acts
            if acted or not (error.probe_again and speaks_anew(node)):
                raise
            return question(client_of(node, credential))


def guarding(cluster: Cluster, credential: Credential) -> AbstractContextManager[None]:
    """Guards the application user; a person's own password locks nobody else out."""
    if isinstance(credential, ProxyCredential):
        return guarding_proxy(cluster)
    return nullcontext()


@contextmanager
def guarding_proxy(cluster: Cluster) -> Iterator[None]:
    """Stop the application user at its first refusal.

    A few wrong passwords in a row lock it, and with it everybody's dialling.
    """
    try:
        yield
    except (BadCredentials, NoProxyRights) as refusal:
        cluster.stopped_at, cluster.stopped_code = timezone.now(), refusal.code
        cluster.save(update_fields=["stopped_at", "stopped_code"])
        logger.error(
            "%s refused its application user with code %s: its dialling is stopped",
            cluster,
            refusal.code,
        )
        raise


def trouble_of(error: WebDialerError) -> str:
    """One word for what was wrong; `wording` has the sentences."""
    if isinstance(error, Refused):
        return f"code_{error.code}"
    if isinstance(error, NotSent):
        return error.reason.name.lower()
    return "no_answer" if isinstance(error, NoAnswer) else "unreadable"
