"""A database as `DATABASE_URL` names it, with what this site wants of each kind."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

_SQLITE = {
    # WAL lets readers go on beside a writer; IMMEDIATE makes a writer wait its turn instead of
    # failing in the middle of a transaction.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # At a million people the search reads a gigabyte of tables here and there: mapped, a page
    # costs no system call.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32768; "
        "PRAGMA mmap_size=4294967296;"
    ),
}


def fitted(named: dict[str, Any]) -> dict[str, Any]:
    """The same with its options; raises ImproperlyConfigured. Makes the folder of a file."""
    match named.get("ENGINE"):
        case "django.db.backends.sqlite3":
            if (name := named["NAME"]) != ":memory:":
                Path(name).parent.mkdir(parents=True, exist_ok=True)
            return named | {"OPTIONS": dict(_SQLITE)}
        case "django.db.backends.postgresql":
            if not named["NAME"]:
                raise ImproperlyConfigured("DATABASE_URL is wrong: it must name a database.")
            # A connection a request would cost more than the request's own queries.
            return named | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    raise ImproperlyConfigured("DATABASE_URL is wrong: it must begin with sqlite or postgres.")
