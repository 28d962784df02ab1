"""The dial page: a GET shows, a POST dials."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from clicktodial.dialing import bars, calls, wording
from clicktodial.dialing.forms import DialForm
from clicktodial.dialing.identity import CredentialNeeded, Keyring
from clicktodial.dialing.models import DialProfile
from clicktodial.dialing.views.answers import address, name_of, show_bar, wants_bar
from clicktodial.dialplan.number import Number


@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "POST"])
def dial(request: HttpRequest) -> HttpResponse:
    """GET shows what will be dialled and from which phone; POST dials it, once a click."""
    if request.method == "POST":
        return _place(request)
    asked = {"number": request.GET.get("number", ""), "click": str(uuid4())}
    form = DialForm(asked) if asked["number"] else DialForm(initial=asked)
    page = _confirm(request, form, status=200 if form.is_valid() or not form.is_bound else 400)
    if not form.is_valid():
        # Back brings a number's page again with its token, so that pressing Call once more finds
        # the call already made. Where a number is typed in, each typing is a click of its own.
        patch_cache_control(page, no_store=True)
    return page


def _place(request: HttpRequest) -> HttpResponse:
    form = DialForm(request.POST)
    if not form.is_valid():
        problem = next(iter(form.errors.values()))[0]
        said = wording.Said(str(problem), _("Nothing was dialled."))
        bar = bars.CallBar(said=said, number=request.POST.get("number", "")[:80])
        if wants_bar(request):
            return show_bar(request, bar, status=422)
        return _confirm(request, form, status=422)
    return go_on(request, number=form.cleaned_data["number"], form=form)


def go_on(request: HttpRequest, *, number: Number, form: DialForm) -> HttpResponse:
    """Place the call of a clean form, or lead to what it lacks: a phone, or a sign-in."""
    click: UUID = form.cleaned_data["click"]
    name = name_of(number)
    try:
        call = calls.place(
            user=request.user,
            click=click,
            number=number,
            name=name,
            keyring=Keyring(request.session),
        )
    except (calls.DeviceNeeded, CredentialNeeded) as lack:
        page = "device" if isinstance(lack, calls.DeviceNeeded) else "identity"
        go = address(f"dialing:{page}", number=number.written, click=click)
        bar = bars.CallBar(said=wording.of_error(lack), number="", go=go)
        return show_bar(request, bar) if wants_bar(request) else redirect(go)
    except wording.CANNOT_BEGIN as error:
        said = wording.of_error(error)
        if wants_bar(request):
            bar = bars.CallBar(said=said, number=number.display, name=name)
            return show_bar(request, bar, status=409)
        return _confirm(request, form, said=said, status=409)
    request.session.pop(bars.PUT_AWAY, None)
    if wants_bar(request):
        return show_bar(request, bars.of(call))
    return redirect("dialing:call", click=call.click)


def _confirm(
    request: HttpRequest, form: DialForm, *, status: int, said: wording.Said | None = None
) -> HttpResponse:
    cleaned = getattr(form, "cleaned_data", {})
    number = cleaned.get("number")
    context = {
        "form": form,
        "number": number,
        "name": name_of(number) if number else "",
        "click": cleaned.get("click") or uuid4(),
        "profile": DialProfile.objects.of(request.user),
        "said": said,
    }
    return render(request, "dialing/dial.html", context, status=status)
