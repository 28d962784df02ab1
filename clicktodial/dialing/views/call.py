"""One call: as it stands, hung up, put away, or handed to Unified CM's window."""

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from clicktodial.csp import allow_forms_to
from clicktodial.dialing import bars, calls, popups, sides, wording
from clicktodial.dialing.identity import Keyring
from clicktodial.dialing.models import Mode
from clicktodial.dialing.views.answers import own_call, seen_call, show_bar, wants_bar


@never_cache
@require_GET
def call(request: HttpRequest, click: UUID) -> HttpResponse:
    """One call that the person may see as it stands: a page, or only the call bar."""
    found = seen_call(request, click)
    bar = bars.of(found, reader=request.user)
    if wants_bar(request):
        return show_bar(request, bar)
    context = {"call": found, "said": bar.said, "about": bar.about, "phone": bar.phone}
    return render(request, "dialing/call.html", context)


@require_POST
def end(request: HttpRequest, click: UUID) -> HttpResponse:
    """Hang up the latest call of one's own, or from one's phone, where it was placed from."""
    found = seen_call(request, click)
    try:
        ended = calls.end(found, by=request.user, keyring=Keyring(request.session))
        bar = bars.of(ended, reader=request.user)
    except wording.CANNOT_BEGIN as error:
        said = sides.of_error(error, found, request.user)
        if not wants_bar(request):
            messages.error(request, f"{said.says} {said.next}")
            return redirect("dialing:call", click=click)
        bar = replace(bars.of(found, reader=request.user), said=said)
        return show_bar(request, bar, status=409)
    if wants_bar(request):
        return show_bar(request, bar)
    return redirect("dialing:call", click=click)


@require_POST
def put_away(request: HttpRequest, click: UUID) -> HttpResponse:
    """Close the call bar; the call itself is left alone."""
    request.session[bars.PUT_AWAY] = seen_call(request, click).pk
    if wants_bar(request):
        return HttpResponse()
    return redirect(settings.LOGIN_REDIRECT_URL)


@never_cache
@require_GET
def window(request: HttpRequest, click: UUID) -> HttpResponse:
    """The page in the pop-up: it hands the number, and nothing else, to Unified CM."""
    found = own_call(request, click)
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
