"""What `manage.py check` says of the ways to sign in."""

import importlib.util
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from clicktodial.ways_in import Network

_WIDE = {4: 16, 6: 48}
"""The shortest prefix that can still be a few proxies and not a whole network of people."""


@register(Tags.security)
def ways_in_are_sound(**_: Any) -> list[CheckMessage]:
    """Whether every way of signing in that is set up can work, and is safe."""
    return [*_somebody_gets_in(), *_ldap(), *_openid(), *_remote_user()]


def _somebody_gets_in() -> Iterator[CheckMessage]:
    others = settings.LDAP.urls or settings.OPENID.issuer or settings.REMOTE_USER.header
    if not settings.ACCOUNTS.local and not others:
        yield Error(
            "Nobody can sign in: LOCAL_SIGN_IN is false, and no other way is set up.",
            hint="Set LOCAL_SIGN_IN=true, or LDAP_URL, OPENID_ISSUER or REMOTE_USER_HEADER.",
            id="signin.E001",
        )


def _ldap() -> Iterator[CheckMessage]:
    ldap = settings.LDAP
    if not ldap.urls:
        return
    if not all(importlib.util.find_spec(name) for name in ("ldap", "django_auth_ldap")):
        yield Error(
            "LDAP_URL is set, but python-ldap and django-auth-ldap are not installed.",
            hint="Install clicktodial with the extra “ldap”.",
            id="signin.E002",
        )
    if not ldap.user_bases:
        yield Error(
            "LDAP_URL is set, but not where in that directory people are.",
            hint="Set LDAP_USER_BASES, such as OU=People,DC=example,DC=com.",
            id="signin.E003",
        )
    if bool(ldap.bind_dn) != bool(ldap.bind_password.reveal()):
        yield Error(
            "LDAP_BIND_DN and LDAP_BIND_PASSWORD go together, and one of them is missing.",
            hint="Set both; Active Directory lets nobody search without.",
            id="signin.E004",
        )
    if ldap.user_filter and "%(user)s" not in ldap.user_filter:
        yield Error(
            "LDAP_USER_FILTER does not say where the user name goes.",
            hint="Write %(user)s for it, such as (uid=%(user)s).",
            id="signin.E005",
        )
    yield from _authority("LDAP_CA_FILE", ldap.ca_file)
    if settings.ACCOUNTS.role_groups and not ldap.group_bases:
        yield Warning(
            "ROLE_GROUPS is set, but not where in LDAP groups are: nobody gets a role from there.",
            hint="Set LDAP_GROUP_BASES, such as OU=Groups,DC=example,DC=com.",
            id="signin.W001",
        )


def _openid() -> Iterator[CheckMessage]:
    openid = settings.OPENID
    if not openid.issuer:
        return
    if not importlib.util.find_spec("mozilla_django_oidc"):
        yield Error(
            "OPENID_ISSUER is set, but mozilla-django-oidc is not installed.",
            hint="Install clicktodial with the extra “oidc”.",
            id="signin.E006",
        )
    if not openid.client_id or not openid.client_secret.reveal():
        yield Error(
            "OPENID_ISSUER is set, but not as whom this site is known there.",
            hint="Set OPENID_CLIENT_ID and OPENID_CLIENT_SECRET.",
            id="signin.E007",
        )
    if "openid" not in openid.scopes.split():
        yield Error(
            "OPENID_SCOPES lacks openid, without which there is no identity.",
            hint="Set OPENID_SCOPES=openid profile email.",
            id="signin.E008",
        )
    yield from _authority("OPENID_CA_FILE", openid.ca_file)
    if settings.HTTPS and openid.issuer.startswith("http://"):
        yield Warning(
            "OPENID_ISSUER is reached without TLS.",
            hint="Give its https address; http is for trying things on one machine.",
            id="signin.W002",
        )
    if openid.user_claim == "email" and not openid.emails_verified:
        yield Warning(
            "People are named by their email address, which the provider may let them choose.",
            hint="Name another claim in OPENID_USER_CLAIM, or set OPENID_EMAILS_VERIFIED=true "
            "where the provider gives out the addresses itself.",
            id="signin.W003",
        )


def _remote_user() -> Iterator[CheckMessage]:
    remote = settings.REMOTE_USER
    if not remote.header:
        return
    if not remote.proxies and not remote.secret.reveal():
        yield Error(
            "REMOTE_USER_HEADER is set, but not from whom it is believed: it is ignored.",
            hint="Set REMOTE_USER_PROXIES to the proxy's address, or REMOTE_USER_SECRET.",
            id="signin.E009",
        )
    if remote.secret.reveal() and len(remote.secret.reveal()) < 24:
        yield Error(
            "REMOTE_USER_SECRET is short enough to be guessed.",
            hint="Take at least 24 random characters.",
            id="signin.E010",
        )
    wide = [str(network) for network in remote.proxies if _is_wide(network)]
    if wide and not remote.secret.reveal():
        yield Warning(
            f"REMOTE_USER_PROXIES believes everybody in {', '.join(wide)} who they are.",
            hint="Name the proxy alone, or set REMOTE_USER_SECRET too.",
            id="signin.W004",
        )


def _is_wide(network: Network) -> bool:
    return network.prefixlen <= _WIDE[network.version]


def _authority(variable: str, file: str) -> Iterator[CheckMessage]:
    if not file:
        return
    try:
        ssl.create_default_context(cadata=Path(file).read_text(encoding="ascii"))
    except (OSError, ValueError):
        yield Error(
            f"{variable} names no file with certificates.",
            hint="Give the path of a PEM file that the site's user may read.",
            id="signin.E011",
        )
