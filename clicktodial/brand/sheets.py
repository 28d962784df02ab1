"""The stylesheets as they are served: the product's parts and the company's accent, in one file.

One file is one request; under the hash of its content it may be kept for ever.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders

PARTS = {
    "site": ("css/tokens.css", "css/site.css"),
    "admin": ("css/tokens.css", "css/admin.css"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    content: bytes
    compressed: bytes
    digest: str


def sheet(name: str) -> Sheet:
    """The sheet of a name of PARTS; read anew at each request where DEBUG is on."""
    return _made(name) if settings.DEBUG else _kept(name)


@cache
def _kept(name: str) -> Sheet:
    return _made(name)


def _made(name: str) -> Sheet:
    parts = [Path(str(finders.find(part))).read_text(encoding="utf-8") for part in PARTS[name]]
    if settings.ACCENT_COLOUR:
        parts.append(settings.ACCENT_COLOUR.css)
    content = "\n".join(parts).encode()
    return Sheet(content, brotli.compress(content), hashlib.sha256(content).hexdigest()[:12])
