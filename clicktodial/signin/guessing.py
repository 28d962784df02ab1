"""What django-axes has to be told: whose address a request comes from, and what is no guess."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from clicktodial import proxies


def address_of(request: HttpRequest) -> str | None:
    """The visitor's address; the proxy's own where it said nothing that is an address."""
    try:
        return str(ipaddress.ip_address(proxies.address_of(request)))
    except ValueError:
        return request.META.get("REMOTE_ADDR") or None


def is_no_guess(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> bool:
    """A sign-in without a user name (by a provider) guesses nothing; nor is a password wrong that
    could not be checked, because the LDAP server did not answer."""
    if getattr(request, "ldap_trouble", None) is not None:
        return True
    return not (credentials or {}).get("username") and not request.POST.get("username")
