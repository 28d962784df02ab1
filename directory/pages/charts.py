"""The org chart around somebody."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directory import chart
from directory.models import Person
from directory.views import SignedIn, lookup
from directory.visibility import people_shown_to, viewer_of


@require_safe
@lookup
def org(request: SignedIn, pk: int) -> HttpResponse:
    """Managers above and reports below; with `all`, every level below, open and for printing."""
    viewer = viewer_of(request.user)
    shown = Person.objects.filter(people_shown_to(viewer) & Q(pk=pk))
    entry = get_object_or_404(shown)
    whole = "all" in request.GET
    after = request.GET.get("after", "")
    place = int(after) if after.isdecimal() and len(after) < 19 else None
    context = {
        "person": entry,
        "chart": chart.draw(entry, viewer=viewer, after=place, whole=whole),
        "whole": whole,
        "most": chart.MOST,
    }
    return render(request, "directory/org.html", context)
