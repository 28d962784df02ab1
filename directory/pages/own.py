"""One's own entry: what people may change themselves, and who has changed what."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from directory.models import Person, SelfService
from directory.own_entry import OwnEntryForm

MOST_CHANGES = 100


@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """What of their own entry people may change; POST saves it."""
    entry = _own(request)
    if entry is None:
        return render(request, "directory/no_entry.html", status=404)
    form = OwnEntryForm(
        request.POST or None,
        request.FILES or None,
        instance=entry,
        allowed=SelfService.current(),
    )
    if form.is_bound and form.is_valid():
        changed = form.save_by(request.user)
        messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
        return redirect("directory:person", pk=entry.pk)
    context = {"form": form, "person": Person.objects.get(pk=entry.pk)}
    return render(request, "directory/own.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """The latest changes of one's own entry, by oneself or by administrators."""
    entry = _own(request)
    if entry is None:
        return render(request, "directory/no_entry.html", status=404)
    changes = entry.changes.select_related("by")[:MOST_CHANGES]
    return render(request, "directory/history.html", {"person": entry, "changes": changes})


def _own(request: HttpRequest) -> Person | None:
    return Person.objects.filter(account_id=request.user.pk, is_active=True).first()
