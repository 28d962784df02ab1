"""Sign-in by user name and password of an LDAP directory or Active Directory.

django-auth-ldap asks the server; who the person is to this site, `accounts.admit` says.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import ldap
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables
from django_auth_ldap.backend import LDAPBackend, ldap_error
from django_auth_ldap.config import (
    LDAPSearch,
    LDAPSearchUnion,
    LDAPSettings,
    NestedGroupOfNamesType,
)
from ldap.filter import escape_filter_chars

from clicktodial.ldap_server import Unreachable, connected, options, starts_tls
from clicktodial.signin import accounts
from clicktodial.signin.known import Known, Reason, Refused, Source
from clicktodial.ways_in import group_key

_DISABLED = 2  # of userAccountControl: ACCOUNTDISABLE
_AT_ONCE = 100  # accounts asked for in one search


@dataclass(frozen=True)
class Kind:
    """How a kind of directory calls things."""

    user: str
    id: str
    filter: str


KINDS = {
    "ad": Kind(
        user="sAMAccountName",
        id="objectGUID",
        filter="(&(objectCategory=person)(objectClass=user)(sAMAccountName=%(user)s))",
    ),
    "openldap": Kind(user="uid", id="entryUUID", filter="(&(objectClass=person)(uid=%(user)s))"),
}


def kind() -> Kind:
    return KINDS[settings.LDAP.kind]


class EveryBase(LDAPSearchUnion):  # type: ignore[misc]
    """The library's own takes a base that cannot be searched for an empty one."""

    def execute(
        self, connection: Any, filterargs: Any = (), escape: bool = True
    ) -> Collection[tuple[str, Any]]:
        found: dict[str, Any] = {}
        for search in self.searches:
            found.update(search.execute(connection, filterargs, escape))
        return found.items()


class LdapBackend(accounts.OpenAccounts, LDAPBackend):  # type: ignore[misc]
    """Never says what anybody may do: LocalBackend does, for everybody."""

    def __init__(self) -> None:
        self.settings = LDAPSettings("AUTH_LDAP_", _settings())

    @sensitive_variables("password")
    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> Any:
        # NUL would end the name for the server, and not for us.
        if not username or not password or "\0" in username:
            return None
        try:
            return super().authenticate(request, username=username, password=password)
        except Refused as refused:
            if request is not None:
                request.sign_in_refused = refused  # type: ignore[attr-defined]
            raise

    def get_or_build_user(self, username: str, ldap_user: Any) -> tuple[Any, bool]:
        """What is known of whoever has just shown the right password; raises Refused."""
        attributes = ldap_user.attrs
        if _is_disabled(attributes):
            raise Refused(Reason.CLOSED)
        groups = None
        if settings.ACCOUNTS.role_groups and settings.LDAP.group_bases:
            groups = frozenset(group_key(dn) for dn in ldap_user.group_dns)
        subject = _subject(attributes)
        known = Known(
            source=Source.LDAP,
            subject=subject,
            username=_first(attributes, kind().user) or username,
            given_name=_first(attributes, "givenName"),
            family_name=_first(attributes, "sn"),
            email=_first(attributes, "mail"),
            external_ids=tuple(
                filter(
                    None,
                    (
                        subject,
                        _first(attributes, "employeeID"),
                        _first(attributes, "employeeNumber"),
                    ),
                )
            ),
            groups=groups,
        )
        return accounts.admit(known), False


def standing(subjects: Iterable[str]) -> dict[str, bool]:
    """Which of these ids the directory still has, and whether each is enabled; Unreachable."""
    found: dict[str, bool] = {}
    wanted = list(subjects)
    at = settings.LDAP
    with connected(
        at.urls, bind_dn=at.bind_dn, bind_password=at.bind_password, ca_file=at.ca_file
    ) as connection:
        if not all(_is_id(subject) for subject in wanted):
            raise Unreachable(
                "An account is known by an id that no entry there can have. Look at LDAP_KIND."
            )
        for start in range(0, len(wanted), _AT_ONCE):
            some = "".join(_filter_of(subject) for subject in wanted[start : start + _AT_ONCE])
            for base in at.user_bases:
                rows = connection.search_s(base, ldap.SCOPE_SUBTREE, f"(|{some})", _attributes())
                for dn, attributes in rows:
                    if dn is not None:
                        found[_subject(attributes)] = not _is_disabled(attributes)
    return found


@receiver(ldap_error, sender=LdapBackend)
def _remember_trouble(request: HttpRequest | None, exception: Exception, **_: Any) -> None:
    if request is not None:
        request.ldap_trouble = type(exception).__name__  # type: ignore[attr-defined]


def _settings() -> dict[str, Any]:
    at = settings.LDAP
    users = at.user_filter or kind().filter
    searches = [
        LDAPSearch(base, ldap.SCOPE_SUBTREE, users, _attributes()) for base in at.user_bases
    ]
    groups = [LDAPSearch(base, ldap.SCOPE_SUBTREE, "(member=*)", ["cn"]) for base in at.group_bases]
    return {
        "SERVER_URI": " ".join(at.urls),
        "START_TLS": starts_tls(at.urls),
        "CONNECTION_OPTIONS": options(at.ca_file),
        "BIND_DN": at.bind_dn,
        "BIND_PASSWORD": at.bind_password.reveal(),
        "USER_SEARCH": EveryBase(*searches),
        "USER_ATTRLIST": _attributes(),
        "GROUP_SEARCH": EveryBase(*groups),
        "GROUP_TYPE": NestedGroupOfNamesType(),
        "ALWAYS_UPDATE_USER": False,
    }


def _attributes() -> list[str]:
    return [
        *(kind().user, kind().id, "userAccountControl"),
        *("givenName", "sn", "mail", "employeeID", "employeeNumber"),
    ]


def _subject(attributes: Mapping[str, Any]) -> str:
    """objectGUID as Windows writes it, entryUUID as it is."""
    value = next(iter(attributes.get(kind().id, ())), b"")
    raw = value if isinstance(value, bytes) else value.encode()
    if settings.LDAP.kind == "ad":
        return str(uuid.UUID(bytes_le=raw)) if len(raw) == 16 else ""
    return raw.decode("ascii", "replace").lower()


def _is_id(subject: str) -> bool:
    try:
        uuid.UUID(subject)
    except ValueError:
        return False
    return True


def _filter_of(subject: str) -> str:
    if settings.LDAP.kind == "ad":
        octets = "".join(f"\\{octet:02x}" for octet in uuid.UUID(subject).bytes_le)
        return f"(objectGUID={octets})"
    return f"(entryUUID={escape_filter_chars(subject)})"


def _is_disabled(attributes: Mapping[str, Any]) -> bool:
    flags = _first(attributes, "userAccountControl")
    return flags.lstrip("-").isdecimal() and bool(int(flags) & _DISABLED)


def _first(attributes: Mapping[str, Any], name: str) -> str:
    """An attribute's first value; the library hands over text, the server itself octets."""
    value = next(iter(attributes.get(name, ())), "")
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
