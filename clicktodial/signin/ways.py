"""Which ways of signing in are set up, in the words of the page that offers them."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Offer:
    """What the sign-in page shows."""

    password: bool
    """Whether there is a form for user name and password."""
    whose: str
    """Whose user name and password it wants."""
    provider: str
    """The name of the OpenID provider to go to; empty without one."""
    proxy: bool
    """Whether a reverse proxy signs people in."""


def offered() -> Offer:
    return Offer(
        password=settings.ACCOUNTS.local or bool(settings.LDAP.urls),
        whose=_whose(),
        provider=provider_name(),
        proxy=bool(settings.REMOTE_USER.header),
    )


def provider_name() -> str:
    """How the OpenID provider is called; empty without one."""
    return (settings.OPENID.name or _("your organisation")) if settings.OPENID.issuer else ""


def _whose() -> str:
    if not settings.LDAP.urls:
        return ""
    if settings.LDAP.name:
        return _("Use your user name and password of %(name)s.") % {"name": settings.LDAP.name}
    return _("Use the user name and password that you sign in to your computer with.")
