"""Signing in to Unified CM oneself: by password or by single sign-on, for this session only."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from clicktodial.dialing import homes, identity, plans, wording
from clicktodial.dialing.forms import DialForm, PasswordForm, TokenForm
from clicktodial.dialing.identity import Keyring
from clicktodial.dialing.models import DialProfile, Known
from clicktodial.dialing.views.answers import address
from clicktodial.webdialer import Refused, Secret

STATE = "unified_cm_state"  # the session's key of the sign-on that is under way
SCOPE = "UnifiedCommunications:readwrite"


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class Identity(View):
    """The page on which a person signs in to their home cluster."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, PasswordForm())

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest) -> HttpResponse:
        form = PasswordForm(request.POST)
        mine = DialProfile.objects.of(request.user)
        try:
            home = homes.home_of(mine)
            if form.is_valid() and home.offers_password:
                secret = Secret(form.cleaned_data["password"])
                identity.enter(mine, home, Known.PASSWORD, secret, Keyring(request.session))
                messages.success(
                    request, _("The phone system knows you now, until you sign out here.")
                )
                return redirect(_onward(request))
        except wording.CANNOT_BEGIN as error:
            form.add_error("password", _said(error))
        return self._show(request, form, status=422)

    def _show(self, request: HttpRequest, form: PasswordForm, *, status: int = 200) -> HttpResponse:
        mine = DialProfile.objects.of(request.user)
        context: dict[str, Any] = {"form": form, "profile": mine, "query": ""}
        try:
            context["home"] = home = homes.home_of(mine)
            found = Keyring(request.session).find(home, mine.cucm_user_id)
            context["known_by"] = identity.known_by(found) if found else None
        except wording.CANNOT_BEGIN as error:
            context["said"], status = wording.of_error(error), 409
        asked = {**request.GET.dict(), **request.POST.dict(), "click": ""}
        waiting = DialForm(asked, rules=plans.dialler_of(request.user))
        waiting.is_valid()
        context["number"] = waiting.cleaned_data.get("number")
        return render(request, "dialing/identity.html", context, status=status)


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Drop one's own password or token before the session ends."""
    home = DialProfile.objects.of(request.user).home_cluster
    if home:
        Keyring(request.session).forget(home)
    messages.success(request, _("Your sign-in to the phone system is forgotten."))
    return redirect("dialing:profile")


@never_cache
@require_GET
def sign_on(request: HttpRequest) -> HttpResponse:
    """Off to Unified CM's single sign-on, which comes back to `token`."""
    mine = DialProfile.objects.of(request.user)
    home = mine.home_cluster
    if home is None or not home.offers_token:
        return redirect("dialing:identity")
    request.session[STATE] = state = secrets.token_urlsafe(24)
    query = {
        "scope": SCOPE,
        "response_type": "token",
        "client_id": home.sso_client_id,
        "redirect_uri": request.build_absolute_uri(reverse("dialing:token")),
        "state": state,
    }
    node = home.nodes.in_turn()[0]
    return redirect(f"{node.address.url('/ssosp/oauth/authorize')}?{urlencode(query)}")


@method_decorator([never_cache, sensitive_post_parameters("token")], name="dispatch")
class Token(View):
    """Where single sign-on comes back: the token is in the fragment, which no server sees.

    A script takes it out of the address and posts it here.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "dialing/token.html", {"form": TokenForm()})

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest) -> HttpResponse:
        form = TokenForm(request.POST)
        mine = DialProfile.objects.of(request.user)
        home = mine.home_cluster
        state = request.session.pop(STATE, None)
        if not (form.is_valid() and state and home and home.offers_token):
            return self._refuse(request, _("This sign-on was not asked for here. Begin again."))
        # Nothing says that every release gives the state back; one that comes must be ours.
        if not secrets.compare_digest(form.cleaned_data["state"] or state, state):
            return self._refuse(request, _("This sign-on was not asked for here. Begin again."))
        try:
            secret = Secret(form.cleaned_data["token"])
            identity.enter(mine, home, Known.TOKEN, secret, Keyring(request.session))
        except wording.CANNOT_BEGIN as error:
            return self._refuse(request, _said(error))
        messages.success(request, _("The phone system knows you now, until you sign out here."))
        return redirect("dialing:profile")

    def _refuse(self, request: HttpRequest, sentence: str) -> HttpResponse:
        messages.error(request, sentence)
        return redirect("dialing:identity")


def _said(error: Exception) -> str:
    if isinstance(error, Refused) and error.code == identity.REFUSED:
        return _(
            "The phone system refused this sign-in. Look twice before the next try: "
            "it locks your account after a few wrong passwords."
        )
    said = wording.of_error(error)
    return f"{said.says} {said.next}".strip()


def _onward(request: HttpRequest) -> str:
    number = request.POST.get("number", "")
    return address("dialing:dial", number=number) if number else reverse("dialing:device")
