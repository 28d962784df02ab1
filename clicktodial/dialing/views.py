"""The pages of dialling. A GET shows, a POST does; the phone is always the signed-in person's."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clicktodial.csp import allow_forms_to
from clicktodial.dialing import bars, calls, devices, popups, wording
from clicktodial.dialing.forms import DeviceForm, DialForm, ModeForm
from clicktodial.dialing.models import Call, Cluster, DialProfile, Mode
from clicktodial.dialplan.number import Number


@never_cache
@require_http_methods(["GET", "POST"])
def dial(request: HttpRequest) -> HttpResponse:
    """GET shows what will be dialled and from which phone; POST dials it, once a click."""
    if request.method == "POST":
        return _place(request)
    asked = {"number": request.GET.get("number", ""), "click": str(uuid4())}
    form = DialForm(asked) if asked["number"] else DialForm(initial=asked)
    return _confirm(request, form, status=200 if form.is_valid() or not form.is_bound else 400)


def _place(request: HttpRequest) -> HttpResponse:
    form = DialForm(request.POST)
    if not form.is_valid():
        problem = next(iter(form.errors.values()))[0]
        said = wording.Said(str(problem), _("Nothing was dialled."))
        bar = bars.CallBar(said=said, number=request.POST.get("number", "")[:80])
        if _wants_bar(request):
            return _show_bar(request, bar, status=422)
        return _confirm(request, form, status=422)
    return _place_clean(request, number=form.cleaned_data["number"], form=form)


def _place_clean(request: HttpRequest, *, number: Number, form: DialForm) -> HttpResponse:
    click: UUID = form.cleaned_data["click"]
    name = _name_of(number)
    try:
        call = calls.place(user=request.user, click=click, number=number, name=name)
    except calls.DeviceNeeded:
        go = _address("dialing:device", number=number.written, click=click)
        bar = bars.CallBar(said=wording.of_error(calls.DeviceNeeded()), number="", go=go)
        return _show_bar(request, bar) if _wants_bar(request) else redirect(go)
    except wording.CANNOT_BEGIN as error:
        said = wording.of_error(error)
        if _wants_bar(request):
            bar = bars.CallBar(said=said, number=number.display, name=name)
            return _show_bar(request, bar, status=409)
        return _confirm(request, form, said=said, status=409)
    request.session.pop(bars.PUT_AWAY, None)
    if _wants_bar(request):
        return _show_bar(request, bars.of(call))
    return redirect("dialing:call", click=call.click)


def _confirm(
    request: HttpRequest, form: DialForm, *, status: int, said: wording.Said | None = None
) -> HttpResponse:
    cleaned = getattr(form, "cleaned_data", {})
    number = cleaned.get("number")
    context = {
        "form": form,
        "number": number,
        "name": _name_of(number) if number else "",
        "click": cleaned.get("click") or uuid4(),
        "profile": DialProfile.objects.of(request.user),
        "said": said,
    }
    return render(request, "dialing/dial.html", context, status=status)


@never_cache
@require_GET
def call(request: HttpRequest, click: UUID) -> HttpResponse:
    """One call of one's own as it stands: a page, or only the call bar."""
    found = _own_call(request, click)
    if _wants_bar(request):
        return _show_bar(request, bars.of(found))
    return render(request, "dialing/call.html", {"call": found, "said": wording.of(found)})


@require_POST
def end(request: HttpRequest, click: UUID) -> HttpResponse:
    """Hang up one's own latest call, at the phone it was placed from."""
    found = _own_call(request, click)
    try:
        bar = bars.of(calls.end(found))
    except wording.CANNOT_BEGIN as error:
        said = wording.of_error(error)
        if not _wants_bar(request):
            messages.error(request, f"{said.says} {said.next}")
            return redirect("dialing:call", click=click)
        bar = bars.CallBar(said=said, number=found.number, name=found.name, call=found)
        return _show_bar(request, bar, status=409)
    if _wants_bar(request):
        return _show_bar(request, bar)
    return redirect("dialing:call", click=click)


@require_POST
def put_away(request: HttpRequest, click: UUID) -> HttpResponse:
    """Close the call bar; the call itself is left alone."""
    request.session[bars.PUT_AWAY] = _own_call(request, click).pk
    if _wants_bar(request):
        return HttpResponse()
    return redirect(settings.LOGIN_REDIRECT_URL)


@never_cache
@require_GET
def window(request: HttpRequest, click: UUID) -> HttpResponse:
    """The page in the pop-up: it hands the number, and nothing else, to Unified CM."""
    found = _own_call(request, click)
    popup = popups.of(found) if found.mode == Mode.POPUP else None
    response = render(
        request,
        "dialing/window.html",
        {"call": found, "popup": popup},
        status=200 if popup else 410,
    )
    # The window goes on to another origin; with the opener policy of our other pages it would
    # lose its name there, and every click would open one window more.
    response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return allow_forms_to(response, popups.origins())


@never_cache
@require_http_methods(["GET", "POST"])
def device(request: HttpRequest) -> HttpResponse:
    """The choice of device and line; a click that was waiting for it goes on."""
    profile = DialProfile.objects.of(request.user)
    waiting = DialForm(request.POST if request.method == "POST" else request.GET)
    context: dict[str, Any] = {"profile": profile, "waiting": None}
    if waiting.is_valid():
        context["waiting"] = waiting
        context["number"] = waiting.cleaned_data["number"]
    try:
        choices = devices.listed(profile)
    except wording.CANNOT_BEGIN as error:
        context["said"] = wording.of_error(error)
        return render(request, "dialing/device.html", context, status=409)
    form = DeviceForm(request.POST or None, choices=choices)
    context |= {"form": form, "choices": choices}
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "dialing/device.html", context, status=status)
    chosen = form.cleaned_data["phone"]
    profile.choose(chosen.device, chosen.line)
    if context["waiting"]:
        return _place_clean(request, number=context["number"], form=waiting)
    messages.success(
        request,
        _("From now on %(device)s dials, line %(line)s.")
        % {"device": chosen.device.name, "line": chosen.line.number},
    )
    return redirect("dialing:profile")


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
    context = {"form": form, "profile": mine, "offered": offered, "desk": Mode.DESK_PHONE}
    return render(request, "dialing/profile.html", context, status=422 if form.errors else 200)


def _offered(mine: DialProfile) -> list[Mode]:
    """The ways the administrators offer: at the home cluster, or anywhere while it is unknown."""
    known = [mine.home_cluster] if mine.home_cluster else Cluster.objects.filter(enabled=True)
    ways = {
        Mode.DESK_PHONE: any(cluster.offers_desk_phone for cluster in known),
        Mode.POPUP: any(cluster.offers_popup for cluster in known),
    }
    return [mode for mode, offered in ways.items() if offered]


def _own_call(request: HttpRequest, click: UUID) -> Call:
    found = get_object_or_404(
        Call.objects.select_related("cluster"), click=click, user=request.user
    )
    if found.is_abandoned:
        Call.objects.filter(pk=found.pk).settle_abandoned()
        found.refresh_from_db()
    return found


def _name_of(number: Number) -> str:
    """Who that is, from the directory; a name is never taken from the address of a page."""
    return str(import_string(settings.CALLER_NAMES)(number.key))[:200]


def _wants_bar(request: HttpRequest) -> bool:
    return request.headers.get("X-Fragment") == "callbar"


def _show_bar(request: HttpRequest, bar: bars.CallBar, *, status: int = 200) -> HttpResponse:
    return render(request, "dialing/_callbar.html", {"bar": bar}, status=status)


def _address(name: str, **query: Any) -> str:
    return f"{reverse(name)}?{urlencode(query)}"
