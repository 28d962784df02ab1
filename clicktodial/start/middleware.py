"""Who comes to sign in at a site where nobody has an account is led to the first start."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from clicktodial.start import code

_process = {"may_be_open": False}


def look() -> None:
    """At the start of a process that serves: tells the log how to begin, if it is to begin."""
    _process["may_be_open"] = code.announce()


class FirstVisit:
    """Asks the database only in a process that began with an empty site, until it is no more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _process["may_be_open"] and request.path == reverse("login"):
            _process["may_be_open"] = code.is_open()
            if _process["may_be_open"]:
                return HttpResponseRedirect(reverse("start:administrator"))
        return self.get_response(request)
