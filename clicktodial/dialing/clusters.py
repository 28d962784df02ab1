"""Clusters asked over the wire: which node, in which generation, as whom, whose home."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from threading import Lock
from typing import TypeVar

from clicktodial.dialing import breaker
from clicktodial.dialing.breaker import ProxyStopped as ProxyStopped
from clicktodial.dialing.models import Cluster, Node
from clicktodial.webdialer import (
    Address,
    Credential,
    Generation,
    Limits,
    NoAnswer,
    NotSent,
    ProxyCredential,
    Reason,
    Refused,
    Transport,
    WebDialer,
    WebDialerError,
    find_generation,
)

T = TypeVar("T")


class ClusterOut(Exception):
    """No node of the cluster could be asked; `trouble` says how the last one failed."""

    def __init__(self, cluster: Cluster, trouble: str) -> None:
        super().__init__(f"{cluster}: {trouble}")
        self.cluster, self.trouble = cluster, trouble


class ProxyMissing(Exception):
    """The cluster has no application user, or no password for it."""


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

    Raises ClusterOut, ProxyStopped, and Refused as WebDialer said it.
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
            if is_worth_a_rest(error):
                node.rest(trouble)
        except breaker.StillTrying:
            raise ClusterOut(cluster, "no_answer") from None
        else:
            node.recover()
            return answer
    raise ClusterOut(cluster, trouble)


def ask_node(node: Node, question: Callable[[WebDialer], T], credential: Credential) -> T:
    """One node's answer, asked once more where the node has learned the other generation."""
    with admitted(node.cluster, credential), judging(node.cluster, credential):
        try:
            return question(client_of(node, credential))
        except WebDialerError as error:
            acted = error.maybe_acted and error.operation is not None and error.operation.acts
            if acted or not (error.probe_again and speaks_anew(node)):
                raise
            return question(client_of(node, credential))


def admitted(cluster: Cluster, credential: Credential) -> AbstractContextManager[None]:
    """`breaker.admitted` for the application user; a person's own password locks nobody else."""
    by_proxy = isinstance(credential, ProxyCredential)
    return breaker.admitted(cluster) if by_proxy else nullcontext()


def judging(cluster: Cluster, credential: Credential) -> AbstractContextManager[None]:
    """`breaker.judging` for the application user."""
    by_proxy = isinstance(credential, ProxyCredential)
    return breaker.judging(cluster) if by_proxy else nullcontext()


def is_worth_a_rest(error: WebDialerError) -> bool:
    """Whether the node is at fault; it is not where only our own connections are all in use."""
    if isinstance(error, Refused):
        return False
    return not (isinstance(error, NotSent) and error.reason is Reason.BUSY)


def trouble_of(error: WebDialerError) -> str:
    """One word for what was wrong; `wording` has the sentences."""
    if isinstance(error, Refused):
        return f"code_{error.code}"
    if isinstance(error, NotSent):
        return error.reason.name.lower()
    return "no_answer" if isinstance(error, NoAnswer) else "unreadable"
