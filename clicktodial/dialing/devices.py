"""The devices and lines a person may dial from, as Unified CM lists them now."""

from dataclasses import dataclass

from clicktodial.dialing import clusters, homes
from clicktodial.dialing.models import DialProfile
from clicktodial.webdialer import Device, Line


@dataclass(frozen=True)
class Choice:
    """One line of one device."""

    device: Device
    line: Line

    @property
    def key(self) -> str:
        """What a form sends back; only keys that are listed again are taken."""
        return f"{self.device.name}|{self.line.text}"


def listed(profile: DialProfile) -> tuple[Choice, ...]:
    """Every line the person may choose, from getProfileSoap at the home cluster.

    Raises what homes.home_of and clusters.ask raise.
    """
    home = homes.home_of(profile)
    devices = clusters.ask(home, lambda client: client.get_profile(profile.cucm_user_id))
    return tuple(Choice(device, line) for device in devices for line in device.lines)


def is_still_listed(profile: DialProfile, choices: tuple[Choice, ...]) -> bool:
    """Whether the chosen device and line are among them."""
    return any(
        (choice.device.name, choice.line.text) == (profile.device, profile.line)
        for choice in choices
    )
