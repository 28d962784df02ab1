"""The dial page: a GET shows, a POST dials."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from clicktodial.dialing import bars, calls, delegations, devices, matters, plans, ways, wording
from clicktodial.dialing.forms import DialForm
from clicktodial.dialing.homes import SeveralHomes
from clicktodial.dialing.identity import CredentialNeeded, Keyring
from clicktodial.dialing.models import Mode, Phone
from clicktodial.dialing.plans import Dialler
from clicktodial.dialing.questions import AskFirst
from clicktodial.dialing.views.answers import address, name_of, show_bar, wants_bar
from clicktodial.dialing.views.confirm import confirm
from clicktodial.dialplan.number import Number


@cache_control(private=True, no_cache=True)
@sensitive_post_parameters("fac")
@require_http_methods(["GET", "POST"])
def dial(request: HttpRequest) -> HttpResponse:
    """GET shows what will be dialled and from which phone; POST dials it, once a click."""
    dialler = plans.dialler_of(request.user)
    if request.method == "POST":
        return _place(request, dialler)
    asked = {"number": request.GET.get("number", ""), "click": str(uuid4())}
    if request.GET.get("way") in Mode:
        asked["way"] = request.GET["way"]
    asked |= {"behalf": request.GET.get("behalf", "")}
    bound = {"data": asked} if asked["number"] else {"initial": asked}
    form = DialForm(**bound, rules=dialler)
    status = 200 if form.is_valid() or not form.is_bound else 400
    return confirm(request, form, dialler, status=status)


@sensitive_variables()
def _place(request: HttpRequest, dialler: Dialler) -> HttpResponse:
    form = DialForm(request.POST, rules=dialler)
    if form.is_valid():
        return go_on(request, number=form.cleaned_data["number"], form=form, dialler=dialler)
    problem = next(iter(form.errors.values()))[0]
    if wants_bar(request):
        said = wording.Said(str(problem), _("Nothing was dialled."))
        bar = bars.CallBar(said=said, number=request.POST.get("number", "")[:80])
        return show_bar(request, bar, status=422)
    return confirm(request, form, dialler, status=422)


@sensitive_variables()
def go_on(
    request: HttpRequest, *, number: Number, form: DialForm, dialler: Dialler
) -> HttpResponse:
    """Place the call of a clean form, or lead to what it lacks: a phone, a sign-in, an answer."""
    click: UUID = form.cleaned_data["click"]
    behalf = form.behalf_of(dialler.profile)
    # Two see a call from somebody else's phone, and a private contact is one person's own.
    name = name_of(number, request.user if behalf is None else None)
    keyring = Keyring(request.session)
    try:
        phone = _phone(request, form.phone_key, behalf, dialler) if form.phone_key else None
        call = calls.place(
            user=request.user,
            click=click,
            number=number,
            name=name,
            keyring=keyring,
            dialler=dialler,
            given=form.given,
            way=form.cleaned_data["way"],
            phone=phone,
            behalf=behalf,
        )
    except (calls.DeviceNeeded, SeveralHomes, CredentialNeeded, AskFirst) as lack:
        return _lead(request, lack, number=number, form=form, dialler=dialler)
    except wording.CANNOT_BEGIN as error:
        said = wording.of_error(error)
        mode = form.cleaned_data["way"] or dialler.profile.mode if behalf is None else ""
        is_out = isinstance(error, (*ways.OUT, delegations.NotOnBehalf))
        others = ways.others(dialler.profile, mode) if is_out else ()
        if wants_bar(request):
            bar = bars.CallBar(said=said, number=number.display, name=name, others=others)
            return show_bar(request, bar, status=409)
        return confirm(request, form, dialler, said=said, status=409, others=others)
    matters.remember(request.user, number, cmc=form.given.cmc)
    request.session.pop(bars.PUT_AWAY, None)
    if wants_bar(request):
        return show_bar(request, bars.of(call, reader=request.user))
    return redirect("dialing:call", click=call.click)


def _phone(request: HttpRequest, key: str, behalf: int | None, dialler: Dialler) -> Phone:
    """The phone for this call only, if Unified CM lists it now for the person who has it."""
    if behalf is None:
        return devices.find(devices.listed(dialler.profile, Keyring(request.session)), key)
    return devices.find(devices.listed_for(delegations.find(request.user, behalf)), key)


@sensitive_variables()
def _lead(
    request: HttpRequest, lack: Exception, *, number: Number, form: DialForm, dialler: Dialler
) -> HttpResponse:
    """To the page where the person gives what is lacking; nothing was dialled yet."""
    said = wording.of_error(lack)
    if isinstance(lack, AskFirst) and form.comes_from_the_page:
        return confirm(request, form, dialler, said=said, status=409)
    named = {"way": form.cleaned_data["way"], "behalf": form.behalf_of(dialler.profile)}
    way = {key: value for key, value in named.items() if value}
    if isinstance(lack, AskFirst):
        go = address("dialing:dial", number=number.written, **way)
    else:
        page = "identity" if isinstance(lack, CredentialNeeded) else "device"
        if form.behalf_of(dialler.profile) is not None:
            page = "delegated_phone"
        click = form.cleaned_data["click"]
        go = address(f"dialing:{page}", number=number.written, click=click, **way)
    if wants_bar(request):
        return show_bar(request, bars.CallBar(said=said, number="", go=go))
    return redirect(go)
