"""The page that shows a number before it is dialled, and asks what there is to ask."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from clicktodial.dialing import delegations, devices, matters, plans, ways, whereabouts, wording
from clicktodial.dialing.forms import DialForm
from clicktodial.dialing.models import SOFTPHONES, Delegation, DialProfile, Mode, PhoneName
from clicktodial.dialing.plans import Dialler
from clicktodial.dialing.views.answers import name_of
from clicktodial.dialplan.care import Care
from clicktodial.dialplan.number import Number


def confirm(
    request: HttpRequest,
    form: DialForm,
    dialler: Dialler,
    *,
    status: int,
    said: wording.Said | None = None,
    others: tuple[Mode, ...] = (),
) -> HttpResponse:
    """The page for the form's number, or for typing one in where it has none."""
    cleaned = getattr(form, "cleaned_data", {})
    number: Number | None = cleaned.get("number")
    delegation, barred = _delegation(request, form, dialler)
    if barred:
        said, status = barred, max(status, 409)
        others = ways.others(dialler.profile, "")
    own = dialler.profile
    if delegation:
        dialler = delegations.dialler_of(delegation)
    if cleaned and (chosen_at := devices.cluster_of(form.phone_key)):
        dialler = replace(dialler, cluster=chosen_at)
    context: dict[str, Any] = {
        "form": form,
        "number": number,
        "click": cleaned.get("click") or uuid4(),
        "profile": dialler.profile,
        "own_way": Mode(own.mode),
        "delegation": delegation,
        "delegations": Delegation.objects.received_by(request.user).in_force(),
        "is_barred": bool(barred),
        "said": said,
        "asks": None,
        "others": others,
        "mode": Mode.DESK_PHONE if delegation else cleaned.get("way") or Mode(own.mode),
        "way": None if delegation else cleaned.get("way"),
        "phone": form.phone_key if cleaned else "",
        "phone_name": _name_of_phone(request, own),
        "softphones": SOFTPHONES,
    }
    if number:
        try:
            chosen = context["phone"] or dialler.profile.device
            has_phone = bool(chosen or (delegation and delegation.device))
            context |= _of(number, dialler, context["mode"], has_phone=has_phone)
        except plans.RulesBroken as error:
            context |= {"number": None, "said": wording.of_error(error)}
            return render(request, "dialing/dial.html", context, status=409)
        context["name"] = name_of(number, request.user)
        if delegation:
            try:
                delegations.check(number, context["dialled"].care)
            except delegations.NotOnBehalf as error:
                context |= {"is_barred": True, "said": wording.of_error(error)}
                status = max(status, 409)
        if context["asks"] and context["asks"].cmc:
            text = request.GET.get("matter", "").strip()[:80]
            context["picker"] = matters.picker(request.user, number, text=text)
            context["chosen"] = cleaned.get("cmc") or context["picker"].default
    page = render(request, "dialing/dial.html", context, status=status)
    if not form.is_valid() or context["asks"]:
        # Back brings a number's page again with its token, so that pressing Call once more finds
        # the call already made. Where something is typed in, each typing is a click of its own.
        patch_cache_control(page, no_store=True)
    return page


def _delegation(
    request: HttpRequest, form: DialForm, dialler: Dialler
) -> tuple[Delegation | None, wording.Said | None]:
    """Whose phone was asked for, if somebody else's; or why it may not be had."""
    behalf = form.behalf_of(dialler.profile)
    try:
        return (None if behalf is None else delegations.find(request.user, behalf)), None
    except delegations.NotDelegated as error:
        return None, wording.of_error(error)


def _of(number: Number, dialler: Dialler, mode: Mode, *, has_phone: bool) -> dict[str, Any]:
    """What is to be known of a number: its digits, codes, care, and the time at the other end."""
    by_itself = mode in SOFTPHONES  # it has rules of its own
    dialled = (plans.at(None, dialler.place) if by_itself else dialler.rules).dial(number)
    clock = whereabouts.clock_of(number)
    # Codes go behind the number that this site sends; Unified CM's window asks by itself.
    sends = mode == Mode.DESK_PHONE and has_phone
    late = clock if clock and clock.is_outside_hours else None
    asks_late = late if dialler.asks_outside_hours else None
    warns = dialled.care.asks_first or asks_late
    return {
        "dialled": dialled,
        "asks": dialled.asks if sends else None,
        "keyed_in_later": bool(dialled.asks) and mode == Mode.POPUP,
        "is_emergency": dialled.care is Care.EMERGENCY,
        "warning": wording.of_care(dialled.care, asks_late) if warns else "",
        "clock": clock,
        "late": late,
        "place": dialler.place,
    }


def _name_of_phone(request: HttpRequest, mine: DialProfile) -> str:
    """What the person calls the phone they dial from, or else what it is."""
    if not mine.device:
        return ""
    return PhoneName.objects.of(request.user).get((mine.device, mine.line), mine.device_called)
