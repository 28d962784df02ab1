"""What administrators have to be told before anybody complains."""

from dataclasses import dataclass
from itertools import chain

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clicktodial.dialing.models import Cluster, DialPlan, Node
from clicktodial.dialing.release import ADVISORY, Standing, mended_in, standing_of
from clicktodial.dialing.remedies import remedy_for_trouble


@dataclass(frozen=True)
class Notice:
    """A sentence on one cluster and what to do; `grave` where people cannot dial or are unsafe."""

    cluster: Cluster
    says: str
    advice: str
    grave: bool = False
    plan: DialPlan | None = None
    """The dial plan to open, where it is the one at fault."""


def current() -> tuple[Notice, ...]:
    """Stopped clusters first, then dial plans with a mistake, then nodes; takes five queries."""
    nodes = list(Node.objects.filter(enabled=True, cluster__enabled=True).select_related("cluster"))
    stopped = Cluster.objects.filter(enabled=True, stopped_at__isnull=False)
    plans = DialPlan.objects.filter(cluster__enabled=True).select_related("cluster")
    rows = plans.prefetch_related("ranges", "rules")
    return tuple(
        chain(
            map(of_stopped, stopped),
            map(of_broken, (plan for plan in rows if plan.flaws)),
            (of_affected(n) for n in nodes if standing_of(n.release) is Standing.AFFECTED),
            (of_resting(node) for node in nodes if node.rests(timezone.now())),
            of_unknown([n for n in nodes if standing_of(n.release) is Standing.UNKNOWN]),
        )
    )


def of_stopped(cluster: Cluster) -> Notice:
    """The application user was refused, so nobody of this cluster can dial by desk phone."""
    remedy = remedy_for_trouble(f"code_{cluster.stopped_code}")
    facts = {"cluster": cluster, "time": _when(cluster.stopped_at), "why": remedy.says}
    says = _("%(cluster)s: dialling is stopped (since %(time)s). %(why)s") % facts
    return Notice(cluster, says, str(remedy.advice), grave=True)


def of_broken(plan: DialPlan) -> Notice:
    """A rule has come past the forms that the plan cannot be used with."""
    facts = {"cluster": plan.cluster, "plan": plan, "flaws": " ".join(plan.flaws)}
    says = _("%(cluster)s: nothing is dialled by the dial plan “%(plan)s”. %(flaws)s") % facts
    return Notice(plan.cluster, says, _("Mend it and save the plan."), grave=True, plan=plan)


def of_affected(node: Node) -> Notice:
    """The node's release is open to the advisory."""
    facts = {
        "cluster": node.cluster,
        "node": node,
        "release": node.release,
        "advisory": ADVISORY,
        "mended": mended_in(node.release),
    }
    says = _(
        "%(cluster)s: %(node)s runs %(release)s, which is open to %(advisory)s: with WebDialer on, "
        "a stranger on the network can take the server over."
    )
    advice = _("Upgrade to %(mended)s or later, and let only this server reach WebDialer.")
    return Notice(node.cluster, says % facts, advice % facts, grave=True)


def of_resting(node: Node) -> Notice:
    """The node has failed and is left alone for a while."""
    remedy = remedy_for_trouble(node.trouble)
    facts = {
        "cluster": node.cluster,
        "node": node,
        "time": _when(node.resting_until),
        "why": remedy.says,
    }
    says = _("%(cluster)s: %(node)s rests (until %(time)s). %(why)s") % facts
    return Notice(node.cluster, says, str(remedy.advice))


def of_unknown(nodes: list[Node]) -> list[Notice]:
    """One notice for each cluster with nodes whose patches cannot be judged."""
    by_cluster: dict[Cluster, int] = {}
    for node in nodes:
        by_cluster[node.cluster] = by_cluster.get(node.cluster, 0) + 1
    says = _("%(cluster)s: it cannot be told whether %(nodes)s patched against %(advisory)s.")
    return [
        Notice(
            cluster,
            says
            % {
                "cluster": cluster,
                "nodes": ngettext("%(count)d node is", "%(count)d nodes are", count)
                % {"count": count},
                "advisory": ADVISORY,
            },
            _("Enter each node's release, such as 15SU5. The advisory begins with 14."),
        )
        for cluster, count in by_cluster.items()
    ]


def _when(time: object) -> str:
    return date_format(localtime(time), "SHORT_DATETIME_FORMAT")  # type: ignore[arg-type]
