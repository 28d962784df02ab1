"""A person's own tokens: made, shown once, revoked. By session, like every page."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from clicktodial.api.forms import TokenForm
from clicktodial.api.models import Token

MOST = 20
"""Tokens in force that one person may have."""


class SignedIn(HttpRequest):
    """What LoginRequiredMiddleware lets through."""

    user: User


@sensitive_variables()
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: SignedIn) -> HttpResponse:
    """One's own tokens; a new one is shown in the answer to its POST and never again."""
    form = TokenForm(request.POST or None)
    context: dict[str, Any] = {}
    status = 200
    if form.is_bound and form.is_valid():
        if Token.objects.filter(user=request.user).in_force().count() >= MOST:
            form.add_error(None, _("You have very many tokens. Revoke one that is not needed."))
        else:
            new, text = Token.objects.issue(user=request.user, **form.cleaned_data)
            context = {"new": new, "text": text}
            form = TokenForm()
    if form.errors:
        status = 422
    mine = Token.objects.filter(user=request.user)
    return render(
        request, "api/tokens.html", context | {"form": form, "tokens": mine}, status=status
    )


@require_POST
def revoke(request: SignedIn, pk: int) -> HttpResponse:
    """Make one of one's own tokens worthless, at once and for good."""
    token = get_object_or_404(Token, user=request.user, pk=pk)
    Token.objects.filter(pk=token.pk).revoke()
    messages.success(request, _("“%(name)s” is revoked.") % {"name": token.name})
    return redirect("api:tokens")
