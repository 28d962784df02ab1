"""The administration's forms as a browser posts them."""

from typing import Any

from django.urls import reverse

from clicktodial.dialing.models import Cluster, Node

NODE_FIELDS = ("host", "port", "order", "release")


def change_url(cluster: Cluster) -> str:
    return reverse("admin:dialing_cluster_change", args=[cluster.pk])


def cluster_form(
    cluster: Cluster | None = None, *, new_nodes: tuple[dict[str, Any], ...] = (), **changes: Any
) -> dict[str, Any]:
    """A cluster's change form, filled in with what the cluster is, but for the changes."""
    shown = cluster or Cluster(name="Zürich", offers_desk_phone=False)
    fields = [
        "name", "order", "application_user", "ca", "connect_seconds", "answer_seconds",
        "calls_a_second", "end_call_seconds", "popup_address", "popup_method",
        "popup_width", "popup_height",
        "sso_client_id",
    ]  # fmt: skip
    data: dict[str, Any] = {name: getattr(shown, name) for name in fields}
    ticks = (
        "enabled", "offers_desk_phone", "offers_popup",
        "offers_proxy", "offers_password", "offers_token",
    )  # fmt: skip
    data |= {name: "on" for name in ticks if getattr(shown, name)}
    nodes = list(cluster.nodes.all()) if cluster else []
    data |= {"nodes-TOTAL_FORMS": len(nodes) + len(new_nodes), "nodes-INITIAL_FORMS": len(nodes)}
    for place, node in enumerate(nodes):
        data |= _node_form(node, place)
    for place, node in enumerate(new_nodes, start=len(nodes)):
        data |= {f"nodes-{place}-{name}": value for name, value in node.items()}
    data |= changes
    return {name: value for name, value in data.items() if value is not None}


def _node_form(node: Node, place: int) -> dict[str, Any]:
    data: dict[str, Any] = {f"nodes-{place}-{name}": getattr(node, name) for name in NODE_FIELDS}
    data |= {f"nodes-{place}-id": node.pk, f"nodes-{place}-cluster": node.cluster_id}
    data |= {f"nodes-{place}-{tick}": "on" for tick in ("secure", "enabled") if getattr(node, tick)}
    return data
