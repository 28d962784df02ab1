"""Clusters and their nodes examined: what is kept of them, and what they answer."""

from collections.abc import Iterable

from django.core.checks import Info
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from clicktodial.dialing import checks, notices, probe
from clicktodial.dialing.models import Cluster, Node
from clicktodial.dialing.reach import Finding, Level
from clicktodial.dialing.release import ADVISORY, Standing, standing_of
from clicktodial.doctor.report import Part


def enabled() -> QuerySet[Cluster]:
    """The clusters that are dialled with, in their order."""
    return Cluster.objects.filter(enabled=True)


def examine(
    clusters: Iterable[Cluster], *, user_id: str = "", only: Node | None = None
) -> list[Part]:
    """A part for each cluster and each of its enabled nodes, or `only` one; never places a call.

    The application user is tried only with a `user_id`, once a cluster, and not while it is
    stopped.
    """
    chosen = [cluster.pk for cluster in clusters]
    if not chosen:
        says, advice = _("No cluster is enabled: nobody can dial."), _("Add one under Clusters.")
        return [Part(_("Clusters"), (Finding(_("Clusters"), Level.TROUBLE, says, advice),))]
    wanted = Q(enabled=True, cluster__in=chosen) if only is None else Q(pk=only.pk)
    nodes = Node.objects.filter(wanted).select_related("cluster")
    found = probe.test_all(
        nodes.order_by("cluster__order", "cluster__name", "order", "pk"), user_id=user_id
    )
    parts: list[Part] = []
    for cluster in Cluster.objects.filter(pk__in=chosen).prefetch_related(
        "nodes", "dial_plans__ranges", "dial_plans__rules"
    ):
        # Read anew: trying the application user may just have stopped it.
        parts.append(Part(cluster.name, tuple(_kept(cluster))))
        mine = [one for one in found if one.node.cluster_id == cluster.pk]
        for one in mine:
            title = f"{cluster.name}: {one.node}"
            parts.append(Part(title, (*one.steps, *_release(one.node)), one.seconds))
    return parts


def _kept(cluster: Cluster) -> list[Finding]:
    """The breaker, and what the system checks say of the cluster's own settings."""
    if cluster.stopped_at:
        stopped = notices.of_stopped(cluster)
        found = [Finding(_("Dialling"), Level.TROUBLE, stopped.says, stopped.advice)]
    else:
        found = [Finding(_("Dialling"), Level.FINE, _("not stopped"))]
    told = [
        message
        for message in checks.of_cluster(cluster)
        if message.id != checks.STOPPED and not (message.is_silenced() or type(message) is Info)
    ]
    found += [
        Finding(_("Settings"), Level.NOTICE, str(message.msg), str(message.hint or ""))
        for message in told
    ]
    return found if told else [*found, Finding(_("Settings"), Level.FINE, _("sound"))]


def _release(node: Node) -> list[Finding]:
    """Where the patch cannot be judged; the probe tells where it is missing."""
    standing = standing_of(node.release)
    if standing is Standing.UNKNOWN:
        says = _("It cannot be told whether it is patched against %(advisory)s.")
        advice = _("Enter the node's release at the cluster, such as 15SU5.")
        return [
            Finding(_("Release"), Level.NOTICE, says % {"advisory": ADVISORY}, advice),
        ]
    if standing is Standing.FIXED:
        return [Finding(_("Release"), Level.FINE, node.release)]
    return []
