"""An entry to take along: as a vCard, and as codes for a mobile's camera."""

from urllib.parse import quote

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clicktodial.audit import trail
from directory import cards
from directory.models import Person
from directory.search.found import NumberRow, numbers_of
from directory.views import SignedIn, lookup
from directory.visibility import people_shown_to, viewer_of


@require_safe
@never_cache
@lookup
def card(request: SignedIn, pk: int) -> HttpResponse:
    """The entry with the numbers this viewer may see, as a file for an address book."""
    entry, rows = _entry(request, pk)
    address = request.build_absolute_uri(entry.get_absolute_url())
    text = cards.write(entry, numbers=rows, address=address)
    trail.note(trail.Action.EXPORTED, by=request.user, about=entry, form="vcard")
    answer = HttpResponse(text, content_type="text/vcard; charset=utf-8")
    name = quote(f"{entry.name.replace('/', '-')}.vcf", safe="")
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=\"card-{entry.pk}.vcf\"; filename*=UTF-8''{name}"
    )
    return answer


@require_safe
@never_cache
@lookup
def codes(request: SignedIn, pk: int) -> HttpResponse:
    """Codes to scan: one that saves the entry, and one for each public number that calls it."""
    entry, rows = _entry(request, pk)
    to_call = [(row, code) for row in rows if (code := cards.code_to_call(row))]
    context = {
        "person": entry,
        "to_save": _drawn(cards.code_to_save(entry, numbers=rows)),
        "to_call": [(row, _drawn(code)) for row, code in to_call],
    }
    trail.note(trail.Action.EXPORTED, by=request.user, about=entry, form="codes")
    return render(request, "directory/codes.html", context)


def _entry(request: SignedIn, pk: int) -> tuple[Person, tuple[NumberRow, ...]]:
    viewer = viewer_of(request.user)
    shown = Person.objects.filter(people_shown_to(viewer) & Q(pk=pk))
    entry = get_object_or_404(shown.select_related("department", "location"))
    return entry, numbers_of([entry.pk], viewer=viewer).get(entry.pk, ())


def _drawn(code: cards.Code) -> str:
    return mark_safe(code.svg)  # noqa: S308 — a path of our own drawing, no text in it
