"""How people may sign in, as the environment says: the variables and the values they make."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from typing import Any

from clicktodial.environment import items, networks, one_of, whole_number, yes_or_no
from clicktodial.ldap_addresses import ldap_addresses
from clicktodial.webdialer import Secret

Network = IPv4Network | IPv6Network
_NO_SECRET = Secret("")
ROLES = ("employee", "help_desk", "directory_editor", "telephony_administrator")
TIES = ("external_id", "user_id", "email")


def names(text: str) -> list[str]:
    """Distinguished names, which have commas inside: semicolons stand between them."""
    return [part.strip() for part in text.split(";") if part.strip()]


def some_of(*words: str) -> Callable[[str], list[str]]:
    """A reader for a list of some of these words, each once, in an order of its own."""

    def read(text: str) -> list[str]:
        found = items(text)
        if not set(found) <= set(words) or len(set(found)) < len(found):
            raise ValueError(f"it must be a list of some of {', '.join(words)}, each once.")
        return found

    return read


def group_key(group: str) -> str:
    """What two ways of writing one group have in common: capitals and spaces do not count."""
    return re.sub(r"\s*([,=])\s*", r"\1", group.strip()).casefold()


def role_groups(text: str) -> dict[str, frozenset[str]]:
    """`role=group; role=group`: which groups of the source give which role, by `group_key`."""
    found: dict[str, frozenset[str]] = {}
    for part in names(text):
        role, equals, group = (piece.strip() for piece in part.partition("="))
        if not equals or not group or role not in ROLES:
            raise ValueError(f"it must be role=group; role=group, with roles {', '.join(ROLES)}.")
        found[role] = found.get(role, frozenset()) | {group_key(group)}
    return found


def header(text: str) -> str:
    """The name of an HTTP header, such as X-Remote-User."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", text):
        raise ValueError("it must be the name of a header, such as X-Remote-User.")
    return text


def web_address(text: str) -> str:
    """An https address; http is for this machine alone."""
    if not re.fullmatch(
        r"https://[^\s?#]+|http://(localhost|127\.0\.0\.1)(:\d+)?(/[^\s?#]*)?", text
    ):
        raise ValueError("it must be an address that begins with https://.")
    return text.rstrip("/")


SCHEME: dict[str, tuple[Any, ...]] = {
    "CALLING_USER_ID": (one_of("entry", "user_name", "email_name"), "entry"),
    "JOIN_ACCOUNTS": (yes_or_no, False),
    "LDAP_BIND_DN": (str, ""),
    "LDAP_BIND_PASSWORD": (str, ""),
    "LDAP_CA_FILE": (str, ""),
    "LDAP_GROUP_BASES": (names, []),
    "LDAP_KIND": (one_of("ad", "openldap"), "ad"),
    "LDAP_NAME": (str, ""),
    "LDAP_URL": (ldap_addresses, []),
    "LDAP_USER_BASES": (names, []),
    "LDAP_USER_FILTER": (str, ""),
    "LOCAL_SIGN_IN": (yes_or_no, True),
    "OPENID_CA_FILE": (str, ""),
    "OPENID_CLIENT_ID": (str, ""),
    "OPENID_CLIENT_SECRET": (str, ""),
    "OPENID_EMAILS_VERIFIED": (yes_or_no, False),
    "OPENID_GROUPS_CLAIM": (str, "groups"),
    "OPENID_ID_CLAIM": (str, ""),
    "OPENID_ISSUER": (web_address, ""),
    "OPENID_NAME": (str, ""),
    "OPENID_RECHECK_MINUTES": (whole_number(least=0, most=1440), 60),
    "OPENID_SCOPES": (str, "openid profile email"),
    "OPENID_SIGN_OUT_HINT": (yes_or_no, False),
    "OPENID_USER_CLAIM": (str, "preferred_username"),
    "REMOTE_USER_EMAIL_HEADER": (header, ""),
    "REMOTE_USER_GROUPS_HEADER": (header, ""),
    "REMOTE_USER_HEADER": (header, ""),
    "REMOTE_USER_PROXIES": (networks, []),
    "REMOTE_USER_REALM": (str, ""),
    "REMOTE_USER_SECRET": (str, ""),
    "ROLE_GROUPS": (role_groups, {}),
    "TIE_BY": (some_of(*TIES), list(TIES)),
}


@dataclass(frozen=True)
class Accounts:
    """What holds for every way of signing in."""

    local: bool = True
    join: bool = False
    tie_by: tuple[str, ...] = TIES
    calling_user_id: str = "entry"
    role_groups: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Ldap:
    """A directory of accounts; without a url, there is none."""

    urls: tuple[str, ...] = ()
    kind: str = "ad"
    name: str = ""
    ca_file: str = ""
    bind_dn: str = ""
    bind_password: Secret = _NO_SECRET
    user_bases: tuple[str, ...] = ()
    user_filter: str = ""
    group_bases: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenId:
    """A provider of OpenID Connect; without an issuer, there is none."""

    issuer: str = ""
    client_id: str = ""
    client_secret: Secret = _NO_SECRET
    name: str = ""
    ca_file: str = ""
    scopes: str = "openid profile email"
    user_claim: str = "preferred_username"
    id_claim: str = ""
    groups_claim: str = "groups"
    emails_verified: bool = False
    recheck_minutes: int = 60
    sign_out_hint: bool = False


@dataclass(frozen=True)
class RemoteUser:
    """What a reverse proxy says of the person it has signed in; without a header, nothing."""

    header: str = ""
    email_header: str = ""
    groups_header: str = ""
    proxies: tuple[Network, ...] = ()
    secret: Secret = _NO_SECRET
    realm: str = ""


def accounts(env: Callable[[str], Any]) -> Accounts:
    return Accounts(
        local=env("LOCAL_SIGN_IN"),
        join=env("JOIN_ACCOUNTS"),
        tie_by=tuple(env("TIE_BY")),
        calling_user_id=env("CALLING_USER_ID"),
        role_groups=env("ROLE_GROUPS"),
    )


def ldap(env: Callable[[str], Any]) -> Ldap:
    return Ldap(
        urls=tuple(env("LDAP_URL")),
        kind=env("LDAP_KIND"),
        name=env("LDAP_NAME"),
        ca_file=env("LDAP_CA_FILE"),
        bind_dn=env("LDAP_BIND_DN"),
        bind_password=Secret(env("LDAP_BIND_PASSWORD")),
        user_bases=tuple(env("LDAP_USER_BASES")),
        user_filter=env("LDAP_USER_FILTER"),
        group_bases=tuple(env("LDAP_GROUP_BASES")),
    )


def openid(env: Callable[[str], Any]) -> OpenId:
    return OpenId(
        issuer=env("OPENID_ISSUER"),
        client_id=env("OPENID_CLIENT_ID"),
        client_secret=Secret(env("OPENID_CLIENT_SECRET")),
        name=env("OPENID_NAME"),
        ca_file=env("OPENID_CA_FILE"),
        scopes=env("OPENID_SCOPES"),
        user_claim=env("OPENID_USER_CLAIM"),
        id_claim=env("OPENID_ID_CLAIM"),
        groups_claim=env("OPENID_GROUPS_CLAIM"),
        emails_verified=env("OPENID_EMAILS_VERIFIED"),
        recheck_minutes=env("OPENID_RECHECK_MINUTES"),
        sign_out_hint=env("OPENID_SIGN_OUT_HINT"),
    )


def remote_user(env: Callable[[str], Any]) -> RemoteUser:
    return RemoteUser(
        header=env("REMOTE_USER_HEADER"),
        email_header=env("REMOTE_USER_EMAIL_HEADER"),
        groups_header=env("REMOTE_USER_GROUPS_HEADER"),
        proxies=tuple(env("REMOTE_USER_PROXIES")),
        secret=Secret(env("REMOTE_USER_SECRET")),
        realm=env("REMOTE_USER_REALM"),
    )
