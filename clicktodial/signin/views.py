"""The sign-in page, which offers what is set up, and the page after signing out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from clicktodial.csp import allow_forms_to
from clicktodial.signin import ways
from clicktodial.signin.known import Refused


class PasswordForm(AuthenticationForm):
    """Says which it was: a wrong password, one that could not be checked, or a closed door."""

    def get_invalid_login_error(self) -> ValidationError:
        refused = getattr(self.request, "sign_in_refused", None)
        if isinstance(refused, Refused):
            return ValidationError(str(refused), code="refused")
        if getattr(self.request, "ldap_trouble", None) is not None:
            return ValidationError(
                _(
                    "Your password could not be checked, because the server that knows it does "
                    "not answer. Try again in a moment; your password may well be right."
                ),
                code="unchecked",
            )
        return ValidationError(
            _(
                "That user name and password do not go together. Capitals count in the "
                "password; look whether Caps Lock is on."
            ),
            code="invalid_login",
        )


class SignIn(auth_views.LoginView):
    form_class = PasswordForm
    redirect_authenticated_user = True

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        # The view's own site_name is the address's host, since there is no Site here.
        named = {"site_name": settings.SITE_NAME, "offer": ways.offered()}
        return super().get_context_data(**context) | named


class SignOut(auth_views.LogoutView):
    """Ends the session here, and says what goes on elsewhere."""

    def post(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        way = request.session.get(BACKEND_SESSION_KEY, "").rpartition(".")[2]
        leaving = _at_the_provider(request)
        self.extra_context = {
            "by_proxy": way == "ProxyBackend",
            "provider": ways.provider_name(),
            "leaving": leaving,
        }
        answer: HttpResponse = super().post(request, *args, **options)
        if leaving is None:
            return answer
        # The provider may hand the browser on to others of its own, which browsers take for the
        # form's way, too.
        return allow_forms_to(answer, [leaving.origin, "https:"])


@method_decorator(login_not_required, name="dispatch")
class SignedOut(TemplateView):
    """Where the OpenID provider sends people when it has signed them out, too."""

    template_name = "registration/logged_out.html"


def _at_the_provider(request: HttpRequest) -> Any:
    """An `openid_views.Leaving`, or None."""
    if not settings.OPENID.issuer:
        return None
    from clicktodial.signin import openid_views  # its extra may be missing where it is not used

    return openid_views.leaving(request)


@login_not_required
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """The administration has no sign-in of its own: whoever is signed in may not enter it."""
    if request.user.is_authenticated:
        raise PermissionDenied(_("The administration is open to accounts with a role in it."))
    return redirect_to_login(request.GET.get("next", "/admin/"))
