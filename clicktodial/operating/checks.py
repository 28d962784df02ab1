"""What `manage.py check` says of things that are about to go, while there is time to act.

Whatever a release takes away stands here one release before: nobody is to learn of it from a site
that does not start.
"""

from difflib import get_close_matches
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from clicktodial import scheme

LEAST_POSTGRES = 15  # of the next release: Django 6.1 serves no older one


@register("settings")
def variables_are_known(**_: Any) -> list[CheckMessage]:
    """Whether `.env` and the environment use names of now, and `.env` none that nobody reads."""
    found: list[CheckMessage] = []
    for former, name in scheme.RENAMED.items():
        if former in scheme.carried_over:
            hint = f"Write {name} instead. The next release does not read {former} any more."
            found.append(Warning(f"{former} is called {name} now.", hint=hint, id="operating.W001"))
    for name in scheme.names_in_file():
        bare = name.removesuffix("_FILE")
        if name in scheme.SCHEME or bare in scheme.SCHEME or bare in scheme.RENAMED:
            continue
        near = get_close_matches(bare, scheme.SCHEME, n=1)
        hint = f"Did you mean {near[0]}? " if near else "Take it out. "
        hint += "docs/configuration.md describes every variable."
        message = f".env sets {name}, which this version does not read."
        found.append(Warning(message, hint=hint, id="operating.W002"))
    return found


@register(Tags.database)
def database_has_a_future(databases: Any = None, **_: Any) -> list[CheckMessage]:
    """Whether the next release will still work with this PostgreSQL."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        version = connection.pg_version // 10_000  # type: ignore[attr-defined]
        if version < LEAST_POSTGRES:
            found.append(
                Warning(
                    f"PostgreSQL {version} will not do for the next release.",
                    hint=f"Bring the database to PostgreSQL {LEAST_POSTGRES} or newer before it.",
                    id="operating.W003",
                )
            )
    return found
