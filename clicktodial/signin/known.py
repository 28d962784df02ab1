"""What a source tells of a person it knows, and why somebody is not let in."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _


class Source(StrEnum):
    """Who vouches for a person; also what an account's identity is kept under."""

    LDAP = "ldap"
    OPENID = "openid"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class Known:
    """A person whom a source has just vouched for."""

    source: Source
    subject: str
    """What the source never gives to anybody else: objectGUID, entryUUID, `sub`."""
    username: str
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    """Only where the source vouches for it, too."""
    external_ids: tuple[str, ...] = ()
    """What imports may know this person by: an employee number, an objectGUID."""
    groups: frozenset[str] | None = None
    """As `ways_in.group_key` writes them; None where the source says nothing of groups."""


class Reason(StrEnum):
    """Why somebody whom a source vouches for is not let in all the same."""

    CLOSED = "closed"
    NAME_TAKEN = "name_taken"
    NAMELESS = "nameless"


_WORDS = {
    Reason.CLOSED: _(
        "Your account here is closed, because the directory says that you have left or an "
        "administrator closed it. If that is a mistake, ask the help desk."
    ),
    Reason.NAME_TAKEN: _(
        "There is already another account with your user name here. Ask the administrators to "
        "connect the two."
    ),
    Reason.NAMELESS: _(
        "Your sign-in succeeded, but came without a user name that can be used here. The "
        "administrators can mend that in the settings."
    ),
}


class Refused(PermissionDenied):
    """This person is known and not let in; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(str(_WORDS[reason]))
