"""Dialling from each other's phones: who may, until when; and which phone, where it is asked."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clicktodial.dialing import delegations, devices, plans, wording
from clicktodial.dialing.delegation_form import Colleague, DelegationForm
from clicktodial.dialing.devices import Choice
from clicktodial.dialing.forms import DeviceForm, DialForm
from clicktodial.dialing.identity import Keyring
from clicktodial.dialing.models import Delegation, DialProfile, Mode
from clicktodial.dialing.views.dial import go_on
from clicktodial.rates import at_most


@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Who may dial from one's own phones, and from whose phones one may dial oneself."""
    given = Delegation.objects.given_by(request.user)
    context = {
        "given": given.open(),
        "past": given.past()[:10],
        "received": Delegation.objects.received_by(request.user).open(),
        "profile": DialProfile.objects.of(request.user),
    }
    return render(request, "dialing/delegations.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@at_most("LOOKUPS_A_MINUTE")
def add(request: HttpRequest) -> HttpResponse:
    """GET finds somebody and shows what may be granted; POST grants it."""
    asked = request.POST if request.method == "POST" else request.GET
    text = asked.get("name", "").strip()[:200]
    found = _colleagues(request.user, text)
    choices, said = _phones(request)
    form = DelegationForm(request.POST or None, found=found, choices=choices)
    if form.is_bound and form.is_valid():
        made = delegations.grant(owner=request.user, **form.granted)
        says = _("%(name)s may dial from your phone.") % {"name": made.delegate_name}
        messages.success(request, says)
        return redirect("dialing:delegations")
    context = {"form": form, "text": text, "found": found, "said": said}
    status = 422 if form.errors else 200
    return render(request, "dialing/add_delegation.html", context, status=status)


def _colleagues(user: Any, text: str) -> list[Colleague]:
    """Those whom the directory shows to this person and who have an account; never themselves."""
    rows = import_string(settings.COLLEAGUES)(user.pk, text) if text else []
    return [Colleague(*row) for row in rows if row[0] != user.pk]


def _phones(request: HttpRequest) -> tuple[tuple[Choice, ...], wording.Said | None]:
    """The person's own phones as they are listed now, or why they cannot be."""
    profile = DialProfile.objects.of(request.user)
    try:
        return devices.listed(profile, Keyring(request.session)), None
    except wording.CANNOT_BEGIN as error:
        return (), wording.of_error(error)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation at once: its owner takes it back, or its delegate gives it back."""
    rows = Delegation.objects.given_by(request.user) | Delegation.objects.received_by(request.user)
    delegation = get_object_or_404(rows, pk=pk)
    if delegations.withdraw(delegation, by=request.user):
        messages.success(request, _("Ended. Nothing more is dialled by it from now on."))
    return redirect("dialing:delegations")


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Dial from somebody else's phone from now on; without one named, from one's own again."""
    profile = DialProfile.objects.of(request.user)
    try:
        named = DialForm.base_fields["behalf"].clean(request.POST.get("behalf"))
        chosen = None if named is None else delegations.find(request.user, named)
    except delegations.NotDelegated as error:
        messages.error(request, error.says)
        return redirect("dialing:delegations")
    profile.dial_for(chosen)
    if chosen:
        text = _("From now on you dial from the phone of %(name)s.") % {"name": chosen.owner_name}
    else:
        text = _("From now on you dial in your own way again.")
    messages.success(request, text)
    return redirect("dialing:delegations")


@never_cache
@require_http_methods(["GET", "POST"])
def phone(request: HttpRequest) -> HttpResponse:
    """Which of somebody else's phones dials, for a click that waits for it; for this call only."""
    own = plans.dialler_of(request.user)
    asked = request.POST if request.method == "POST" else request.GET
    waiting = DialForm(asked, rules=own)
    behalf = waiting.behalf_of(own.profile) if waiting.is_valid() else None
    if behalf is None:
        return redirect("dialing:dial")
    number = waiting.cleaned_data["number"]
    context: dict[str, Any] = {"waiting": waiting, "number": number, "behalf": behalf}
    context["own_way"] = Mode(own.profile.mode)
    try:
        delegation = delegations.find(request.user, behalf)
        owner = delegations.dialler_of(delegation)
        dialled = owner.rules.dial(number)
        delegations.check(number, dialled.care)
        choices = devices.listed_for(delegation)
    except wording.CANNOT_BEGIN as error:
        context["said"] = wording.of_error(error)
        return render(request, "dialing/device.html", context, status=409)
    form = DeviceForm(request.POST or None, choices=choices)
    if form.is_valid():
        return go_on(request, number=number, form=waiting, dialler=own)
    context |= {
        "form": form,
        "choices": choices,
        "rows": [(choice, "") for choice in choices],
        "several": len({choice.cluster for choice in choices}) > 1,
        "profile": owner.profile,
        "owner": delegation.owner_name,
        "dialled": dialled,
    }
    status = 422 if form.is_bound else 200
    return render(request, "dialing/device.html", context, status=status)
