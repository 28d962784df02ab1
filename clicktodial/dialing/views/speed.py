"""Speed dial: the numbers somebody calls most, in an order of their own, on the keys 1 to 9."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from clicktodial.dialing import contacts, plans
from clicktodial.dialing.forms import KeepForm
from clicktodial.dialing.models import SpeedDial
from clicktodial.dialing.models.contact import MOST_SPEED_DIALS, TooMany
from clicktodial.dialing.views.answers import name_of
from clicktodial.dialplan.number import Number


@never_cache
@require_GET
def speed(request: HttpRequest) -> HttpResponse:
    """The person's speed dials, and the favourites that could be one."""
    context = {
        "dials": contacts.with_hours(SpeedDial.objects.of(request.user)),
        "favourites": contacts.favourites_of(request.user),
        "keys": contacts.SPEED_KEYS,
    }
    return render(request, "dialing/speed.html", context)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Put one number on speed dial, under the name it is known by."""
    form = KeepForm(request.POST, rules=plans.dialler_of(request.user).rules)
    if form.is_valid():
        number: Number = form.cleaned_data["number"]
        _keep(request, [(form.cleaned_data["name"] or name_of(number, request.user), number)])
    else:
        messages.error(request, str(next(iter(form.errors.values()))[0]))
    return redirect("dialing:speed")


@require_POST
def add_favourites(request: HttpRequest) -> HttpResponse:
    """Put every favourite of the directory on speed dial, behind those that are there."""
    _keep(request, contacts.favourites_of(request.user))
    return redirect("dialing:speed")


def _keep(request: HttpRequest, numbers: list[tuple[str, Number]]) -> None:
    try:
        for name, number in numbers:
            SpeedDial.objects.add(request.user, name, number)
    except TooMany:
        text = _("You have %(n)d speed dials, which is as many as there may be.")
        messages.error(request, text % {"n": MOST_SPEED_DIALS})


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    steps = {"up": -1, "down": 1}
    entry = get_object_or_404(SpeedDial, user=request.user, pk=pk)
    entry.move(steps.get(request.POST.get("direction", ""), 0))
    return redirect("dialing:speed")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Off the speed dials; it is put back as easily."""
    get_object_or_404(SpeedDial, user=request.user, pk=pk).delete()
    return redirect("dialing:speed")
