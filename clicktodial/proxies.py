"""Whose address a request comes from, behind as many proxies as are one's own."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Who asks, as the outermost of our own proxies saw it; empty where one said nothing."""
    if not settings.PROXIES:
        return str(request.META.get("REMOTE_ADDR", ""))
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    return seen[-settings.PROXIES].strip() if len(seen) >= settings.PROXIES else ""
