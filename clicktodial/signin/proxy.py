"""Sign-in by a reverse proxy that has done SAML or Kerberos itself and says who it was in a header.

Whoever can set the header is anybody, so it is believed from named proxies or with a shared secret
only, and taken out of every other request before anything else can read it.
"""

import hmac
import ipaddress
import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib import auth
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from clicktodial.signin import accounts
from clicktodial.signin.known import Known, Refused, Source
from clicktodial.ways_in import group_key

logger = logging.getLogger(__name__)

PATH = "clicktodial.signin.proxy.ProxyBackend"
SECRET_HEADER = "X-Remote-User-Secret"  # noqa: S105 - its name
_NAME = "proxy_name"  # in the session: whom the proxy named when it began


class ProxyBackend(accounts.OpenAccounts, BaseBackend):
    """For sessions that the proxy began; `ProxyMiddleware` begins them."""


class ProxyMiddleware:
    """Signs in whom the proxy names, and out when it names nobody or somebody else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        named = _named_by_proxy(request)
        began = request.session.get(BACKEND_SESSION_KEY) == PATH
        if began and (named is None or named.subject != request.session.get(_NAME)):
            auth.logout(request)
        # Whoever signs out stays out until another page is opened; the page says so.
        leaving = request.path in (reverse("logout"), reverse("signed_out"))
        if named is not None and not request.user.is_authenticated and not leaving:
            try:
                user = accounts.admit(named)
            except Refused as refused:
                return render(request, "403.html", {"exception": refused}, status=403)
            auth.login(request, user, backend=PATH)
            request.session[_NAME] = named.subject
        return self.get_response(request)


def _named_by_proxy(request: HttpRequest) -> Known | None:
    """Whom the proxy has signed in; what is not believed is taken out of the request."""
    remote = settings.REMOTE_USER
    told = {
        header: _read(request.META.pop(_key(header), "")).strip()
        for header in (remote.header, remote.email_header, remote.groups_header, SECRET_HEADER)
        if header
    }
    if not told.get(remote.header):
        return None
    if not _is_believed(request, told.get(SECRET_HEADER, "")):
        logger.warning("A header that names a user came from elsewhere than the proxy: ignored")
        return None
    name = told[remote.header]
    if "," in name:  # sent twice, by the proxy and by somebody before it: neither is believed
        logger.warning("A header that names a user came twice: ignored")
        return None
    return Known(
        source=Source.PROXY,
        subject=name.casefold(),
        username=_without_realm(name),
        email=told.get(remote.email_header, ""),
        groups=_groups(told[remote.groups_header]) if remote.groups_header else None,
    )


def _read(octets: str) -> str:
    """What the proxy wrote, which is UTF-8; WSGI hands octets over as if they were Latin-1."""
    try:
        return octets.encode("latin-1").decode()
    except UnicodeError:
        return octets


def _is_believed(request: HttpRequest, secret: str) -> bool:
    """From one of the proxies, where any are named; with the secret, where there is one."""
    remote = settings.REMOTE_USER
    wanted = remote.secret.reveal()
    if not remote.proxies and not wanted:
        return False
    if wanted and not hmac.compare_digest(secret.encode(), wanted.encode()):
        return False
    return not remote.proxies or _is_proxy(request.META.get("REMOTE_ADDR", ""))


def _is_proxy(address: str) -> bool:
    try:
        at = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(at, ipaddress.IPv6Address) and at.ipv4_mapped:
        at = at.ipv4_mapped
    return any(at in network for network in settings.REMOTE_USER.proxies)


def _without_realm(name: str) -> str:
    """`ada` of `ada@EXAMPLE.COM` and `EXAMPLE\\ada`, where that is our realm; else the whole."""
    realm = settings.REMOTE_USER.realm.casefold()
    user, at, place = name.rpartition("@")
    if at and realm and place.casefold() == realm:
        return user
    place, slash, user = name.partition("\\")
    return user if slash and realm and place.casefold() == realm else name


def _groups(text: str) -> frozenset[str]:
    return frozenset(group_key(part) for part in text.split(";") if part.strip())


def _key(header: str) -> str:
    return f"HTTP_{header.upper().replace('-', '_')}"
