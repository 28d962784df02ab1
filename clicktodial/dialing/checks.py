"""What `manage.py check` says of unsafe or broken configuration.

Those that read clusters run with `check --database default` and before `migrate`. All of them are
warnings: an error would keep `migrate` from running, and with it the way to mend things.
"""

import ipaddress
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import router, transaction
from django.db.utils import OperationalError, ProgrammingError

from clicktodial.dialing import authority
from clicktodial.dialing.models import Cluster, Node
from clicktodial.dialing.models.cluster import PopupMethod
from clicktodial.dialing.release import ADVISORY, Standing, mended_in, standing_of
from clicktodial.sealed import WrongKey

STOPPED = "dialing.W004"
LOOPBACK = {"localhost", "127.0.0.1", "::1", "[::1]"}


@register(Tags.security, deploy=True)
def settings_are_safe(**_: Any) -> list[CheckMessage]:
    """Whether the settings are fit for people's real passwords and phones."""
    found: list[CheckMessage] = []
    if settings.DEBUG:
        hint = "Set DEBUG=false: its error pages show the site's insides to anyone."
        found.append(Error("DEBUG is on.", hint=hint, id="dialing.E001"))
    if not settings.HTTPS and not set(settings.ALLOWED_HOSTS) <= LOOPBACK:
        hint = "Set HTTPS=true, with PROXIES=1 where a reverse proxy ends HTTPS."
        message = "HTTPS is off, and the site answers to more than this machine's own names."
        found.append(Error(message, hint=hint, id="dialing.E002"))
    if settings.DEMO:
        hint = "Set DEMO=false: everybody knows the passwords of the demonstration's people."
        found.append(Error("DEMO is on.", hint=hint, id="dialing.E003"))
    return found


@register(Tags.database)
def clusters_are_sound(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Whether clusters and nodes are safe and complete."""
    if not settings.DIALING or router.db_for_read(Cluster) not in (databases or ()):
        return []
    try:
        with transaction.atomic():
            enabled = Cluster.objects.filter(enabled=True)
            parts = ("nodes", "dial_plans__ranges", "dial_plans__rules")
            clusters = list(enabled.prefetch_related(*parts))
    except (OperationalError, ProgrammingError):  # not migrated yet, or not this far
        return []
    if not clusters:
        hint = "Add one in the administration under Clusters, or set DIALING=false."
        return [Warning("No cluster is enabled: nobody can dial.", hint=hint, id="dialing.W001")]
    found: list[CheckMessage] = []
    for cluster in clusters:
        found += of_cluster(cluster)
        for node in _enabled_nodes(cluster):
            found += _node_is_safe(node)
            found += _node_is_patched(node)
    return found


def of_cluster(cluster: Cluster) -> list[CheckMessage]:
    """What is to be said of a cluster itself; its nodes and dial plans may be prefetched."""
    nodes = _enabled_nodes(cluster)
    return [
        *_cluster_is_complete(cluster, nodes),
        *_proxy_is_sound(cluster),
        *_authority_is_sound(cluster, nodes),
        *_popup_is_safe(cluster, nodes),
        *_plans_can_be_used(cluster),
    ]


def _enabled_nodes(cluster: Cluster) -> list[Node]:
    return [node for node in cluster.nodes.all() if node.enabled]


def _cluster_is_complete(cluster: Cluster, nodes: Sequence[Node]) -> Iterator[CheckMessage]:
    if not nodes:
        yield Warning(
            "The cluster has no enabled node.",
            hint="Add a node that runs Cisco WebDialer Web Service, or disable the cluster.",
            obj=cluster,
            id="dialing.W002",
        )
    if not cluster.offers_desk_phone:
        return
    if cluster.offers_proxy and not cluster.has_proxy:
        yield Warning(
            "The desk phone is offered by the application user, but there is none with a password.",
            hint="Enter both at the cluster, or offer another way.",
            obj=cluster,
            id="dialing.W003",
        )
    if not (cluster.offers_proxy or cluster.offers_password or cluster.offers_token):
        yield Warning(
            "The desk phone is offered, but no way to be known to Unified CM.",
            hint="Tick the application user, one's own password or single sign-on at the cluster.",
            obj=cluster,
            id="dialing.W013",
        )
    if cluster.offers_token and not cluster.sso_client_id:
        yield Warning(
            "Single sign-on is offered, but there is no client id for it.",
            hint="Enter the client id that Unified CM knows, or do not offer it.",
            obj=cluster,
            id="dialing.W014",
        )


def _proxy_is_sound(cluster: Cluster) -> Iterator[CheckMessage]:
    if cluster.stopped_at:
        yield Warning(
            f"Unified CM refused the application user with code {cluster.stopped_code}: "
            "dialling is stopped.",
            hint="Mend it in Unified CM, then enter its password at the cluster or press "
            "“Try the application user again”.",
            obj=cluster,
            id=STOPPED,
        )
    if not cluster.proxy_password:
        return
    try:
        cluster.proxy_password.open()
    except WrongKey:
        yield Warning(
            "No key of this site opens the application user's password.",
            hint="Put the old key back at the end of ENCRYPTION_KEYS, or enter the password again.",
            obj=cluster,
            id="dialing.W005",
        )
    if not cluster.needs_proxy:
        yield Warning(
            "An application user's password is kept that no way to dial uses.",
            hint="With the pop-up, a password of their own or single sign-on, people sign in "
            "themselves. Empty the application user at the cluster, and take its rights in "
            "Unified CM away.",
            obj=cluster,
            id="dialing.W006",
        )


def _authority_is_sound(cluster: Cluster, nodes: Sequence[Node]) -> Iterator[CheckMessage]:
    if not cluster.ca:
        if any(node.secure for node in nodes):
            yield Info(
                "There is no CA of the cluster's own: its nodes are trusted if a public CA, or "
                "one that this server's system knows, signed their certificates.",
                hint="Where Unified CM signs its own, paste that certificate at the cluster.",
                obj=cluster,
                id="dialing.I001",
            )
        return
    try:
        ends = [certificate.days_left for certificate in authority.read(cluster.ca)]
    except authority.NotCertificates as refusal:
        hint = "Paste it again at the cluster, as PEM text."
        yield Warning(
            f"The CA cannot be used. {refusal}", hint=hint, obj=cluster, id="dialing.W007"
        )
        return
    if min(ends) < authority.SOON:
        says = f"expires in {min(ends)} days" if min(ends) >= 0 else "has expired"
        hint = "Paste its successor beside it in time; the old one may go later."
        yield Warning(f"A certificate of the CA {says}.", hint=hint, obj=cluster, id="dialing.W008")


def _popup_is_safe(cluster: Cluster, nodes: Sequence[Node]) -> Iterator[CheckMessage]:
    if not cluster.offers_popup:
        return
    elsewhere = [node.host for node in nodes if _is_another_site(node.host)]
    if elsewhere and cluster.popup_method == PopupMethod.POST:
        yield Warning(
            f"People sign in at every click of the pop-up: to their browsers {elsewhere[0]} is "
            "another site than this one, and Unified CM's sign-in cookie is kept back from a POST "
            "that comes from another site.",
            hint="Choose GET as the pop-up's method at the cluster, or give Unified CM a name "
            "beside this site's.",
            obj=cluster,
            id="dialing.W016",
        )
    if cluster.popup_method == PopupMethod.GET and not elsewhere:
        yield Warning(
            "The pop-up is opened by GET, which writes each number into Unified CM's logs and "
            "browsers' histories.",
            hint="Prefer POST, unless people then have to sign in to Unified CM for every call.",
            obj=cluster,
            id="dialing.W009",
        )


def _is_another_site(host: str) -> bool:
    """Whether browsers surely take the host for another site than every name of this one.

    Whether two names with the same end are one site only a list of all registries knows (those
    of co.uk are not), and addresses have a warning of their own.
    """
    here = [end for end in map(_end_of, settings.ALLOWED_HOSTS) if end]
    there = _end_of(host)
    return bool(here and there) and there not in here


def _end_of(host: str) -> str:
    """The last two labels of a whole name; nothing of a short one or an address."""
    labels = host.lower().strip(".").split(".")
    is_whole = len(labels) > 1 and not labels[-1].isdecimal() and ":" not in host
    return ".".join(labels[-2:]) if is_whole else ""


def _plans_can_be_used(cluster: Cluster) -> Iterator[CheckMessage]:
    for plan in cluster.dial_plans.all():
        for flaw in plan.flaws:
            yield Warning(
                f"Nothing is dialled by the dial plan “{plan}”: {flaw}",
                hint="A change that came past the forms; mend it in the administration.",
                obj=cluster,
                id="dialing.W015",
            )


def _node_is_safe(node: Node) -> Iterator[CheckMessage]:
    if not node.secure:
        yield Warning(
            "The node is spoken to over plain HTTP: anybody on the way can read passwords.",
            hint="Switch HTTPS on, with port 8443.",
            obj=node,
            id="dialing.W010",
        )
    try:
        ipaddress.ip_address(node.host.strip("[]"))
    except ValueError:
        return
    yield Warning(
        "The node's host is an IP address.",
        hint="Enter the name in the node's certificate; an address is rarely in it, and browsers "
        "treat it as another site.",
        obj=node,
        id="dialing.W011",
    )


def _node_is_patched(node: Node) -> Iterator[CheckMessage]:
    standing = standing_of(node.release)
    if standing is Standing.AFFECTED:
        yield Warning(
            f"Release {node.release} is open to {ADVISORY}, which has been exploited: with "
            "WebDialer on, a stranger on the network can take the server over.",
            hint=f"Upgrade to {mended_in(node.release)} or later, and let only this server reach "
            "WebDialer.",
            obj=node,
            id="dialing.W012",
        )
    elif standing is Standing.UNKNOWN:
        yield Info(
            f"It cannot be told whether the node is patched against {ADVISORY}.",
            hint="Enter its release, such as 15SU5. Patched are 14SU6, 15SU5 and later. "
            "The advisory begins with 14.",
            obj=node,
            id="dialing.I002",
        )
