"""What an OpenID provider tells of itself, so that one address is all that has to be set."""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.cache import cache

TIMEOUT = 10
"""Seconds within which the provider must answer."""
KEPT = 3600
"""Seconds for which its answer is believed."""
_LOOPBACK = {"localhost", "127.0.0.1"}


class ProviderFault(Exception):
    """The provider cannot be used now; the text says why, for the log."""


@dataclass(frozen=True)
class Provider:
    """The addresses of a provider; those that it need not have may be empty."""

    authorization: str
    token: str
    keys: str
    userinfo: str
    end_session: str


def verified_by() -> bool | str:
    """What requests takes as `verify`: public CAs, or the file with one's own."""
    return settings.OPENID.ca_file or True


def discover() -> Provider:
    """The provider's addresses, asked for once an hour; raises ProviderFault."""
    issuer = settings.OPENID.issuer
    key = f"openid:{hashlib.sha256(issuer.encode()).hexdigest()}"
    if kept := cache.get(key):
        return Provider(**kept)
    provider = _read(_ask(f"{issuer}/.well-known/openid-configuration"), issuer)
    cache.set(key, asdict(provider), KEPT)
    return provider


def _ask(address: str) -> dict[str, Any]:
    try:
        answer = requests.get(address, timeout=TIMEOUT, verify=verified_by(), allow_redirects=False)
        answer.raise_for_status()
        told = answer.json()
    except (requests.RequestException, ValueError, OSError) as error:
        raise ProviderFault(f"{address}: {type(error).__name__}") from None
    if not isinstance(told, dict):
        raise ProviderFault(f"{address}: not a description of a provider")
    return told


def _read(told: dict[str, Any], issuer: str) -> Provider:
    if str(told.get("issuer", "")).rstrip("/") != issuer:
        raise ProviderFault(f"it calls itself {told.get('issuer')!r}, and not {issuer!r}")
    return Provider(
        authorization=_address(told, "authorization_endpoint"),
        token=_address(told, "token_endpoint"),
        keys=_address(told, "jwks_uri"),
        userinfo=_address(told, "userinfo_endpoint", needed=False),
        end_session=_address(told, "end_session_endpoint", needed=False),
    )


def _address(told: dict[str, Any], name: str, *, needed: bool = True) -> str:
    address = str(told.get(name) or "")
    if not address:
        if needed:
            raise ProviderFault(f"it names no {name}")
        return ""
    at = urlsplit(address)
    if at.scheme != "https" and not (at.scheme == "http" and at.hostname in _LOOPBACK):
        raise ProviderFault(f"its {name} is not encrypted")
    return address
