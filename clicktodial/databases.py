"""A database as `DATABASE_URL` names it, with what this site wants of each kind."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

_SQLITE = {
    # WAL lets readers go on beside a writer; IMMEDIATE makes a writer wait its turn instead of
    # failing in the middle of a transaction.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # A question is known again as long as there are not more others between.
    "cached_statements": 500,
    # At a million people the search reads a gigabyte of tables here and there: mapped, a page
    # costs no system call.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32768; "
        "PRAGMA mmap_size=4294967296;"
    ),
}
# The search's questions are prepared, and planned once for all values: planning one costs ten times
# what answering it does. Nothing else here is prepared, and nothing is worth being compiled.
_POSTGRES = "-c plan_cache_mode=force_generic_plan -c jit=off"


def fitted(named: dict[str, Any]) -> dict[str, Any]:
    """The same with its options; raises ImproperlyConfigured. Makes the folder of a file."""
    match named.get("ENGINE"):
        case "django.db.backends.sqlite3":
            if (name := named["NAME"]) != ":memory:":
                Path(name).parent.mkdir(parents=True, exist_ok=True)
            return named | {"CONN_MAX_AGE": None, "OPTIONS": dict(_SQLITE)}
        case "django.db.backends.postgresql":
            if not named["NAME"]:
                raise ImproperlyConfigured("DATABASE_URL is wrong: it must name a database.")
            # A connection a request would cost more than the request's own queries.
            kept = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
            if named.get("DISABLE_SERVER_SIDE_CURSORS"):  # nothing is prepared behind a pooler
                return named | kept
            options = named.get("OPTIONS", {})
            asked = f"{_POSTGRES} {options.get('options', '')}".strip()
            return named | kept | {"OPTIONS": options | {"options": asked}}
    raise ImproperlyConfigured("DATABASE_URL is wrong: it must begin with sqlite or postgres.")
