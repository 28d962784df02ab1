"""The first start of an empty site."""

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from clicktodial import rates
from clicktodial.audit import trail
from clicktodial.start import code
from clicktodial.start.forms import AdministratorForm

BACKEND = "clicktodial.signin.local.LocalBackend"


@login_not_required
@never_cache
@sensitive_post_parameters()
def administrator(request: HttpRequest) -> HttpResponse:
    """Makes the first account, which may do everything; there is no such page afterwards."""
    if not code.is_open():
        raise Http404
    if request.method != "POST":
        code.announce()
        return render(request, "start/administrator.html", {"form": AdministratorForm()})
    if wait := rates.count("STARTS_A_MINUTE", "start"):
        return render(request, "429.html", {"retry_after": wait}, status=429)
    form = AdministratorForm(request.POST)
    if not form.is_valid():
        return render(request, "start/administrator.html", {"form": form}, status=400)
    login(request, _make(form), backend=BACKEND)
    return HttpResponseRedirect(reverse("admin:index"))


def _make(form: AdministratorForm) -> Any:
    """The new account; Http404 where somebody else came first."""
    with transaction.atomic():
        # Any row that is always there: two who press at once go through here one by one.
        ContentType.objects.select_for_update().order_by("pk").first()
        if not code.is_open():
            raise Http404
        user = form.save(commit=False)
        user.is_staff = user.is_superuser = True
        user.save()
        trail.note(trail.Action.ADDED, by=user, about=user, first_start=True)
    return user
