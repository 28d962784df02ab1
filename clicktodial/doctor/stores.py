"""What the site keeps: database, migrations, cache and search index."""

import time

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clicktodial.dialing.reach import Finding, Level
from directory.search import freshness

SLOW = 0.25  # seconds for a question that asks nothing
APART = 5  # seconds between the database's clock and ours


def database() -> list[Finding]:
    """That it answers, how fast, and by which clock."""
    subject, began = _("Database"), time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        seconds = time.monotonic() - began
    facts = {"database": connection.display_name, "ms": max(1, round(seconds * 1000))}
    says = _("%(database)s answers within %(ms)d ms") % facts
    if seconds > SLOW:
        advice = _("Every page waits that long, several times: look at its load and the network.")
        return [Finding(subject, Level.NOTICE, says, advice)]
    return [Finding(subject, Level.FINE, says), *_clock()]


def _clock() -> list[Finding]:
    if connection.vendor != "postgresql":
        says = _("a file: right for one host, not for several")
        return [Finding(_("Database host"), Level.FINE, says)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        apart = round(abs(float(cursor.fetchone()[0]) - time.time()))
    if apart <= APART:
        return [Finding(_("Database clock"), Level.FINE, _("goes with this server's"))]
    says = ngettext(
        "%(seconds)d second apart from this server's",
        "%(seconds)d seconds apart from this server's",
        apart,
    ) % {"seconds": apart}
    return [Finding(_("Database clock"), Level.NOTICE, says, _("Check NTP on both."))]


def migrations() -> list[Finding]:
    """That the tables are those of this version."""
    subject = _("Migrations")
    executor = MigrationExecutor(connection)
    left = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not left:
        return [Finding(subject, Level.FINE, _("all applied"))]
    says = ngettext("%(count)d is not applied.", "%(count)d are not applied.", left)
    advice = _("Run: manage.py migrate")
    return [Finding(subject, Level.TROUBLE, says % {"count": left}, advice)]


def cache_is_shared() -> list[Finding]:
    """That the cache keeps what it is given, and for whom."""
    subject, key, value = _("Cache"), f"doctor:{get_random_string(12)}", get_random_string(12)
    try:
        if hasattr(cache, "ping"):  # a shared one that is out has a place taker
            cache.ping()
        cache.set(key, value, timeout=30)
        kept = cache.get(key) == value
        cache.delete(key)
    except Exception as error:  # each backend has errors of its own
        says = _("It cannot be used: %(why)s.") % {"why": type(error).__name__}
        return [Finding(subject, Level.TROUBLE, says, _("Check CACHE_URL and that it runs."))]
    backend = settings.CACHES["default"]["BACKEND"].rpartition(".")[2]
    if not kept:
        advice = _("Set CACHE_URL: limits on how often people may ask are counted there.")
        return [
            Finding(
                subject, Level.NOTICE, _("%(backend)s keeps nothing") % {"backend": backend}, advice
            )
        ]
    if backend == "LocMemCache":
        says = _("kept by each process for itself")
        advice = _("With several hosts set CACHE_URL to Redis or Valkey: limits count together.")
        return [Finding(subject, Level.NOTICE, says, advice)]
    return [Finding(subject, Level.FINE, _("%(backend)s, shared") % {"backend": backend})]


def search_index() -> list[Finding]:
    """That the search finds the people whom the directory has."""
    subject, found = _("Search index"), freshness.look()
    if found.is_fresh:
        says = ngettext(
            "%(count)d person can be found", "%(count)d people can be found", found.people
        )
        return [Finding(subject, Level.FINE, says % {"count": found.people})]
    says = _(
        "%(people)d people are in the directory and %(indexed)d in the index; "
        "%(wrong)d of %(sample)d looked at differ."
    ) % vars(found)
    return [Finding(subject, Level.TROUBLE, says, _("Run: manage.py reindex"))]


EXAMINATIONS = [database, migrations, cache_is_shared, search_index]
