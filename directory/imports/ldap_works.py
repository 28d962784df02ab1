"""Imports from LDAP as long work: a full one, or of what has changed since the last."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clicktodial.jobs.kinds import Failed, Outcome, Progress, kind
from clicktodial.jobs.models import Job
from directory.imports import works
from directory.imports.record import NotReadable
from directory.models import ImportRun, ImportSource, LdapTree

PLAN = "import-ldap-plan"
OVERLAP = timedelta(days=1)
"""Read again each time: every domain controller keeps its own `whenChanged`."""
_NOTHING_DONE = gettext_lazy("It stopped before its end, and nothing was changed. Start it again.")


@kind(PLAN, gettext_lazy("Plan an import from LDAP"), stopped=_NOTHING_DONE)
def make_plan(*, job: Job, progress: Progress, run: int, changes: bool = False) -> Outcome:
    """Reads the tree of the run's source and keeps what would be done."""
    mine = works.run_of(run)
    tree = tree_of(mine)
    try:
        from directory.imports import ldap_tree
    except ImportError:
        raise Failed(
            _("python-ldap is not installed. Install clicktodial with the extra “ldap”.")
        ) from None
    try:
        with ldap_tree.opened(tree, since=since(tree) if changes else None) as source:
            works.draw_up(mine, source, progress=progress)
    except NotReadable as reason:
        works.fail(mine, str(reason))
        raise Failed(str(reason)) from None
    return Outcome(mine.said, link=works.page_of(mine), result=mine.counts)


def since(tree: LdapTree) -> datetime | None:
    """From when on changes are asked for; None before a first full import."""
    return tree.read_until - OVERLAP if tree.read_until else None


def remember(source: ImportSource, *, begun: datetime) -> None:
    """What changed before `begun` has been read, and all of it is done."""
    LdapTree.objects.filter(source=source).update(read_until=begun)


def tree_of(run: ImportRun) -> LdapTree:
    tree = LdapTree.objects.filter(source=run.source).select_related("source").first()
    if tree is None:
        raise Failed(_("This source is no LDAP directory any more."))
    return tree
