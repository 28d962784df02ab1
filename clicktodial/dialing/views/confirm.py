"""The page that shows a number before it is dialled, and asks what there is to ask."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from clicktodial.dialing import matters, plans, whereabouts, wording
from clicktodial.dialing.forms import DialForm
from clicktodial.dialing.models import SOFTPHONES, Mode, PhoneName
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
    context: dict[str, Any] = {
        "form": form,
        "number": number,
        "click": cleaned.get("click") or uuid4(),
        "profile": dialler.profile,
        "said": said,
        "asks": None,
        "others": others,
        "mode": cleaned.get("way") or Mode(dialler.profile.mode),
        "way": cleaned.get("way"),
        "phone": cleaned.get("phone") if cleaned.get("only") else "",
        "phone_name": _name_of_phone(request, dialler),
        "softphones": SOFTPHONES,
    }
    if number:
        try:
            context |= _of(number, dialler, context["mode"])
        except plans.RulesBroken as error:
            context |= {"number": None, "said": wording.of_error(error)}
            return render(request, "dialing/dial.html", context, status=409)
        context["name"] = name_of(number, request.user)
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


def _of(number: Number, dialler: Dialler, mode: Mode) -> dict[str, Any]:
    """What is to be known of a number: its digits, codes, care, and the time at the other end."""
    by_itself = mode in SOFTPHONES  # it has rules of its own
    dialled = (plans.at(None, dialler.place) if by_itself else dialler.rules).dial(number)
    clock = whereabouts.clock_of(number)
    # Codes go behind the number that this site sends; Unified CM's window asks by itself.
    sends = mode == Mode.DESK_PHONE and dialler.profile.device
    late = clock if clock and clock.is_outside_hours else None
    asks_late = late if dialler.profile.asks_outside_hours else None
    warns = dialled.care.asks_first or asks_late
    return {
        "dialled": dialled,
        "asks": dialled.asks if sends else None,
        "keyed_in_later": bool(dialled.asks) and mode == Mode.POPUP,
        "is_emergency": dialled.care is Care.EMERGENCY,
        "warning": wording.of_care(dialled.care, asks_late) if warns else "",
        "late": str(late) if late else "",
        "place": dialler.place,
    }


def _name_of_phone(request: HttpRequest, dialler: Dialler) -> str:
    """What the person calls the phone they dial from, or else the device's name."""
    mine = dialler.profile
    if not mine.device:
        return ""
    return PhoneName.objects.of(request.user).get((mine.device, mine.line), mine.device)
