"""All figures as Prometheus reads them: what processes counted, and what the database knows."""

import os
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from clicktodial.dialing.models import Call, Cluster, Node
from clicktodial.jobs.models import Job
from clicktodial.metrics import REGISTRY


def all_of_them() -> bytes:
    """The text that Prometheus reads; over all processes of this host where they share a folder."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        counted = b""
    else:
        counted = generate_latest(REGISTRY)
    registry.register(Shared())
    return counted + generate_latest(registry)


class Shared(Collector):
    """What is the same for every process and host, as it stands now; a few small queries."""

    def describe(self) -> Iterable[Metric]:
        return ()

    def collect(self) -> Iterator[Metric]:
        if settings.DIALING:
            yield from _clusters()
            yield _in_flight()
        yield from _jobs()


def _clusters() -> Iterator[Metric]:
    stopped = GaugeMetricFamily(
        "clicktodial_cluster_stopped",
        "1 where Unified CM refused the application user and dialling is stopped.",
        labels=("cluster",),
    )
    resting = GaugeMetricFamily(
        "clicktodial_node_resting",
        "1 where a node failed and is left alone for a while.",
        labels=("cluster", "node"),
    )
    for cluster in Cluster.objects.filter(enabled=True):
        stopped.add_metric((cluster.name,), float(cluster.stopped_at is not None))
    nodes = Node.objects.filter(enabled=True, cluster__enabled=True).select_related("cluster")
    for node in nodes:
        resting.add_metric((node.cluster.name, str(node)), float(node.rests(timezone.now())))
    yield stopped
    yield resting


def _in_flight() -> Metric:
    says = "Calls that are being placed at this moment."
    return GaugeMetricFamily(
        "clicktodial_calls_in_flight", says, value=Call.objects.in_flight().count()
    )


def _jobs() -> Iterator[Metric]:
    """Long work such as imports: how often each kind ended how, and when it last did."""
    ended = GaugeMetricFamily(
        "clicktodial_jobs", "Long work that is kept, by kind and state.", labels=("kind", "state")
    )
    last = GaugeMetricFamily(
        "clicktodial_job_ended_timestamp_seconds",
        "When work of this kind last ended so.",
        labels=("kind", "state"),
    )
    rows = Job.objects.order_by().values_list("kind", "state")
    for kind, state, count, end in rows.annotate(Count("pk"), Max("ended_at")):
        ended.add_metric((kind, state), count)
        if end is not None:
            last.add_metric((kind, state), end.timestamp())
    yield ended
    yield last
