"""How a person dials: the way, and the phone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from clicktodial.dialing import devices, plans, ways, wording
from clicktodial.dialing.forms import DeviceForm, DialForm, ModeForm, PhoneNamesForm
from clicktodial.dialing.identity import CredentialNeeded, Keyring
from clicktodial.dialing.models import Delegation, DialProfile, Mode, PhoneName
from clicktodial.dialing.views.answers import address
from clicktodial.dialing.views.dial import go_on


@never_cache
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """How I dial: the way, and the phone."""
    mine = DialProfile.objects.of(request.user)
    offered = ways.offered_to(mine)
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
        "popup": Mode.POPUP,
        "has_proxy_page": bool(home and home.offers_proxy_page),
        "phone_name": PhoneName.objects.of(request.user).get((mine.device, mine.line), ""),
        "dials_for": Delegation.objects.filter(pk=mine.dials_for_id or 0).first(),
        "signs_in": bool(home and (home.offers_password or home.offers_token)),
    }
    return render(request, "dialing/profile.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def phones(request: HttpRequest) -> HttpResponse:
    """The phones that Unified CM lists now, each with a name of one's own."""
    mine = DialProfile.objects.of(request.user)
    context: dict[str, Any] = {"profile": mine}
    try:
        choices = devices.listed(mine, Keyring(request.session))
    except CredentialNeeded:
        return redirect("dialing:identity")
    except wording.CANNOT_BEGIN as error:
        context["said"] = wording.of_error(error)
        return render(request, "dialing/phones.html", context, status=409)
    form = PhoneNamesForm(
        request.POST or None, choices=choices, names=PhoneName.objects.of(request.user)
    )
    if form.is_bound and form.is_valid():
        for choice, name in form.named:
            PhoneName.objects.give(request.user, choice.device.name, choice.line.text, name)
        messages.success(request, _("The names are saved."))
        return redirect("dialing:phones")
    present = {(choice.device.name, choice.line.text) for choice in choices}
    context |= {
        "form": form,
        "rows": form.rows,
        "is_gone": bool(mine.device) and (mine.device, mine.line) not in present,
    }
    return render(request, "dialing/phones.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def device(request: HttpRequest) -> HttpResponse:
    """The choice of device and line; a click that was waiting for it goes on."""
    dialler = plans.dialler_of(request.user)
    mine = dialler.profile
    asked = request.POST if request.method == "POST" else request.GET
    waiting = DialForm(asked, rules=dialler)
    context: dict[str, Any] = {"profile": mine, "waiting": None}
    if waiting.is_valid():
        context["waiting"] = waiting
        context["only"] = mine.asks_phone or bool(waiting.cleaned_data["only"])
        context["number"] = waiting.cleaned_data["number"]
    try:
        if context["waiting"]:
            context["dialled"] = dialler.rules.dial(context["number"])
        choices = devices.listed(mine, Keyring(request.session))
    except CredentialNeeded:
        query = {"number": context["number"].written} if context["waiting"] else {}
        return redirect(address("dialing:identity", **query))
    except wording.CANNOT_BEGIN as error:
        context["said"] = wording.of_error(error)
        return render(request, "dialing/device.html", context, status=409)
    form = DeviceForm(request.POST or None, choices=choices)
    several = len({choice.cluster for choice in choices}) > 1
    names = PhoneName.objects.of(request.user)
    rows = [(each, names.get((each.device.name, each.line.text), "")) for each in choices]
    context |= {"form": form, "choices": choices, "rows": rows, "several": several}
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "dialing/device.html", context, status=status)
    chosen = form.cleaned_data["phone"]
    if context["waiting"] and waiting.phone_key:
        return go_on(request, number=context["number"], form=waiting, dialler=dialler)
    mine.choose(chosen.cluster, chosen.device, chosen.line)
    if context["waiting"]:
        return go_on(request, number=context["number"], form=waiting, dialler=dialler)
    messages.success(
        request,
        _("From now on %(device)s dials, line %(line)s.")
        % {"device": chosen.device.name, "line": chosen.line_called},
    )
    return redirect("dialing:profile")
