"""gunicorn for clicktodial: `gunicorn --config deploy/gunicorn.conf.py clicktodial.wsgi`.

It reads the environment alone, no `.env`, and imports nothing of the site: a reload would go on
with what was there before.
"""

import json
import logging
import os
import traceback
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from gunicorn import glogging

# A click waits for Unified CM, so threads wait while others work. Everything that must be agreed on
# lies in the database: as many workers and hosts as there is need for.
worker_class = "gthread"
workers = int(os.environ.get("WORKERS") or "2")
threads = int(os.environ.get("THREADS") or "16")
bind = os.environ.get("BIND") or "127.0.0.1:8000"

# A worker that is told to stop finishes what it has begun: longer than a call may take.
graceful_timeout = 30
timeout = 60
keepalive = 75  # longer than the proxy keeps its own side open
max_requests = 20_000
max_requests_jitter = 2_000

# Heartbeats in memory: on a busy disk a worker would seem dead.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
control_socket_disable = True

# --- Metrics -----------------------------------------------------------------------------------

metrics = Path(os.environ.get("METRICS_DIR") or Path(__file__).parent.parent / "var" / "metrics")


def on_starting(server: Any) -> None:
    """Figures begin anew with the service."""
    for file in metrics.glob("*.db"):
        file.unlink(missing_ok=True)


def pre_fork(server: Any, worker: Any) -> None:
    """The lowest place that no living worker has: its counts go on where another's ended.

    By process number each worker ever started would leave files behind, and all are read together.
    """
    taken = {getattr(other, "place", None) for other in server.WORKERS.values()}
    worker.place = next(place for place in count() if place not in taken)


def post_fork(server: Any, worker: Any) -> None:
    os.environ["METRICS_PLACE"] = str(worker.place)


# --- Log ---------------------------------------------------------------------------------------

is_json = os.environ.get("LOG_FORMAT") == "json"
tells_all = (os.environ.get("LOG_PERSONAL_DATA") or "").lower() in ("true", "yes", "on", "1")
_STARTING = "Exception in worker process"  # no request, nobody's data, and a text that helps


class Line(logging.Formatter):
    """gunicorn's own words as the site's log writes its lines, and as discreet."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        whole = tells_all or record.msg == _STARTING
        message = record.getMessage() if whole else _discreet(record)
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        lines = _told(error, whole=whole) if error else []
        if not is_json:
            return "\n".join([f"{time} {record.levelname} {record.name}: {message}", *lines])
        told = {"time": time, "level": record.levelname, "logger": record.name, "message": message}
        return json.dumps(told | ({"error": lines} if lines else {}), ensure_ascii=False)


def _discreet(record: logging.LogRecord) -> str:
    """Without the address that somebody asked for, and from where."""
    if str(record.msg).startswith("Invalid request from"):
        return "Invalid request"
    return str(record.msg).partition(" %s")[0] if record.exc_info else record.getMessage()


def _told(error: BaseException, *, whole: bool) -> list[str]:
    if whole:
        return "".join(traceback.format_exception(error)).rstrip().splitlines()
    frames = traceback.extract_tb(error.__traceback__)
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return [kind, *(f"  at {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)]


class Log(glogging.Logger):
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Line())


logger_class = Log
