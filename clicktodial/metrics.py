"""What each process counts of its own work, for Prometheus; docs/monitoring.md lists it.

Counting never fails: dialling goes on where a figure is lost. What all processes share, such as
a stopped cluster, is read from the database when somebody asks (clicktodial.monitoring.figures).
"""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, values

logger = logging.getLogger(__name__)

if os.environ.get("PROMETHEUS_MULTIPROC_DIR") and (_place := os.environ.get("METRICS_PLACE")):
    # By its place among the workers (deploy/gunicorn.conf.py) and not by its process number: the
    # next worker at this place counts on in the same files.
    values.ValueClass = values.MultiProcessValue(lambda: _place)  # type: ignore[no-untyped-call]

REGISTRY = CollectorRegistry()
_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
_SLOW = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30)

CALLS = Counter(
    "clicktodial_calls",
    "Calls that people asked for, by how they ended.",
    ("cluster", "mode", "outcome", "code"),
    registry=REGISTRY,
)
ATTEMPTS = Counter(
    "clicktodial_attempts",
    "makeCall requests to nodes, by what came of them.",
    ("cluster", "node", "outcome", "code"),
    registry=REGISTRY,
)
ANSWER = Histogram(
    "clicktodial_answer_seconds",
    "Time that a node took for a makeCall request.",
    ("cluster", "node"),
    buckets=_SLOW,
    registry=REGISTRY,
)
PACING = Histogram(
    "clicktodial_pacing_wait_seconds",
    "Time that a call waited for its turn at the cluster.",
    ("cluster",),
    buckets=(0, 0.1, 0.25, 0.5, 1, 2, 4, 6),
    registry=REGISTRY,
)
REFUSED_TURNS = Counter(
    "clicktodial_pacing_refused",
    "Calls that were not sent since too many waited at the cluster.",
    ("cluster",),
    registry=REGISTRY,
)
SEARCH = Histogram(
    "clicktodial_search_seconds",
    "Time that a search of the directory took.",
    buckets=_QUICK,
    registry=REGISTRY,
)
REQUESTS = Counter(
    "clicktodial_requests",
    "Requests answered.",
    ("method", "status"),
    registry=REGISTRY,
)
REQUEST = Histogram(
    "clicktodial_request_seconds",
    "Time that a request took.",
    buckets=_SLOW,
    registry=REGISTRY,
)


def count(metric: Counter, **labels: Any) -> None:
    """One more."""
    try:
        (metric.labels(**labels) if labels else metric).inc()
    except Exception as error:
        logger.warning("a figure is lost: %s", type(error).__name__)


def observe(metric: Histogram, seconds: float, **labels: Any) -> None:
    """One that took so long."""
    try:
        (metric.labels(**labels) if labels else metric).observe(seconds)
    except Exception as error:
        logger.warning("a figure is lost: %s", type(error).__name__)


@contextmanager
def timed(metric: Histogram) -> Iterator[None]:
    """Observes how long its block took, however it ended."""
    began = time.monotonic()
    try:
        yield
    finally:
        observe(metric, time.monotonic() - began)
