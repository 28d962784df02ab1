"""A client for WebDialer, the click-to-dial service of Cisco Unified CM, in both its generations.

    from clicktodial.webdialer import *

    transport = Transport(Address("cucm1.example.com"), ca=Path("tomcat.pem").read_text())
    dialer = WebDialer(
        transport,
        generation=find_generation(transport),
        credential=ProxyCredential("clicktodial", Secret(os.environ["PROXY_PASSWORD"])),
    )
    phone = dialer.get_profile("ito")[0]
    me = Caller("ito", device=phone.name, line=phone.lines[0].text)
    dialer.make_call("0041441234567", caller=me)  # Accepted, or one of the errors below
    dialer.end_call(caller=me)

Errors are named for what may be done next: after NotSent another node may be asked; after NoAnswer
nobody knows whether the phone rings, so a call must not be asked for again; Unreadable tells by
`maybe_acted` which of the two it is; Refused carries WebDialer's code. Needs lxml and zeep only.
"""

from clicktodial.webdialer.chain import shown
from clicktodial.webdialer.client import WebDialer, find_generation
from clicktodial.webdialer.errors import (
    BadCredentials,
    BadText,
    CallFailed,
    DirectoryFailed,
    NoAnswer,
    NoDevice,
    NoProxyRights,
    NoRoute,
    NotSent,
    Overloaded,
    Problem,
    Reason,
    Refused,
    ServiceFailed,
    Unavailable,
    Unreadable,
    WebDialerError,
)
from clicktodial.webdialer.popup import Door, Method, Popup
from clicktodial.webdialer.transport import Transport
from clicktodial.webdialer.values import (
    Accepted,
    Address,
    Caller,
    Credential,
    Device,
    Generation,
    Limits,
    Line,
    Operation,
    OwnCredential,
    ProxyCredential,
    Secret,
    TokenCredential,
)
from clicktodial.webdialer.wire import looked_up, opens

__all__ = [
    "Accepted",
    "Address",
    "BadCredentials",
    "BadText",
    "CallFailed",
    "Caller",
    "Credential",
    "Device",
    "DirectoryFailed",
    "Door",
    "Generation",
    "Limits",
    "Line",
    "Method",
    "NoAnswer",
    "NoDevice",
    "NoProxyRights",
    "NoRoute",
    "NotSent",
    "Operation",
    "Overloaded",
    "OwnCredential",
    "Popup",
    "Problem",
    "ProxyCredential",
    "Reason",
    "Refused",
    "Secret",
    "ServiceFailed",
    "TokenCredential",
    "Transport",
    "Unavailable",
    "Unreadable",
    "WebDialer",
    "WebDialerError",
    "find_generation",
    "looked_up",
    "opens",
    "shown",
]
