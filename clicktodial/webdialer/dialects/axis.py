"""Axis 1.4 rpc/encoded, urn:WD70: Unified CM 7.0 to before 15SU5."""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from clicktodial.webdialer.dialects import writer
from clicktodial.webdialer.dialects.writer import sendable
from clicktodial.webdialer.values import (
    Caller,
    Credential,
    Generation,
    Operation,
    Secret,
    TokenCredential,
)

# Capital S in Service: the guide mostly prints a small one, but Axis looks services up by exact
# name, and this is how the vendor's own wd70.wsdl and every working client spell it.
PATH = "/webdialer/services/WebdialerSoapService70"

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
_PREFIXES: dict[str, str] = {
    "urn": "urn:WD70",
    "xsd": "http://www.w3.org/2001/XMLSchema",
    "xsi": _XSI,
    "soapenc": _ENCODING,
}
_BOOLEANS = ("supportEM", "dontAutoClose", "dontShowCallConf")


def action(operation: Operation) -> str:
    """Empty for all, as in wd70.wsdl; the header itself has to be there."""
    return ""


def returns(operation: Operation) -> str:
    """The name of the element that holds the result."""
    return f"{operation}Return"


def write(operation: Operation, arguments: Sequence[Credential | Caller | Secret]) -> bytes:
    """The request in the shape of the guide's samples: every value with its xsi:type."""
    named = {f"in{place}": _plain(argument) for place, argument in enumerate(arguments)}
    element = writer.operation_element(Generation.AXIS, operation, named)
    element.set(f"{{{writer.SOAP}}}encodingStyle", _ENCODING)
    for part, argument in zip(element, arguments, strict=True):
        _declare(part, argument)
    return writer.envelope(element, prefixes=_PREFIXES)


def _plain(argument: Credential | Caller | Secret) -> Any:
    if isinstance(argument, Secret):
        return sendable(argument.reveal())
    if isinstance(argument, Caller):
        return writer.profile(argument)
    if isinstance(argument, TokenCredential):
        return {"token": sendable(argument.token.reveal())}
    return writer.user_and_password(argument)


def _declare(part: etree._Element, argument: Credential | Caller | Secret) -> None:
    if isinstance(argument, Secret):
        part.set(f"{{{_XSI}}}type", "soapenc:string")
        return
    kind = "urn:UserProfile" if isinstance(argument, Caller) else "urn:Credential"
    part.set(f"{{{_XSI}}}type", kind)
    for member in part:
        boolean = member.tag in _BOOLEANS
        member.set(f"{{{_XSI}}}type", "xsd:boolean" if boolean else "xsd:string")
