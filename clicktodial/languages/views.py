"""The page on which a language is chosen."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from clicktodial.languages import choice


@login_not_required
@require_http_methods(["GET", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """Shows the languages, each in its own words; keeps the chosen one and goes back."""
    back = _back(request)
    asked = request.POST.get("language")
    if request.method == "POST" and (asked == "" or asked in choice.known()):
        choice.keep(request, asked)
        return HttpResponseRedirect(back)
    return render(
        request,
        "languages/language.html",
        {"languages": choice.known().items(), "chosen": choice.of(request), "next": back},
        status=400 if request.method == "POST" else 200,
    )


def _back(request: HttpRequest) -> str:
    """Where the person came from, if that is a page of ours."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if safe else "/"
