"""Stylesheets and the script as they are served: several parts, and the company's accent, in one.

One file is one request; under the hash of its content it may be kept for ever.
"""

import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders

PARTS = {
    "site.css": (
        "css/tokens.css",
        "css/site.css",
        "css/people.css",
        "css/forms.css",
        "css/calls.css",
    ),
    "admin.css": ("css/tokens.css", "css/admin.css"),
    "page.js": ("js/dial.js", "js/fold.js", "js/search.js", "js/keys.js", "js/offline.js"),
}


@dataclass(frozen=True, slots=True)
class Joined:
    name: str
    content: bytes
    compressed: bytes
    digest: str


def joined(name: str) -> Joined:
    """The file of a name of PARTS; put together anew at each request where DEBUG is on."""
    return _join(name) if settings.DEBUG else _kept(name)


@cache
def _kept(name: str) -> Joined:
    return _join(name)


def _join(name: str) -> Joined:
    parts = [Path(str(finders.find(part))).read_text(encoding="utf-8") for part in PARTS[name]]
    if name.endswith(".js"):
        parts = [f"{{\n{part}}}" for part in parts]  # a block each: their names stay apart
    elif settings.ACCENT_COLOUR:
        parts.append(settings.ACCENT_COLOUR.css)
    content = "\n".join(parts).encode()
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Joined(name, content, _compressed(content), digest)


@lru_cache(maxsize=len(PARTS))
def _compressed(content: bytes) -> bytes:
    """Kept also where DEBUG is on: it takes far longer than all the rest of a page."""
    compressed: bytes = brotli.compress(content)
    return compressed
