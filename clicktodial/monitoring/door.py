"""The three addresses for machines, answered before hosts, sessions and sign-ins are looked at.

A balancer asks by address and without HTTPS, and neither question may cost a session.
"""

import ipaddress
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

from clicktodial import metrics
from clicktodial.monitoring import figures, health
from clicktodial.proxies import address_of

_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))


class Monitoring:
    """Answers /healthz, /readyz and /metrics, and counts every other request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = VIEWS.get(request.path_info)
        if view is not None:
            return _for_machines(view, request)
        began = time.monotonic()
        response = self.get_response(request)
        metrics.observe(metrics.REQUEST, time.monotonic() - began)
        method = request.method if request.method in _METHODS else "other"
        metrics.count(metrics.REQUESTS, method=method, status=response.status_code)
        return response


def _for_machines(
    view: Callable[[HttpRequest], HttpResponse], request: HttpRequest
) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    answer = view(request)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers; asks nobody."""
    return JsonResponse({"alive": True})


def readyz(request: HttpRequest) -> HttpResponse:
    """200 where people can be served, 503 where the database is out; names clusters that are."""
    found = health.look()
    return JsonResponse(found.as_json(), status=200 if found.is_ready else 503)


def metrics_page(request: HttpRequest) -> HttpResponse:
    """The figures, for whoever may read them; as if it were not there while nobody may."""
    if not (settings.METRICS_TOKEN or settings.METRICS_FROM):
        return HttpResponse(status=404)
    if not (_shows_the_token(request) and _comes_from_there(request)):
        return HttpResponse(status=403)
    try:
        text = figures.all_of_them()
    except DatabaseError:
        return HttpResponse(status=503)
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def _shows_the_token(request: HttpRequest) -> bool:
    if not settings.METRICS_TOKEN:
        return True
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    return secrets.compare_digest(shown.encode(), settings.METRICS_TOKEN.encode())


def _comes_from_there(request: HttpRequest) -> bool:
    if not settings.METRICS_FROM:
        return True
    try:
        address = ipaddress.ip_address(address_of(request))
    except ValueError:
        return False
    return any(address in network for network in settings.METRICS_FROM)


VIEWS = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics_page}
