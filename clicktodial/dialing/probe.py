"""Nodes tested without placing a call: every step is fine, or comes with what to do about it."""

import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clicktodial.dialing import breaker, clusters
from clicktodial.dialing.models import Cluster, Node
from clicktodial.dialing.reach import Door, Finding, Level, Sight, see, trouble
from clicktodial.dialing.release import ADVISORY, Standing, mended_in, standing_of
from clicktodial.sealed import WrongKey
from clicktodial.webdialer import (
    Generation,
    NoDevice,
    ProxyCredential,
    WebDialer,
    WebDialerError,
)

AT_ONCE = 16  # nodes
LONGEST = 30.0  # seconds, whatever the nodes' own limits add up to


@dataclass(frozen=True)
class Findings:
    """All that one node's test found, in `seconds`."""

    node: Node
    steps: tuple[Finding, ...]
    seconds: float

    @property
    def level(self) -> Level:
        """The worst there is; what was not tried does not count."""
        found = {step.level for step in self.steps}
        return next((bad for bad in (Level.TROUBLE, Level.NOTICE) if bad in found), Level.FINE)


def test(node: Node, *, user_id: str = "") -> Findings:  # noqa: PT028 - not a pytest test
    """One node's findings; never places a call.

    The application user's rights are tried only with a `user_id` of Unified CM, once, and not at
    all while the cluster's application user is stopped.
    """
    return test_all([node], user_id=user_id)[0]


def test_all(
    nodes: Iterable[Node],
    *,
    user_id: str = "",  # noqa: PT028 - not a pytest test
    within: float = LONGEST,  # noqa: PT028 - not a pytest test
) -> tuple[Findings, ...]:
    """The findings of several nodes, looked at together; who takes longer is told as such.

    Rights are tried one node after the other, so that a wrong password is shown only once, and at
    one node of each cluster, since they are the same at all.
    """
    asked, who = tuple(nodes), user_id.strip()
    deadline = time.monotonic() + within
    threads = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="probe")
    try:
        looks = [threads.submit(copy_context().run, _look, _door_of(node), who) for node in asked]
        sights = [_by(deadline, look, within) for look in looks]
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
    proven: dict[int, Node] = {}
    return tuple(
        _finish(node, sight, who, proven) for node, sight in zip(asked, sights, strict=True)
    )


def _by(deadline: float, look: Future[Sight], within: float) -> Sight:
    """A host's name is looked up without a limit of ours, so some looks outlast all of them."""
    try:
        return look.result(timeout=max(0.0, deadline - time.monotonic()))
    except TimeoutError:
        says = _("It took too long.")
        advice = _("Test this node alone. Often the DNS server does not answer.")
        return Sight((Finding(_("Time"), Level.TROUBLE, says, advice),), within)


def _door_of(node: Node) -> Door | None:
    """Where to look; None for a host that no client can go to."""
    try:
        return Door(node.address, node.cluster.ca, node.cluster.limits)
    except ValueError:
        return None


def _look(door: Door | None, user_id: str) -> Sight:
    """Runs in a thread of its own, which must not touch the database."""
    if door is not None:
        return see(door, user_id=user_id)
    says, advice = _("This host is not a name."), _("Enter the node's name and nothing else.")
    return Sight((Finding(_("Name"), Level.TROUBLE, says, advice),), 0.0)


def _finish(node: Node, sight: Sight, user_id: str, proven: dict[int, Node]) -> Findings:
    """Remember what was learned, and add what takes the database or a password."""
    steps, seconds = list(sight.steps), sight.seconds
    if sight.generation is not None:
        node.learn(sight.generation)
        node.recover()
    began = time.monotonic()
    rights = _rights(node, sight.generation, user_id, proven)
    if rights is not None and rights.level is Level.FINE:
        proven[node.cluster_id] = node
    steps += filter(None, [rights, _patches(node)])
    return Findings(node, tuple(steps), seconds + time.monotonic() - began)


def _rights(
    node: Node, generation: Generation | None, user_id: str, proven: dict[int, Node]
) -> Finding | None:
    subject = _("Application user")
    cluster = Cluster.objects.get(pk=node.cluster_id)  # another node's test may have stopped it
    if not cluster.needs_proxy:
        return None
    try:
        credential = clusters.proxy_of(cluster)
    except clusters.ProxyMissing:
        says = _("The cluster has none, or no password for it.")
        return Finding(subject, Level.TROUBLE, says, _("Enter both at the cluster."))
    except clusters.ProxyStopped:
        says = _("It is stopped since Unified CM refused it, and was not tried.")
        advice = _("Enter its password again at the cluster, or let it be tried again there.")
        return Finding(subject, Level.TROUBLE, says, advice)
    except WrongKey:
        says = _("No key of this site opens its password.")
        advice = _("Put the old key back into ENCRYPTION_KEYS, or enter the password again.")
        return Finding(subject, Level.TROUBLE, says, advice)
    if generation is not None and node.cluster_id in proven:
        says = _("tried at %(node)s, and the same here") % {"node": proven[node.cluster_id]}
        return Finding(subject, Level.FINE, says)
    if generation is None or not user_id:
        advice = "" if user_id else _("Give a Unified CM user id to try its rights once.")
        return Finding(subject, Level.NOT_TRIED, _("not tried"), advice)
    node.cluster = cluster
    return _try_rights(node, generation, credential, user_id)


def _try_rights(
    node: Node, generation: Generation, credential: ProxyCredential, user_id: str
) -> Finding:
    """Ask for one person's devices, once: on a fresh connection the client repeats nothing."""
    subject, who = _("Application user"), {"user": user_id}
    door = Door(node.address, node.cluster.ca, node.cluster.limits)
    try:
        with (
            door.transport() as transport,
            breaker.admitted(node.cluster),
            breaker.judging(node.cluster),
        ):
            dialer = WebDialer(transport, generation=generation, credential=credential)
            devices = dialer.get_profile(user_id)
    except NoDevice:
        devices = ()
    except (breaker.ProxyStopped, breaker.StillTrying):
        says = _("Others are using it right now, and it was not tried.")
        return Finding(subject, Level.NOT_TRIED, says, _("Test again in a moment."))
    except WebDialerError as error:
        return trouble(subject, error)
    if not devices:
        says = _("may act for others, but Unified CM lists no device for %(user)s") % who
        advice = _("Try a user id with a phone, or associate one with this user.")
        return Finding(subject, Level.NOTICE, says, advice)
    names = ", ".join(device.name for device in devices[:5])
    says = _("may act for others; %(user)s has %(devices)s") % {**who, "devices": names}
    return Finding(subject, Level.FINE, says)


def _patches(node: Node) -> Finding | None:
    if standing_of(node.release) is not Standing.AFFECTED:
        return None
    return Finding(
        _("Release"),
        Level.NOTICE,
        _("%(release)s is open to %(advisory)s.") % {"release": node.release, "advisory": ADVISORY},
        _("Upgrade to %(release)s or later.") % {"release": mended_in(node.release)},
    )
