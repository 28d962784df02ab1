"""A browser that reads pages, keeps cookies and posts their forms, and no more."""

import re
from html import unescape
from urllib.parse import urlencode

from .conftest import Reply, Wire

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Browser:
    """Opens the pop-up of one node."""

    def __init__(self, wire: Wire, *, address: str = "/webdialer/Webdialer") -> None:
        self.wire = wire
        self.address = address
        self.cookies: dict[str, str] = {}
        self.page = Reply(0, "", None)  # type: ignore[arg-type]

    def get(self, **query: str) -> Reply:
        return self._go("GET", f"{self.address}?{urlencode(query)}", "")

    def post(self, **fields: str) -> Reply:
        return self._go("POST", self.address, urlencode(fields))

    def submit(self, **fields: str) -> Reply:
        """Post the form of the page as it stands, with some fields filled in."""
        return self.post(**(self.hidden() | fields))

    def hidden(self) -> dict[str, str]:
        inputs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.page.text)
        return {name: unescape(value) for name, value in inputs}

    def log_in(self, user: str = "eva", password: str | None = None) -> Reply:
        return self.submit(uid=user, pwd=password or f"{user}'s word")

    def choose(self, device: str = "SEP01", line: str = "1001 ; Internal") -> Reply:
        return self.submit(mode="device", device=device, line=line)

    @property
    def title(self) -> str:
        (title,) = re.findall("<h1>(.*?)</h1>", self.page.text)
        return str(title)

    def _go(self, method: str, path: str, body: str) -> Reply:
        headers = dict(FORM) if method == "POST" else {}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={text}" for name, text in self.cookies.items())
        self.page = self.wire.send(method, path, body, headers)
        for cookie in self.page.headers.get_all("Set-Cookie") or []:
            name, _, text = cookie.partition(";")[0].partition("=")
            self.cookies[name] = text
        return self.page
