"""What both shapes of Axis replies have in common."""

from __future__ import annotations

NAMESPACE = "urn:WD70"
OLD_NAMESPACE = "urn:WebdialerSoap"
ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"


def open_reference(place: str, kind: str, prefix: str = "", namespace: str = "") -> str:
    """The start of a multiRef element."""
    own = f'xmlns:{prefix}="{namespace}" ' if prefix else ""
    return (
        f'<multiRef {own}xmlns:soapenc="{ENCODING}" id="{place}" soapenc:root="0" '
        f'soapenv:encodingStyle="{ENCODING}" xsi:type="{kind}">'
    )


def boolean(truth: bool) -> str:
    """A boolean as XML Schema writes it."""
    return "true" if truth else "false"
