"""People from LDAP or Active Directory, page by page; needs the extra `ldap`."""

import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import Any

import ldap
from django.utils.translation import gettext as _
from ldap.controls import SimplePagedResultsControl
from ldap.dn import str2dn

from clicktodial.ldap_server import Unreachable, connected, reason_of
from clicktodial.sealed import WrongKey
from directory.imports.record import NotReadable, Record
from directory.models import LdapTree

PAGE = 500  # entries; Active Directory gives at most 1000 at once
UNIT = "organisation unit"
"""The column made from where an entry stands, under a heading that is guessed as department."""
_ACCOUNTDISABLE = 2
_PEOPLE = {
    "ad": "(&(objectCategory=person)(objectClass=user))",
    "openldap": "(objectClass=person)",
}
_IDS = {"ad": "objectGUID", "openldap": "entryUUID"}
_CHANGED = {"ad": "whenChanged", "openldap": "modifyTimestamp"}
_USERS = {"ad": "sAMAccountName", "openldap": "uid"}
_TEXTS = (
    *("givenName", "sn", "title", "physicalDeliveryOfficeName", "mail", "department", "l", "c"),
    *("telephoneNumber", "mobile", "ipPhone", "homePhone", "facsimileTelephoneNumber"),
    *("otherTelephone", "departmentNumber", "description"),
)
_PHOTOS = ("thumbnailPhoto", "jpegPhoto")
_MANAGER = "manager"


class LdapPeople:
    """A source over one tree, open while `opened` is; with `since`, of what changed alone."""

    digest = ""

    def __init__(self, tree: LdapTree, connection: Any, *, since: datetime | None = None) -> None:
        self._tree, self._connection, self._since = tree, connection, since
        self.name = tree.source.name
        self.complete = since is None
        self._id = tree.id_attribute or _IDS[tree.kind]
        self._ids: dict[str, str] = {}  # of managers, by their DN
        self._present = [name for name in self._offered() if self._occurs(name)]
        if self._id not in self._present:
            raise NotReadable(
                _("Nobody there has “%(id)s”: look at the bases, the filter and the reading "
                  "account's rights.") % {"id": self._id}
            )  # fmt: skip

    @property
    def columns(self) -> Sequence[str]:
        """What occurs at all: an attribute that nobody has, or we may not read, empties nothing."""
        if not self._tree.units_are_departments:
            return self._present
        return [*(name for name in self._present if name != "department"), UNIT]

    def records(self) -> Iterator[Record]:
        try:
            for base in self._tree.base_list:
                for page in self._pages(base):
                    self._learn_managers(page)
                    for dn, attributes in page:
                        yield self._record(dn, base, attributes)
        except ldap.LDAPError as error:
            raise NotReadable(_broken(error)) from None

    # --- Asking --------------------------------------------------------------------------------

    def _filter(self, *more: str) -> str:
        parts = [_PEOPLE[self._tree.kind], self._tree.filter, *more]
        return f"(&{''.join(filter(None, parts))})"

    def _pages(self, base: str) -> Iterator[list[tuple[str, Mapping[str, list[bytes]]]]]:
        changed = f"({_CHANGED[self._tree.kind]}>={_stamp(self._since)})" if self._since else ""
        wanted = [*self._present, "userAccountControl"]
        wanted += _PHOTOS if self._tree.takes_photos else ()
        control = SimplePagedResultsControl(True, size=PAGE, cookie="")
        while True:
            asked = self._connection.search_ext(
                base, ldap.SCOPE_SUBTREE, self._filter(changed), wanted, serverctrls=[control]
            )
            _kind, rows, _number, controls = self._connection.result3(asked)
            yield [(dn, _plain(facts)) for dn, facts in rows if dn is not None]
            cookies = [c.cookie for c in controls if isinstance(c, SimplePagedResultsControl)]
            if not cookies or not cookies[0]:
                return
            control.cookie = cookies[0]

    def _offered(self) -> list[str]:
        return list(dict.fromkeys((self._id, *_TEXTS[:2], _USERS[self._tree.kind], *_TEXTS[2:],
                                   _MANAGER)))  # fmt: skip

    def _occurs(self, name: str) -> bool:
        """Whether anybody has it; asks for one entry, and is told where there are more."""
        for base in self._tree.base_list:
            try:
                rows = self._connection.search_ext_s(
                    base, ldap.SCOPE_SUBTREE, self._filter(f"({name}=*)"), ["1.1"], sizelimit=1
                )
            except ldap.SIZELIMIT_EXCEEDED:
                return True
            except ldap.LDAPError as error:
                raise NotReadable(_broken(error)) from None
            if any(dn is not None for dn, _facts in rows):
                return True
        return False

    def _learn_managers(self, page: list[tuple[str, Mapping[str, list[bytes]]]]) -> None:
        """The ids of the managers of a page: all are asked for at once, and then waited for."""
        named = {_text(facts.get(_MANAGER, ())) for _dn, facts in page} - {"", *self._ids}
        asked = {
            dn: self._connection.search_ext(dn, ldap.SCOPE_BASE, "(objectClass=*)", [self._id])
            for dn in named
        }
        for dn, number in asked.items():
            try:
                _kind, rows = self._connection.result(number)
            except (ldap.NO_SUCH_OBJECT, ldap.INVALID_DN_SYNTAX, ldap.REFERRAL):
                rows = []  # of another tree, or gone: the manager is left out
            found = [_plain(facts) for there, facts in rows if there is not None]
            self._ids[dn] = self._id_of(found[0]) if found else ""

    # --- Reading -------------------------------------------------------------------------------

    def _record(self, dn: str, base: str, facts: Mapping[str, list[bytes]]) -> Record:
        values = {name: _text(facts.get(name, ())) for name in self._present}
        values[self._id] = self._id_of(facts)
        if _MANAGER in values:
            values[_MANAGER] = self._ids.get(values[_MANAGER], "")
        if self._tree.units_are_departments:
            values[UNIT] = " / ".join(units_of(dn, base))
        photo = None
        if self._tree.takes_photos:
            photo = next((facts[name][0] for name in _PHOTOS if facts.get(name)), b"")
        return Record(None, values, photo=photo, disabled=_is_disabled(facts))

    def _id_of(self, facts: Mapping[str, list[bytes]]) -> str:
        """objectGUID as Windows writes it; anything else as it is."""
        raw = next(iter(facts.get(self._id, ())), b"")
        if self._id.casefold() == "objectguid":
            return str(uuid.UUID(bytes_le=raw)) if len(raw) == 16 else ""
        return raw.decode("utf-8", "replace").strip()


@contextmanager
def opened(tree: LdapTree, *, since: datetime | None = None) -> Iterator[LdapPeople]:
    """The people of a tree while the connection is open; NotReadable says why there is none."""
    with ExitStack() as stack:
        ca_file = ""
        if tree.ca:
            file = stack.enter_context(tempfile.NamedTemporaryFile("w", suffix=".pem"))
            file.write(tree.ca)
            file.flush()
            ca_file = file.name
        try:
            connection = stack.enter_context(
                connected(
                    tree.server_list,
                    bind_dn=tree.bind_dn,
                    bind_password=tree.bind_password.open(),
                    ca_file=ca_file,
                )
            )
            yield LdapPeople(tree, connection, since=since)
        except Unreachable as error:
            raise NotReadable(
                _("The LDAP server cannot be read: %(why)s") % {"why": error}
            ) from None
        except WrongKey:
            raise NotReadable(
                _("No key of this site opens the password: enter it again, or put the old key "
                  "back into ENCRYPTION_KEYS.")
            ) from None  # fmt: skip


def units_of(dn: str, base: str) -> list[str]:
    """The organisational units between a base and an entry, the outermost first."""
    parts = [part[0] for part in str2dn(dn)]
    below = parts[1 : len(parts) - len(str2dn(base))]
    return [value for name, value, _flags in reversed(below) if name.casefold() == "ou"]


def _plain(facts: Mapping[str, list[bytes]]) -> dict[str, list[bytes]]:
    """Without what a server puts behind a name, such as `;binary` or `;lang-de`."""
    return {name.partition(";")[0]: values for name, values in facts.items()}


def _text(values: Sequence[bytes]) -> str:
    """All values of an attribute; several numbers in one field are read as several."""
    return "; ".join(value.decode("utf-8", "replace").strip() for value in values)


def _is_disabled(facts: Mapping[str, list[bytes]]) -> bool:
    flags = _text(facts.get("userAccountControl", ()))
    return flags.lstrip("-").isdecimal() and bool(int(flags) & _ACCOUNTDISABLE)


def _stamp(moment: datetime) -> str:
    """As LDAP writes times; Active Directory wants the tenth of a second."""
    return f"{moment.astimezone(UTC):%Y%m%d%H%M%S}.0Z"


def _broken(error: ldap.LDAPError) -> str:
    return _("The LDAP server broke off: %(why)s") % {"why": reason_of(error)}
