"""What a page costs on the wire, counted by Chromium itself (CDP Network)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page


@dataclass
class Traffic:
    """Requests that went out and bytes that came back, heads and bodies, as they travelled."""

    requests: list[str] = field(default_factory=list)
    received: dict[str, int] = field(default_factory=dict)
    _addresses: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.received.values())

    def _sent(self, event: Any) -> None:
        self._addresses[event["requestId"]] = event["request"]["url"]

    def _answered(self, event: Any) -> None:
        if event["response"].get("fromDiskCache") or event["response"].get("fromServiceWorker"):
            self._addresses.pop(event["requestId"], None)

    def _kept_in_memory(self, event: Any) -> None:
        self._addresses.pop(event["requestId"], None)

    def _ended(self, event: Any) -> None:
        if address := self._addresses.get(event["requestId"]):
            self.requests.append(address)
            self.received[address] = self.received.get(address, 0) + int(event["encodedDataLength"])


def counted(page: Page, visit: Callable[[], Any]) -> Traffic:
    """What one visit of the page costs; ends when the network is quiet."""
    traffic = Traffic()
    session = page.context.new_cdp_session(page)
    session.on("Network.requestWillBeSent", traffic._sent)
    session.on("Network.responseReceived", traffic._answered)
    session.on("Network.requestServedFromCache", traffic._kept_in_memory)
    session.on("Network.loadingFinished", traffic._ended)
    session.send("Network.enable")
    visit()
    page.wait_for_load_state("networkidle")
    session.detach()
    return traffic
