"""Who is this number? Asked of one, or of many at once."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from clicktodial.audit import trail
from clicktodial.dialplan.number import NotANumber
from clicktodial.rates import at_most
from clicktodial.sheets import csv_answer
from directory import batch, owners
from directory.forms import BatchForm
from directory.views import SignedIn, lookup
from directory.visibility import viewer_of

LONGEST = 200


@require_safe
@never_cache
@lookup
def who(request: SignedIn) -> HttpResponse:
    """Everything known of the number in the address; without one, a field to write it in."""
    text = request.GET.get("number", "").replace("\x00", "").strip()[:LONGEST]
    context: dict[str, Any] = {"text": text}
    status = 200
    if text:
        try:
            context["identified"] = owners.identify(text, viewer=viewer_of(request.user))
        except NotANumber as problem:
            context["problem"] = problem
            status = 422
    return render(request, "directory/who.html", context, status=status)


@require_http_methods(["GET", "POST"])
@never_cache
@permission_required("directory.export_people", raise_exception=True)
def many(request: SignedIn) -> HttpResponseBase:
    """Many numbers, pasted or in a file; the answer as a table or, with form=csv, as a file."""
    form = BatchForm(request.POST or None, request.FILES or None)
    if not form.is_bound:
        return render(request, "directory/who_many.html", {"form": form})
    return _many(request, form)


@at_most("EXPORTS_A_MINUTE")
def _many(request: SignedIn, form: BatchForm) -> HttpResponseBase:
    lines: list[batch.Line] = []
    if form.is_valid():
        try:
            lines = batch.identify(form.text, viewer=viewer_of(request.user))
        except batch.NotABatch as problem:
            form.add_error(None, str(problem))
    if form.errors:
        return render(request, "directory/who_many.html", {"form": form}, status=422)
    found = sum(bool(line.known and line.known.owners) for line in lines)
    facts = {"form": form.cleaned_data["form"] or "page", "lines": len(lines), "found": found}
    trail.note(trail.Action.EXPORTED, by=request.user, about=None, what="who", **facts)
    if form.cleaned_data["form"] == "csv":
        return csv_answer("numbers", heading=batch.heading(), rows=(each.cells for each in lines))
    shown = BatchForm(initial={"numbers": form.text})
    context = {"form": shown, "lines": lines, "found": found}
    return render(request, "directory/who_many.html", context)
