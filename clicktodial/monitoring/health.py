"""Whether this process lives, and whether it can do its work: for balancers and monitoring."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from clicktodial.dialing.models import Cluster


@dataclass(frozen=True)
class Readiness:
    """Whether people can be served; a cluster that is out keeps nobody from the directory."""

    database: str
    clusters: dict[str, str] = field(default_factory=dict)

    @property
    def is_ready(self) -> bool:
        return self.database == "fine"

    def as_json(self) -> dict[str, Any]:
        return {
            "ready": self.is_ready,
            "database": self.database,
            "clusters": self.clusters,
            "clusters_out": [name for name, state in self.clusters.items() if state in OUT],
        }


FINE, SOME_REST = "fine", "some nodes rest"
STOPPED, ALL_REST, NO_NODE = "stopped", "all nodes rest", "no node"
OUT = (STOPPED, ALL_REST, NO_NODE)


def look() -> Readiness:
    """Asks the database alone, in three queries; no cluster is spoken to."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return Readiness("out")
    try:
        return Readiness("fine", clusters() if settings.DIALING else {})
    except DatabaseError:
        return Readiness("not migrated, or out")


def clusters() -> dict[str, str]:
    """The state of each enabled cluster by its name."""
    enabled = Cluster.objects.filter(enabled=True).prefetch_related("nodes")
    return {cluster.name: _state(cluster) for cluster in enabled}


def _state(cluster: Cluster) -> str:
    nodes = [node for node in cluster.nodes.all() if node.enabled]
    if cluster.stopped_at:
        return STOPPED
    if not nodes:
        return NO_NODE
    resting = sum(node.rests(timezone.now()) for node in nodes)
    if resting == len(nodes):
        return ALL_REST
    return SOME_REST if resting else FINE
