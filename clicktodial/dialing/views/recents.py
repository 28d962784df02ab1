"""My calls: whom one has called lately, with a note of one's own, to be called again or erased."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clicktodial.dialing import recents
from clicktodial.dialing.forms import NoteForm
from clicktodial.dialing.models import Call
from clicktodial.dialing.views.answers import own_call


@never_cache
@require_GET
def calls(request: HttpRequest) -> HttpResponse:
    """A page of the person's own calls, the latest first."""
    page = recents.page_of(request.user, before=request.GET.get("before", ""))
    return render(request, "dialing/calls.html", {"page": page})


@require_POST
def note(request: HttpRequest, click: UUID) -> HttpResponse:
    """Keep what the person notes on a call of their own."""
    found = own_call(request, click)
    form = NoteForm(request.POST)
    if found.erased_at or not form.is_valid():
        for problem in form.errors.get("note", [_("This call was erased. Nothing was noted.")]):
            messages.error(request, str(problem))
    else:
        Call.objects.filter(pk=found.pk, erased_at__isnull=True).update(**form.cleaned_data)
        messages.success(request, _("Noted."))
    return redirect("dialing:call", click=click)


@never_cache
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, click: UUID) -> HttpResponse:
    """GET asks, POST erases one call."""
    found = own_call(request, click)
    if request.method != "POST":
        return render(request, "dialing/erase.html", {"call": found})
    if Call.objects.filter(pk=found.pk).erase():
        messages.success(request, _("The call is erased from your calls."))
    elif found.is_in_flight:
        messages.error(request, _("This call is still being placed. Erase it when it is settled."))
    return redirect("dialing:calls")


@never_cache
@require_http_methods(["GET", "POST"])
def erase_all(request: HttpRequest) -> HttpResponse:
    """GET asks, POST erases every call of the person's."""
    mine = Call.objects.recents_of(request.user)
    if request.method != "POST":
        return render(request, "dialing/erase.html", {"count": mine.count()})
    mine.settle_abandoned()
    count = mine.erase()
    text = ngettext("%(n)d call is erased.", "%(n)d calls are erased.", count)
    messages.success(request, text % {"n": count})
    return redirect("dialing:calls")
