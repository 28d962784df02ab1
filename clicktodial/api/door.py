"""The door of the API: nobody passes without a token in force, for what it is good for, in time.

Only the Authorization header counts: no session, no cookie, and nothing in an address.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt

from clicktodial.api.models import PREFIX, Scope, Token
from clicktodial.api.problems import Problem
from clicktodial.rates import count
from directory.accounts import is_open

_BEARER = re.compile(r"Bearer +([!-~]{1,200})", re.IGNORECASE)
_NAMES_OF_TOKENS = ("access_token", "token", "api_key")


@dataclass(frozen=True)
class Verb:
    """What a method does at an address, and the scope that a token needs for it."""

    scope: Scope
    act: Callable[..., HttpResponse]


def needs(scope: Scope) -> Callable[[Callable[..., HttpResponse]], Verb]:
    """A view that only tokens of this scope reach; `request.user` is the token's person."""
    return lambda act: Verb(scope, act)


def door(**verbs: Verb) -> Callable[..., HttpResponse]:
    """One address of the API: what each method does there."""

    @csrf_exempt  # a forged page can send cookies, which count for nothing here
    @login_not_required
    def address(request: HttpRequest, **path: Any) -> HttpResponse:
        try:
            answer = _pass(request, verbs, path)
        except Problem as problem:
            answer = problem.answer(request)
        except Http404:
            answer = nothing_here().answer(request)
        add_never_cache_headers(answer)
        return answer

    return address


@csrf_exempt
@login_not_required
def nowhere(request: HttpRequest) -> HttpResponse:
    """Any other address below the API's own."""
    return nothing_here().answer(request)


def nothing_here() -> Problem:
    return Problem(
        404,
        "not-found",
        _("There is nothing at this address that you may see."),
        _("Compare the address with the API's description."),
    )


def _pass(request: HttpRequest, verbs: dict[str, Verb], path: dict[str, Any]) -> HttpResponse:
    _refuse_token_in_address(request)
    verb = verbs.get("GET" if request.method == "HEAD" else str(request.method))
    if verb is None:
        offered = ", ".join(verbs)
        raise Problem(
            405,
            "method-not-allowed",
            _("This address does not take %(method)s.") % {"method": request.method},
            _("Use %(offered)s.") % {"offered": offered},
            headers={"Allow": offered},
        )
    token = _token_of(request)
    _limit("API_REQUESTS_A_MINUTE", f"token-{token.pk}")
    if verb.scope is Scope.SEARCH:
        # Together with what the person looks up on pages, however many tokens there are.
        _limit("LOOKUPS_A_MINUTE", token.user_id)
    if verb.scope not in token.scopes:
        raise Problem(
            403,
            "scope-missing",
            _("This token may not do this: %(scope)s.") % {"scope": verb.scope.label},
            _("Make a token with this right."),
            reverse("api:tokens"),
            {"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{verb.scope}"'},
        )
    token.use()
    request.user = token.user
    return verb.act(request, **path)


def _refuse_token_in_address(request: HttpRequest) -> None:
    address = request.get_full_path()
    if PREFIX in address or any(name in request.GET for name in _NAMES_OF_TOKENS):
        raise Problem(
            400,
            "token-in-address",
            _("A token does not belong in an address: addresses are written into logs."),
            _("Send it in the Authorization header. Revoke the one that stood in an address."),
            reverse("api:tokens"),
        )


def _token_of(request: HttpRequest) -> Token:
    """The token in force that the request shows; raises Problem 401."""
    shown = _BEARER.fullmatch(request.headers.get("Authorization", ""))
    if not shown:
        raise _unauthorised(_("This address wants a token."), challenge="Bearer")
    token = Token.objects.of_text(shown[1])
    if token is None or not is_open(token.user):
        raise _unauthorised(_("This token is not known."))
    if token.revoked_at:
        raise _unauthorised(_("This token was revoked."))
    if token.is_expired:
        raise _unauthorised(_("This token has expired."))
    return token


def _unauthorised(detail: str, *, challenge: str = 'Bearer error="invalid_token"') -> Problem:
    return Problem(
        401,
        "token-needed",
        detail,
        _("Make one under “How I dial” and send it as: Authorization: Bearer ctd_…"),
        reverse("api:tokens"),
        {"WWW-Authenticate": challenge},
    )


def _limit(setting: str, who: Any) -> None:
    if wait := count(setting, who):
        raise Problem(
            429,
            "too-many-requests",
            _("That was asked very often within a minute."),
            ngettext("Wait %(seconds)s second.", "Wait %(seconds)s seconds.", wait)
            % {"seconds": wait},
            headers={"Retry-After": str(wait)},
        )
