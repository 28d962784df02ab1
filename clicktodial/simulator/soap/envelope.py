"""SOAP envelopes read: hardened XML, references resolved, values as plain text and dicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from lxml import etree

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NODE_LIMIT = 2_000

Value = str | None | dict[str, "Value"]


class SoapFaultError(Exception):
    """The request cannot be acted on and is answered by a SOAP fault."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


@dataclass(frozen=True)
class Parameter:
    """One argument as it came: its local name and its value."""

    name: str
    value: Value


@dataclass(frozen=True)
class Message:
    """An operation that somebody asks for."""

    operation: str
    namespace: str
    parameters: tuple[Parameter, ...]


def read(body: bytes) -> Message:
    """The operation and arguments of a request; SoapFaultError where it cannot be read."""
    root = _parse(body)
    if root.tag != f"{{{SOAP}}}Envelope":
        raise SoapFaultError("VersionMismatch", "The root element is not a SOAP 1.1 Envelope.")
    inside = root.find(f"{{{SOAP}}}Body")
    children = [] if inside is None else list(inside)
    if not children:
        raise SoapFaultError("Client", "The Body holds no operation.")
    ids = {child.get("id", ""): child for child in children if child.get("id")}
    wrapper = next((child for child in children if not child.get("id")), children[0])
    name = etree.QName(wrapper)
    reader = _Reader(ids)
    parameters = tuple(
        Parameter(etree.QName(child).localname, reader.value(child, ()))
        for child in _elements(wrapper)
    )
    return Message(name.localname, name.namespace or "", parameters)


def write_fault(code: str, text: str, *, detail: str = "") -> bytes:
    """A SOAP 1.1 fault."""
    more = f"<detail>{detail}</detail>" if detail else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="{SOAP}" '
        'xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="{XSI}"><soapenv:Body><soapenv:Fault>'
        f"<faultcode>soapenv:{escape(code)}</faultcode>"
        f"<faultstring>{printable(text)}</faultstring>{more}"
        "</soapenv:Fault></soapenv:Body></soapenv:Envelope>"
    ).encode()


def printable(text: str) -> str:
    """The text escaped for XML, without the characters that XML cannot hold."""
    kept = (
        sign for sign in text if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff")
    )
    return escape("".join(kept)).encode("utf-8", "replace").decode()


def _parse(body: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SoapFaultError("Client", "The request is not well-formed XML.") from error
    info: Any = root.getroottree().docinfo  # the stubs do not tell that it is there
    if info.doctype:
        raise SoapFaultError("Client", "A document type declaration is not allowed.")
    return root


def _elements(parent: etree._Element) -> Iterator[etree._Element]:
    return (child for child in parent if isinstance(child.tag, str))


class _Reader:
    """Values of elements; a reference counts each time it is followed, so bombs run dry."""

    def __init__(self, ids: dict[str, etree._Element]) -> None:
        self._ids = ids
        self._left = NODE_LIMIT

    def value(self, element: etree._Element, path: tuple[str, ...]) -> Value:
        self._left -= 1
        if self._left < 0:
            raise SoapFaultError("Client", "The request has too many elements.")
        reference = element.get("href", "")
        if reference:
            name = reference.removeprefix("#")
            if name in path or name not in self._ids:
                raise SoapFaultError("Client", "The request has a reference that leads nowhere.")
            return self.value(self._ids[name], (*path, name))
        if element.get(f"{{{XSI}}}nil") in ("true", "1"):
            return None
        children = list(_elements(element))
        if not children:
            return element.text or ""
        return {etree.QName(child).localname: self.value(child, path) for child in children}
