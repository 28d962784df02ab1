"""A company's own links, at the foot of each page."""

from dataclasses import dataclass
from urllib.parse import urlsplit

SCHEMES = ("https", "http", "mailto", "tel")


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    address: str


def read(text: str) -> list[Link]:
    """The links of `Intranet=https://intranet.example.com, Help desk=mailto:help@example.com`."""
    found = []
    for item in filter(None, map(str.strip, text.split(","))):
        words, _, address = (part.strip() for part in item.partition("="))
        parts = urlsplit(address)
        if not words or parts.scheme not in SCHEMES or not (parts.netloc or parts.path):
            raise ValueError(
                f"“{item}” is no link. Write Words=https://address, with commas between several."
            )
        found.append(Link(words, address))
    return found
