"""The devices and lines a person may dial from, as Unified CM lists them now."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from clicktodial.dialing import clusters, homes, identity
from clicktodial.dialing.delegations import NotLent, NotOnBehalf
from clicktodial.dialing.identity import Keyring
from clicktodial.dialing.kinds import Kind, called, kind_of
from clicktodial.dialing.models import Cluster, Delegation, DialProfile, Known, Phone
from clicktodial.dialing.questions import PhoneGone
from clicktodial.sealed import WrongKey
from clicktodial.webdialer import (
    CallFailed,
    Device,
    DirectoryFailed,
    Line,
    NoDevice,
    NoProxyRights,
    Refused,
    WebDialer,
)

CANNOT_BE_ASKED = (
    clusters.ClusterOut,
    clusters.ProxyMissing,
    clusters.ProxyStopped,
    identity.CredentialNeeded,
    Refused,
    WrongKey,
)


@dataclass(frozen=True)
class Choice:
    """One line of one device; `primary` where Unified CM calls it the person's primary line."""

    cluster: Cluster
    device: Device
    line: Line
    primary: bool = False
    since: datetime | None = None
    """When its device came into the list, if that was lately: by Extension Mobility, mostly."""
    has_twin: bool = False
    """Whether another line of its device has the same number, in another partition."""

    @property
    def kind(self) -> Kind:
        return kind_of(self.device.name)

    @property
    def called(self) -> str:
        return called(self.device.name, self.device.model)

    @property
    def line_called(self) -> str:
        """The line's number, with its partition where that alone tells it from another."""
        return f"{self.line.number} ({self.apart})" if self.has_twin else self.line.number

    @property
    def apart(self) -> str:
        """What tells the line from its twin; empty where it has none."""
        if not self.has_twin:
            return ""
        if self.line.partition is None:
            return _("no partition")
        return _("partition %(name)s") % {"name": self.line.partition}

    @property
    def phone(self) -> Phone:
        return Phone(self.cluster, self.device.name, self.line.text)

    @property
    def key(self) -> str:
        """What a form sends back; only keys that are listed again are taken."""
        return f"{self.cluster.pk}|{self.device.name}|{self.line.text}"


def cluster_of(key: str) -> Cluster | None:
    """The cluster that the key of a phone names, for showing by which rules it would dial."""
    number = key.partition("|")[0]
    is_number = number.isascii() and number.isdecimal() and len(number) < 19
    return Cluster.objects.filter(pk=int(number), enabled=True).first() if is_number else None


def find(choices: Iterable[Choice], key: str) -> Phone:
    """The phone with this key among those that Unified CM lists now; raises PhoneGone."""
    for choice in choices:
        if choice.key == key:
            return choice.phone
    raise PhoneGone


def listed(profile: DialProfile, keyring: Keyring) -> tuple[Choice, ...]:
    """Every line the person may choose, of every cluster that knows them.

    Usually that is one, the home cluster; where several know the user id, the person knows best
    which phone is theirs. Raises what homes.find_all raises, and where no cluster could be asked
    what clusters.ask and identity.credential_for raise.
    """
    choices: list[Choice] = []
    trouble: Exception | None = None
    for cluster in homes.find_all(profile.cucm_user_id):
        try:
            choices += _listed_at(cluster, profile, keyring)
        except CANNOT_BE_ASKED as error:
            trouble = error
    if trouble and not choices:
        raise trouble
    if trouble:  # what a silent cluster has is neither gone nor new
        return tuple(choices)
    lately = profile.meet(choice.device.name for choice in choices)
    return tuple(replace(choice, since=lately.get(choice.device.name)) for choice in choices)


def listed_for(delegation: Delegation) -> tuple[Choice, ...]:
    """The lines of somebody else's phones that are meant; raises as `listed`, and NotOnBehalf."""
    name = {"name": delegation.owner_name}
    try:
        found = listed(DialProfile.objects.of(delegation.owner), Keyring({}))
    except (identity.CredentialNeeded, NoProxyRights):
        raise NotLent(delegation.owner_name) from None
    except (CallFailed, DirectoryFailed, NoDevice, homes.NoHome):
        found = ()
    meant = tuple(each for each in found if delegation.permits(each.phone))
    if not meant:
        says = _("The phone system lists no phone of %(name)s from which you may dial.")
        raise NotOnBehalf(says % name)
    return meant


def _listed_at(cluster: Cluster, profile: DialProfile, keyring: Keyring) -> list[Choice]:
    """By the application user that is getProfileSoap; to the person themselves Unified CM also
    tells models, descriptions and the primary line."""
    credential = identity.credential_for(profile, cluster, keyring)
    by_proxy = identity.known_by(credential) == Known.PROXY

    def ask(client: WebDialer) -> tuple[tuple[Device, ...], str]:
        if by_proxy:
            return client.get_profile(profile.cucm_user_id), ""
        return client.get_profile_detail(), client.get_primary_line()

    try:
        devices, primary = clusters.ask(cluster, ask, credential)
    except Refused as refusal:
        if not by_proxy and refusal.code == identity.REFUSED:
            keyring.forget(cluster)
        raise
    return [choice for device in devices for choice in _lines_of(cluster, device, primary)]


def _lines_of(cluster: Cluster, device: Device, primary: str) -> list[Choice]:
    """The lines of a device; one listed twice word for word is one line to WebDialer, too."""
    lines = tuple(dict.fromkeys(device.lines))
    times = Counter(line.number for line in lines)
    # The primary line is told by its number alone, which does not say which of two it is.
    return [
        Choice(
            cluster,
            device,
            line,
            primary=bool(primary) and line.number == primary and times[line.number] == 1,
            has_twin=times[line.number] > 1,
        )
        for line in lines
    ]
