"""Sign-in by OpenID Connect: code flow with PKCE, state and nonce, RS256 by the provider's keys.

mozilla-django-oidc walks the steps; what it leaves open is closed here: the token must be meant
for us and come from our provider, and the person is known by `sub`, never by an email address.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from clicktodial.signin import accounts, provider
from clicktodial.signin.known import Known, Refused, Source
from clicktodial.ways_in import group_key

PATH = "clicktodial.signin.openid.OpenIdBackend"


def setting(name: str, *default: Any) -> Any:
    """A setting as mozilla-django-oidc calls it, from ours; endpoints are asked for when needed."""
    ours = settings.OPENID
    fixed = {
        "OIDC_RP_CLIENT_ID": ours.client_id,
        "OIDC_RP_SCOPES": ours.scopes,
        "OIDC_RP_SIGN_ALGO": "RS256",
        "OIDC_USE_PKCE": True,
        "OIDC_USE_NONCE": True,
        "OIDC_PKCE_CODE_CHALLENGE_METHOD": "S256",
        "OIDC_VERIFY_SSL": provider.verified_by(),
        "OIDC_TIMEOUT": provider.TIMEOUT,
        "OIDC_RENEW_ID_TOKEN_EXPIRY_SECONDS": ours.recheck_minutes * 60,
        "LOGIN_REDIRECT_URL": settings.LOGIN_REDIRECT_URL,
    }
    if name in fixed:
        return fixed[name]
    if name == "OIDC_RP_CLIENT_SECRET":
        return ours.client_secret.reveal()
    if name == "OIDC_OP_AUTHORIZATION_ENDPOINT":
        return provider.discover().authorization
    return default[0] if default else ""


class OpenIdBackend(accounts.OpenAccounts, OIDCAuthenticationBackend):  # type: ignore[misc]
    """Never says what anybody may do: LocalBackend does, for everybody."""

    OIDC_RP_SIGN_ALGO = "RS256"
    OIDC_RP_IDP_SIGN_KEY = None

    def __init__(self) -> None:
        # Not the library's, which wants to know all endpoints: this is made with every request.
        self.UserModel = get_user_model()

    get_settings = staticmethod(setting)

    @property
    def OIDC_OP_TOKEN_ENDPOINT(self) -> str:  # noqa: N802 - the library's name
        return provider.discover().token

    @property
    def OIDC_OP_JWKS_ENDPOINT(self) -> str:  # noqa: N802
        return provider.discover().keys

    @property
    def OIDC_OP_USER_ENDPOINT(self) -> str:  # noqa: N802
        return provider.discover().userinfo

    @property
    def OIDC_RP_CLIENT_ID(self) -> str:  # noqa: N802
        return str(settings.OPENID.client_id)

    @property
    def OIDC_RP_CLIENT_SECRET(self) -> str:  # noqa: N802
        return str(settings.OPENID.client_secret.reveal())

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        # Without a nonce of this browser's session, a code may have been slipped in by another.
        if request is None or not credentials.get("nonce"):
            return None
        try:
            return super().authenticate(request, **credentials)
        except Refused as refused:
            request.sign_in_refused = refused  # type: ignore[attr-defined]
            raise

    def verify_token(self, token: str, **facts: Any) -> dict[str, Any]:
        """The claims of a token of our provider's that is meant for us; SuspiciousOperation."""
        claims: dict[str, Any] = super().verify_token(token, **facts)
        meant_for = claims.get("aud")
        audience = [meant_for] if isinstance(meant_for, str) else list(meant_for or ())
        if str(claims.get("iss", "")).rstrip("/") != settings.OPENID.issuer:
            raise SuspiciousOperation("The token comes from another issuer.")
        if self.OIDC_RP_CLIENT_ID not in audience:
            raise SuspiciousOperation("The token is meant for somebody else.")
        if claims.get("azp", self.OIDC_RP_CLIENT_ID) != self.OIDC_RP_CLIENT_ID:
            raise SuspiciousOperation("The token was given to somebody else.")
        if "exp" not in claims or not claims.get("sub"):
            raise SuspiciousOperation("The token lacks what every token has.")
        return claims

    def store_tokens(self, access_token: str, id_token: str) -> None:
        """The access token is not kept; the other one, for signing out, is: once signed in."""
        self.request.id_token = id_token

    def get_or_create_user(self, access_token: str, id_token: str, payload: dict[str, Any]) -> Any:
        told = dict(payload)
        if self.OIDC_OP_USER_ENDPOINT:
            more = self.get_userinfo(access_token, id_token, payload)
            if more.get("sub") != payload["sub"]:
                raise SuspiciousOperation("The provider told of somebody else.")
            told |= more
        return accounts.admit(_known(told))


def _known(claims: dict[str, Any]) -> Known:
    ours = settings.OPENID
    verified = ours.emails_verified or str(claims.get("email_verified")).lower() == "true"
    external = _text(claims, ours.id_claim) if ours.id_claim else ""
    return Known(
        source=Source.OPENID,
        subject=_text(claims, "sub"),
        username=_text(claims, ours.user_claim),
        given_name=_text(claims, "given_name"),
        family_name=_text(claims, "family_name"),
        email=_text(claims, "email") if verified else "",
        external_ids=(external,) if external else (),
        groups=_groups(claims.get(ours.groups_claim)),
    )


def _text(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name)
    return str(value).strip() if isinstance(value, str | int) else ""


def _groups(claim: Any) -> frozenset[str]:
    """Providers leave the claim out where there are none."""
    several = [claim] if isinstance(claim, str) else claim if isinstance(claim, list) else []
    return frozenset(group_key(each) for each in several if isinstance(each, str))
