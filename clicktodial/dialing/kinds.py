"""What a device's name tells of it: getProfileSoap gives an application user nothing else.

Phones are named by model and MAC address, softphones by a prefix that Unified CM insists on. What
fits neither was named by an administrator: in a person's list, a profile for Extension Mobility.
"""

import re
from enum import StrEnum

from django.utils.translation import gettext as _

_PHONE = re.compile(r"(SEP|ATA|BAT|VGC|AN)[0-9A-F]{10,}|IPC[0-9A-Z]+", re.I)
_SOFTPHONE = re.compile(r"(CSF|TCT|BOT|TAB|CTI)", re.I)


class Kind(StrEnum):
    PHONE = "phone"
    SOFTPHONE = "softphone"
    PROFILE = "profile"


def called(device: str, model: str = "") -> str:
    """A phone as people know it, such as Cisco 8845, …4F2A; of all else the device's own name.

    Unified CM tells models only to people who have signed in to it themselves.
    """
    if kind_of(device) is not Kind.PHONE:
        return device
    called_so = model or _("Desk phone")  # not in the braces: xgettext does not look there
    return f"{called_so}, …{device[-4:].upper()}"


def kind_of(device: str) -> Kind:
    """Phone, softphone, or a profile that dials only where somebody is signed in with it."""
    if _SOFTPHONE.match(device):
        return Kind.SOFTPHONE
    return Kind.PHONE if _PHONE.fullmatch(device) else Kind.PROFILE
