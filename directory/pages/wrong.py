"""“This number is wrong”: a word to the administrators, and their answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from clicktodial.rates import at_most
from directory import doubts, unlisted
from directory.forms import WrongNumberForm
from directory.views import SignedIn


@never_cache
@require_http_methods(["GET", "POST"])
def wrong(request: SignedIn) -> HttpResponseBase:
    """GET asks which entry is meant and what is wrong, POST puts it in the queue."""
    asked = request.POST if request.method == "POST" else request.GET
    text = asked.get("number", "").replace("\x00", "").strip()[:200]
    person = asked.get("person", "")[:18]
    person_id = int(person) if person.isascii() and person.isdecimal() else None
    rows = doubts.numbers_of(text, user=request.user, person_id=person_id)
    form = WrongNumberForm(request.POST or None, rows=rows)
    if form.is_bound and form.is_valid():
        return _report(request, form)
    context = {"form": form, "rows": rows, "text": text, "person_id": person_id}
    context["is_hidden"] = unlisted.is_reference(text)
    status = 422 if form.errors else 200 if rows or not text else 404
    return render(request, "directory/wrong.html", context, status=status)


@at_most("REPORTS_A_MINUTE")
def _report(request: SignedIn, form: Any) -> HttpResponseBase:
    doubts.report(form.cleaned_data["entry"], by=request.user, note=form.cleaned_data["note"])
    messages.success(
        request, _("Thank you. The administrators will look at it, and you are told what they say.")
    )
    return redirect("directory:person", pk=form.cleaned_data["entry"].person_id)


@require_POST
def told(request: SignedIn, pk: int) -> HttpResponse:
    """The answer to one's report was read."""
    doubts.told(request.user, pk=pk)
    return redirect("directory:search")
