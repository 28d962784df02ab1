"""The directory's long work that is no import."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clicktodial.jobs.kinds import Outcome, Progress, kind
from directory.models import Department, Location, Person
from directory.search import index

REINDEX = "reindex"
BATCH = 2000


@kind(
    REINDEX,
    gettext_lazy("Write the search index anew"),
    stopped=gettext_lazy("It stopped before its end. Searching goes on; start it again."),
)
def reindex(*, progress: Progress, **job: Any) -> Outcome:
    """Writes every search key anew, while the site goes on."""
    progress.begin(_("Departments and locations"))
    index.refresh_departments(Department.objects.values_list("pk", flat=True))
    index.refresh_locations(Location.objects.values_list("pk", flat=True))
    progress.begin(_("People"), total=Person.objects.count())
    people = Person.objects.order_by("pk").values_list("pk", flat=True)
    last = 0
    with index.in_bulk():
        while ids := list(people.filter(pk__gt=last)[:BATCH]):
            progress.step(index.rewrite(ids))
            last = ids[-1]
        index.sweep()
    said = ngettext(
        "The search index is fresh: %(n)d person.",
        "The search index is fresh: %(n)d people.",
        progress.done,
    )
    return Outcome(said % {"n": progress.done}, result={"people": progress.done})
