"""The way to the OpenID provider and back, and out of it again."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
import requests
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from mozilla_django_oidc.views import (
    OIDCAuthenticationCallbackView,
    OIDCAuthenticationRequestView,
)

from clicktodial.sealed import Sealed, WrongKey
from clicktodial.signin import openid, provider
from clicktodial.signin.ways import provider_name
from clicktodial.webdialer import Secret

logger = logging.getLogger(__name__)

_SILENT = "silent"
_KEPT_TOKEN = "openid_token"  # noqa: S105 - where it lies in the session, sealed
_EXPIRES = "oidc_id_token_expiration"  # the library's name
_ASKS_AGAIN = {"login_required", "interaction_required", "account_selection_required"}


@method_decorator(login_not_required, name="dispatch")
class ToProvider(OIDCAuthenticationRequestView):  # type: ignore[misc]
    """Sends the browser to the provider, with state, nonce and a PKCE challenge."""

    get_settings = staticmethod(openid.setting)

    def __init__(self, **options: Any) -> None:
        # Not the library's, which asks for endpoints where nothing can answer for a failure.
        super(OIDCAuthenticationRequestView, self).__init__(**options)

    def get(self, request: HttpRequest) -> HttpResponse:
        if not settings.OPENID.issuer:
            raise Http404
        try:
            self.OIDC_OP_AUTH_ENDPOINT = provider.discover().authorization
        except provider.ProviderFault as fault:
            logger.error("The OpenID provider cannot be used: %s", fault)
            return _failed(request, status=503)
        self.OIDC_RP_CLIENT_ID = settings.OPENID.client_id
        answer: HttpResponse = super().get(request)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def get_extra_params(self, request: HttpRequest) -> dict[str, str]:
        return {"prompt": "none"} if _SILENT in request.GET else {}


@method_decorator(login_not_required, name="dispatch")
class FromProvider(OIDCAuthenticationCallbackView):  # type: ignore[misc]
    """Takes the browser back: signed in, or with a page that says why not."""

    get_settings = staticmethod(openid.setting)

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.GET.get("state", "") not in request.session.get("oidc_states", {}):
            return _failed(request, status=400)
        goal = request.session.get("oidc_login_next")
        asks_again = request.GET.get("error") in _ASKS_AGAIN
        try:
            answer: HttpResponse = super().get(request)
        except (
            *(SuspiciousOperation, provider.ProviderFault, jwt.PyJWTError),
            *(requests.RequestException, KeyError, ValueError, TypeError),
        ) as error:
            # Not the text: the library writes a refused request for a token into it.
            logger.warning("Sign-in by OpenID failed: %s", type(error).__name__)
            return _failed(request, status=502)
        return redirect_to_login(goal or "/") if asks_again else answer

    def login_success(self) -> HttpResponse:
        answer: HttpResponse = super().login_success()
        if settings.OPENID.sign_out_hint:
            sealed = Sealed.around(Secret(self.request.id_token))
            self.request.session[_KEPT_TOKEN] = sealed.token
        return answer

    def login_failure(self) -> HttpResponse:
        return _failed(self.request, status=403)


@dataclass(frozen=True)
class Leaving:
    """The form that signs the browser out at the provider, too."""

    address: str
    fields: dict[str, str]
    method: str

    @property
    def origin(self) -> str:
        at = urlsplit(self.address)
        return f"{at.scheme}://{at.netloc}"


def leaving(request: HttpRequest) -> Leaving | None:
    """How a session that came by OpenID ends at the provider, too; None where it need not.

    To be asked before the session ends here. A provider that gets no token back as a hint asks the
    person first; one that insists on it gets it in a form, since addresses stay in histories.
    """
    if request.session.get(BACKEND_SESSION_KEY) != openid.PATH:
        return None
    try:
        address = provider.discover().end_session
    except provider.ProviderFault as fault:
        logger.error("Nobody can be signed out at the OpenID provider: %s", fault)
        return None
    if not address:
        return None
    at = urlsplit(address)
    fields = dict(parse_qsl(at.query)) | {  # a form that asks would drop them from the address
        "client_id": settings.OPENID.client_id,
        "post_logout_redirect_uri": request.build_absolute_uri(reverse("signed_out")),
    }
    if _KEPT_TOKEN not in request.session:
        return Leaving(at._replace(query="").geturl(), fields, "get")
    with suppress(WrongKey):  # then the provider asks, or says what it misses
        fields["id_token_hint"] = Sealed(request.session[_KEPT_TOKEN]).open().reveal()
    return Leaving(address, fields, "post")


class RecheckMiddleware:
    """Asks the provider again, without a word, whether the person is still signed in there.

    Only where a page is opened: a form that is sent and what a script fetches go through.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_due(request):
            return self.get_response(request)
        asked = urlencode({_SILENT: "1", "next": request.get_full_path()})
        return redirect(f"{reverse('oidc_authentication_init')}?{asked}")


def _is_due(request: HttpRequest) -> bool:
    if request.method != "GET" or not settings.OPENID.recheck_minutes:
        return False
    if request.session.get(BACKEND_SESSION_KEY) != openid.PATH:
        return False
    opened = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    wants_page = "text/html" in request.headers.get("Accept", "")
    due = request.session.get(_EXPIRES, 0) < time.time()
    way_in = request.path.startswith((reverse("login"), reverse("signed_out")))
    return opened and wants_page and due and not way_in and request.user.is_authenticated


def _failed(request: HttpRequest, *, status: int) -> HttpResponse:
    context = {
        "provider": provider_name(),
        "refused": getattr(request, "sign_in_refused", None),
        "denied": request.GET.get("error") == "access_denied",
    }
    return render(request, "signin/failed.html", context, status=status)
