"""The devices and lines a person may dial from, as Unified CM lists them now."""

from dataclasses import dataclass

from clicktodial.dialing import clusters, homes, identity
from clicktodial.dialing.identity import Keyring
from clicktodial.dialing.models import DialProfile, Known
from clicktodial.webdialer import Device, Line, Refused, WebDialer


@dataclass(frozen=True)
class Choice:
    """One line of one device; `primary` where Unified CM calls it the person's primary line."""

    device: Device
    line: Line
    primary: bool = False

    @property
    def key(self) -> str:
        """What a form sends back; only keys that are listed again are taken."""
        return f"{self.device.name}|{self.line.text}"


def listed(profile: DialProfile, keyring: Keyring) -> tuple[Choice, ...]:
    """Every line the person may choose, asked of the home cluster.

    By the application user that is getProfileSoap; to the person themselves Unified CM also tells
    models, descriptions and the primary line. Raises what homes.home_of, identity.credential_for
    and clusters.ask raise.
    """
    home = homes.home_of(profile)
    credential = identity.credential_for(profile, home, keyring)
    by_proxy = identity.known_by(credential) == Known.PROXY

    def ask(client: WebDialer) -> tuple[tuple[Device, ...], str]:
        if by_proxy:
            return client.get_profile(profile.cucm_user_id), ""
        return client.get_profile_detail(), client.get_primary_line()

    try:
        devices, primary = clusters.ask(home, ask, credential)
    except Refused as refusal:
        if not by_proxy and refusal.code == identity.REFUSED:
            keyring.forget(home)
        raise
    return tuple(
        Choice(device, line, primary=bool(primary) and line.number == primary)
        for device in devices
        for line in device.lines
    )
