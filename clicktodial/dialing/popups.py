"""Unified CM's own pop-up window: which node's page it opens, and with what."""

from dataclasses import dataclass
from typing import Any

from clicktodial.dialing import clusters, homes
from clicktodial.dialing.models import Call, Cluster, DialProfile, Mode, Node
from clicktodial.dialing.models.cluster import PopupAddress
from clicktodial.webdialer import Door, Method, Popup


def node_for(profile: DialProfile) -> Node:
    """The node whose page opens: the home cluster's, or a Redirector's where none is known.

    Raises what homes.home_of raises, and clusters.ClusterOut for a cluster without nodes.
    """
    cluster = cluster_for(profile)
    nodes = cluster.nodes.in_turn()
    if not nodes:
        raise clusters.ClusterOut(cluster, "no_nodes")
    return nodes[0]


def cluster_for(profile: DialProfile) -> Cluster:
    """The cluster that decides for a person who dials otherwise than by this site.

    The home cluster, the only one, or one with a Redirector; raises what homes.home_of raises.
    """
    home = profile.home_cluster
    if home and home.enabled:
        return home
    offering = list(Cluster.objects.filter(enabled=True, offers_popup=True))
    redirecting = [each for each in offering if each.popup_address == PopupAddress.REDIRECTOR]
    if len(offering) == 1 or redirecting:
        return (redirecting or offering)[0]
    return homes.home_of(profile)


def of(call: Call) -> Popup | None:
    """What the call's window sends to Unified CM; None where its node is no more."""
    if call.node is None or call.cluster is None:
        return None
    to_redirector = call.cluster.popup_address == PopupAddress.REDIRECTOR
    return Popup(
        address=call.node.address,
        destination=call.digits,
        door=Door.REDIRECTOR if to_redirector else Door.WEBDIALER,
        method=Method(call.cluster.popup_method),
    )


@dataclass(frozen=True)
class Window:
    """What a page must know of a person's window before they click."""

    opens: bool
    """Whether a click opens it: the person dials with it."""
    size: str


def window_of(user: Any) -> Window:
    """The person's window, in one query unless they dial with it from an unknown home."""
    mine = DialProfile.objects.filter(user=user).select_related("home_cluster").first()
    home = mine.home_cluster if mine else None
    opens = mine is not None and mine.mode == Mode.POPUP and mine.dials_for_id is None
    if opens and home is None:
        home = Cluster.objects.filter(enabled=True, offers_popup=True).first()
    return Window(opens, size_of(home or Cluster()))


def size_of(cluster: Cluster) -> str:
    """The size of a cluster's window, as browsers want to be told."""
    return f"width={cluster.popup_width},height={cluster.popup_height}"


def origins() -> list[str]:
    """Where a pop-up's form may end up: the Redirector sends it on to any cluster's node."""
    return [str(node.address) for node in Node.objects.filter(enabled=True, cluster__enabled=True)]
