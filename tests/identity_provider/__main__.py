"""`python -m tests.identity_provider`: serves until it is ended; see `running`."""

import os
import threading
from pathlib import Path
from typing import Any

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

FOLDER, SITE = Path(os.environ["FOLDER"]), os.environ["SITE"]
SPOILT = {"how": "nothing"}


def key() -> str:
    return (
        rsa.generate_private_key(public_exponent=65537, key_size=2048)
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


settings.configure(
    SECRET_KEY="a-provider-of-the-tests" + "x" * 30,
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(FOLDER / "provider.sqlite")}
    },
    INSTALLED_APPS=[
        "oauth2_provider",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
    ],
    # Tables are made from the models: quicker than thirty migrations.
    MIGRATION_MODULES=dict.fromkeys(("oauth2_provider", "auth", "contenttypes", "sessions"), None),
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.locmem.Loader",
                        {
                            "registration/login.html": (
                                '<title>Provider</title><link rel="icon" href="data:,"><h1>'
                                "The provider's own sign-in</h1>"
                                "<form method=post>{% csrf_token %}{{ form }}"
                                "<button>Go</button></form>"
                            ),
                            "oauth2_provider/logout_confirm.html": (
                                '<title>Provider</title><link rel="icon" href="data:,">'
                                "<form method=post>{% csrf_token %}{{ form.as_p }}"
                                '<button name="allow" value="1">Sign out here, too</button></form>'
                            ),
                        },
                    )
                ]
            },
        }
    ],
    SESSION_COOKIE_NAME="provider",  # cookies do not tell ports apart
    SESSION_COOKIE_SAMESITE="None",  # as great providers have it, who take forms from other sites
    SESSION_COOKIE_SECURE=True,
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    LOGIN_URL="/login/",
    USE_TZ=True,
    OAUTH2_PROVIDER={
        "OIDC_ENABLED": True,
        "OIDC_RSA_PRIVATE_KEY": key(),
        "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
        "OIDC_RP_INITIATED_LOGOUT_ALWAYS_PROMPT": False,
        "PKCE_REQUIRED": True,
        "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Claims",
        "SCOPES": {"openid": "openid", "profile": "profile", "email": "email"},
    },
)
django.setup()

from django.contrib.auth import views  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import include, path  # noqa: E402
from oauth2_provider.models import Application  # noqa: E402
from oauth2_provider.oauth2_validators import OAuth2Validator  # noqa: E402

from tests.identity_provider import CLIENT_ID, PASSWORD  # noqa: E402

GROUPS = {"ada": ["Help desk people", "Everybody"], "bruno": ["Everybody"]}


class Claims(OAuth2Validator):
    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        user = request.user
        return {
            "preferred_username": user.username,
            "given_name": user.first_name,
            "family_name": user.last_name,
            "email": user.email,
            "email_verified": True,
            "employee_number": f"E-{user.username}",
            "groups": GROUPS.get(user.username, []),
        }

    # With prompt=none: the view has sent whoever is not signed in back with an error by now.
    def validate_silent_login(self, request: Any) -> bool:
        return True

    def validate_silent_authorization(self, request: Any) -> bool:
        return True

    def get_id_token_dictionary(self, token: Any, handler: Any, request: Any) -> Any:
        claims, expires = super().get_id_token_dictionary(token, handler, request)
        if SPOILT["how"] == "issuer":
            claims["iss"] = "https://another.example.com"
        return claims, expires

    def finalize_id_token(self, id_token: Any, token: Any, handler: Any, request: Any) -> str:
        match SPOILT["how"]:
            case "audience":
                id_token["aud"] = "another-site"
            case "nonce":
                id_token["nonce"] = "slipped-in"
        if SPOILT["how"] == "unsigned":
            import jwt

            return jwt.encode(id_token, None, algorithm="none")
        signed: str = super().finalize_id_token(id_token, token, handler, request)
        return signed[:-8] + "AAAAAAAA" if SPOILT["how"] == "signature" else signed


def control(_: HttpRequest, what: str, value: str) -> HttpResponse:
    """What a test may do here."""
    if what == "spoil":
        SPOILT["how"] = value
    else:
        User.objects.filter(username=value).update(is_active=what == "open")
    return HttpResponse()


urlpatterns = [
    path("login/", views.LoginView.as_view()),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
    path("control/<str:what>/<str:value>/", control),
]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


def main() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    for name, family in (("ada", "Lovelace"), ("bruno", "Tavares")):
        User.objects.create_user(
            name, f"{name}@example.com", PASSWORD, first_name=name.title(), last_name=family
        )
    Application.objects.create(
        client_id=CLIENT_ID,
        client_secret=os.environ["SECRET"],
        client_type="confidential",
        authorization_grant_type="authorization-code",
        redirect_uris=f"{SITE}/sign-in/openid/back/",
        post_logout_redirect_uris=f"{SITE}/signed-out/",
        algorithm="RS256",
        skip_authorization=True,
    )
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever).start()
    (FOLDER / "port.new").write_text(str(server.server_port))
    (FOLDER / "port.new").rename(FOLDER / "port")


if __name__ == "__main__":
    main()
