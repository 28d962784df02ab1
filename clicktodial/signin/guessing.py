"""What django-axes has to be told: whose address a request comes from, and what is no guess."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str | None:
    """The visitor's address: what the outermost of our own proxies wrote into X-Forwarded-For.

    Without a proxy the header is not believed: anybody can send one.
    """
    direct = request.META.get("REMOTE_ADDR") or None
    if not settings.PROXIES:
        return direct
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    named = chain[-settings.PROXIES] if len(chain) >= settings.PROXIES else ""
    try:
        return str(ipaddress.ip_address(named))
    except ValueError:
        return direct


def is_no_guess(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> bool:
    """A sign-in without a user name (by a provider) guesses nothing; nor is a password wrong that
    could not be checked, because the LDAP server did not answer."""
    if getattr(request, "ldap_trouble", None) is not None:
        return True
    return not (credentials or {}).get("username") and not request.POST.get("username")
