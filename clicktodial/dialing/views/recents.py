"""My calls: whom one has called lately, with a note of one's own, to be called again or erased."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clicktodial.dialing import matters, recents
from clicktodial.dialing.forms import NoteForm
from clicktodial.dialing.models import Call
from clicktodial.dialing.models.delegation import name_of
from clicktodial.dialing.views.answers import seen_call


@never_cache
@require_GET
def calls(request: HttpRequest) -> HttpResponse:
    """A page of the person's own calls, the latest first."""
    page = recents.page_of(request.user, before=request.GET.get("before", ""))
    return render(request, "dialing/calls.html", {"page": page})


@require_POST
def note(request: HttpRequest, click: UUID) -> HttpResponse:
    """Keep what the person notes on a call that they placed."""
    found = seen_call(request, click)
    if found.user != request.user:
        raise Http404
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
    """GET asks, POST erases one call; from somebody else's phone that is for its owner."""
    found = seen_call(request, click)
    mine = Call.objects.erasable_by(request.user).filter(pk=found.pk)
    if not mine.exists():
        name = {"name": name_of(found.owner)}
        messages.error(request, _("Only %(name)s may erase it: it was their phone.") % name)
        return redirect("dialing:call", click=click)
    if request.method != "POST":
        return render(request, "dialing/erase.html", {"call": found})
    if mine.erase():
        messages.success(request, _("The call is erased from your calls."))
    elif found.is_in_flight:
        messages.error(request, _("This call is still being placed. Erase it when it is settled."))
    return redirect("dialing:calls")


@never_cache
@require_http_methods(["GET", "POST"])
def erase_all(request: HttpRequest) -> HttpResponse:
    """GET asks, POST erases every call of the person's, and which client matters they used."""
    mine = recents.erasable_by(request.user)
    if request.method != "POST":
        seen, count = Call.objects.recents_of(request.user).count(), mine.count()
        context = {"count": count, "from_others": seen > count}
        context["is_vain"] = not (count or matters.are_kept(request.user))
        return render(request, "dialing/erase.html", context)
    mine.settle_abandoned()
    count = mine.erase()
    matters.forget(request.user)
    if count:
        text = ngettext("%(n)d call is erased.", "%(n)d calls are erased.", count) % {"n": count}
    else:
        text = _("Which client matters you used is forgotten.")
    messages.success(request, text)
    return redirect("dialing:calls")
