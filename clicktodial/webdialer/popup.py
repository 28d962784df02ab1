"""The HTML interface: what a pop-up window opens or a form sends, with the destination alone."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlencode

from clicktodial.webdialer.values import Address


class Door(StrEnum):
    """Where the pop-up goes: one cluster's WebDialer, or the Redirector that finds the cluster."""

    WEBDIALER = "/webdialer/Webdialer"
    REDIRECTOR = "/webdialer/WebdialerRedirector"


class Method(StrEnum):
    """How the destination travels; browsers keep Unified CM's cookies from a foreign site's POST
    (SameSite=Lax) and send them with a GET."""

    GET = "get"
    POST = "post"


@dataclass(frozen=True)
class Popup:
    """A makeCall page of Unified CM, to be opened by the person's own browser."""

    address: Address
    destination: str
    door: Door = Door.WEBDIALER
    method: Method = Method.POST

    def __post_init__(self) -> None:
        if not self.destination or not self.destination.isprintable():
            raise ValueError("a destination is a text without control characters")

    @property
    def action(self) -> str:
        """Where a form is sent."""
        return self.address.url(self.door)

    @property
    def fields(self) -> dict[str, str]:
        """What a form carries."""
        return {"destination": self.destination}

    @property
    def url(self) -> str:
        """The same as a link: `+` and `#` are escaped, which the guide's own sample forgets."""
        return f"{self.action}?{urlencode(self.fields, quote_via=quote, safe='*')}"
