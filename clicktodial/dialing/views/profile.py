"""How a person dials: the way, and the phone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from clicktodial.dialing import devices, plans, wording
from clicktodial.dialing.forms import DeviceForm, DialForm, ModeForm
from clicktodial.dialing.identity import CredentialNeeded, Keyring
from clicktodial.dialing.models import Cluster, DialProfile, Mode
from clicktodial.dialing.views.answers import address
from clicktodial.dialing.views.dial import go_on


@never_cache
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """How I dial: the way, and the phone."""
    mine = DialProfile.objects.of(request.user)
    offered = _offered(mine)
    form = ModeForm(request.POST or None, instance=mine, offered=offered)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, _("Saved. Your next call is dialled this way."))
        return redirect("dialing:profile")
    home = mine.home_cluster
    context = {
        "form": form,
        "profile": mine,
        "offered": offered,
        "desk": Mode.DESK_PHONE,
        "signs_in": bool(home and (home.offers_password or home.offers_token)),
    }
    return render(request, "dialing/profile.html", context, status=422 if form.errors else 200)


def _offered(mine: DialProfile) -> list[Mode]:
    """The ways the administrators offer: at the home cluster, or anywhere while it is unknown."""
    known = [mine.home_cluster] if mine.home_cluster else Cluster.objects.filter(enabled=True)
    ways = {
        Mode.DESK_PHONE: any(cluster.offers_desk_phone for cluster in known),
        Mode.POPUP: any(cluster.offers_popup for cluster in known),
    }
    return [mode for mode, offered in ways.items() if offered]


@never_cache
@require_http_methods(["GET", "POST"])
def device(request: HttpRequest) -> HttpResponse:
    """The choice of device and line; a click that was waiting for it goes on."""
    dialler = plans.dialler_of(request.user)
    mine = dialler.profile
    asked = request.POST if request.method == "POST" else request.GET
    waiting = DialForm(asked, rules=dialler.rules)
    context: dict[str, Any] = {"profile": mine, "waiting": None}
    if waiting.is_valid():
        context["waiting"] = waiting
        context["number"] = waiting.cleaned_data["number"]
    try:
        choices = devices.listed(mine, Keyring(request.session))
    except CredentialNeeded:
        query = {"number": context["number"].written} if context["waiting"] else {}
        return redirect(address("dialing:identity", **query))
    except wording.CANNOT_BEGIN as error:
        context["said"] = wording.of_error(error)
        return render(request, "dialing/device.html", context, status=409)
    if context["waiting"]:
        context["dialled"] = dialler.rules.dial(context["number"])
    form = DeviceForm(request.POST or None, choices=choices)
    several = len({choice.cluster for choice in choices}) > 1
    context |= {"form": form, "choices": choices, "several": several}
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "dialing/device.html", context, status=status)
    chosen = form.cleaned_data["phone"]
    mine.choose(chosen.cluster, chosen.device, chosen.line)
    if context["waiting"]:
        return go_on(request, number=context["number"], form=waiting, dialler=dialler)
    messages.success(
        request,
        _("From now on %(device)s dials, line %(line)s.")
        % {"device": chosen.device.name, "line": chosen.line.number},
    )
    return redirect("dialing:profile")
