"""gunicorn for clicktodial: `gunicorn --config deploy/gunicorn.conf.py clicktodial.wsgi`."""

import os
from pathlib import Path
from typing import Any

# A click waits for Unified CM, so threads wait while others work. Everything that must be agreed on
# lies in the database: as many workers and hosts as there is need for.
worker_class = "gthread"
workers = int(os.environ.get("WORKERS", "2"))
threads = int(os.environ.get("THREADS", "16"))
bind = os.environ.get("BIND", "127.0.0.1:8000")

# A worker that is told to stop finishes what it has begun: longer than a call may take.
graceful_timeout = 30
timeout = 60
keepalive = 75  # longer than the proxy keeps its own side open
max_requests = 20_000
max_requests_jitter = 2_000

# Heartbeats in memory: on a busy disk a worker would seem dead.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
control_socket_disable = True

metrics = Path(os.environ.get("METRICS_DIR") or Path(__file__).parent.parent / "var" / "metrics")


def on_starting(server: Any) -> None:
    """Figures begin anew with the service: its dead processes' files would only pile up."""
    for file in metrics.glob("*.db"):
        file.unlink(missing_ok=True)
