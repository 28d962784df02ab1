"""Builds request envelopes with zeep, from the WSDLs of this package and nothing else."""

import re
import threading
from collections.abc import Mapping
from importlib import resources
from typing import Any

from lxml import etree

from clicktodial.webdialer.errors import BadText
from clicktodial.webdialer.values import Caller, Generation, OwnCredential, ProxyCredential

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"

# XML knows no way to write most of these, and no name, number or password holds any.
_UNSENDABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_bindings: dict[Generation, Any] = {}
_making = threading.Lock()


def sendable(text: str) -> str:
    """The text as it is; BadText where it holds a control character or half a character."""
    if _UNSENDABLE.search(text):
        raise BadText
    return text


def user_and_password(credential: OwnCredential | ProxyCredential) -> dict[str, str]:
    """The Credential members that both generations share."""
    return {
        "userID": sendable(credential.user_id),
        "password": sendable(credential.password.reveal()),
    }


def profile(caller: Caller) -> dict[str, Any]:
    """All seven members of a UserProfile.

    The last four are documented as ignored, but both WSDLs require them, and code 5 may mean that
    a member is missing.
    """
    return {
        "user": sendable(caller.user_id),
        "deviceName": sendable(caller.device),
        "lineNumber": sendable(caller.line),
        "supportEM": False,
        "locale": "",
        "dontAutoClose": False,
        "dontShowCallConf": False,
    }


def operation_element(
    generation: Generation, operation: str, arguments: Mapping[str, Any]
) -> etree._Element:
    """The operation element that the generation's WSDL makes of the arguments."""
    binding = _bindings.get(generation) or _binding(generation)
    envelope: etree._Element = binding.get(operation).create(**arguments).content
    return envelope[-1][0]


def envelope(element: etree._Element, *, prefixes: dict[str, str]) -> bytes:
    """The document with the element in its Body, laid out as the guide's samples are."""
    root = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soapenv": SOAP, **prefixes})
    etree.SubElement(root, f"{{{SOAP}}}Header")
    etree.SubElement(root, f"{{{SOAP}}}Body").append(element)
    etree.cleanup_namespaces(root, keep_ns_prefixes=list(prefixes))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _binding(generation: Generation) -> Any:
    with _making:
        if generation not in _bindings:
            _bindings[generation] = _loaded(f"{generation}.wsdl")
        return _bindings[generation]


def _loaded(name: str) -> Any:
    import zeep  # here: it takes a seventh of a second, which only a process that dials should pay

    location = f"file:///{name}"

    class PackagedFile(zeep.Transport):
        """Serves that one file of this package and refuses every other place."""

        def load(self, url: str) -> bytes:
            if url != location:
                raise LookupError("nothing but the WSDLs of this package is read")
            return resources.files("clicktodial.webdialer").joinpath("wsdl", name).read_bytes()

        def post(self, *_: object, **__: object) -> None:
            raise LookupError("requests are sent by the client's own transport")

        get = post_xml = post

    settings = zeep.Settings(strict=True, forbid_dtd=True, forbid_external=True)
    client: Any = zeep.Client(location, transport=PackagedFile(), settings=settings)  # type: ignore[no-untyped-call]
    return next(iter(client.wsdl.bindings.values()))
