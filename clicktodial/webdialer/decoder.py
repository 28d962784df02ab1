"""Reads a SOAP reply of either generation by local name, under a budget, into plain values."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from clicktodial.webdialer.errors import Problem, Unreadable
from clicktodial.webdialer.values import Operation, Secret

# A member: text, None for nil, a struct by local names, or a list (an array or a repeated member).
Value = str | None | list["Value"] | dict[str, "Value"]

_SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_ARRAY_TYPE = "{http://schemas.xmlsoap.org/soap/encoding/}arrayType"
_NODES = 20_000  # a profile of 200 devices takes about 3,000
_DEPTH = 40  # a profile takes 6

# Axis 1.4 and Axis2 say so before they run anything.
_NO_SERVICE_CODES = ("Server.NoService", "Client.NoSOAPAction", "VersionMismatch", "MustUnderstand")
_NO_SERVICE_TEXT = re.compile(
    r"could not find a target service to invoke|no such operation"
    r"|the service cannot be found for the endpoint reference"
    r"|the endpoint reference \(EPR\) for the operation not found",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Result:
    """What an operation returned: the return element's name and its value."""

    name: str
    value: Value


def decode(
    content: bytes, *, operation: Operation, status: int, secrets: Sequence[Secret] = ()
) -> Result:
    """What the reply holds for `operation`; Unreadable for anything that is not such a reply."""
    return _Reading(operation, status, secrets).of(content)


def shown(text: str, *, secrets: Sequence[Secret]) -> str:
    """At most 200 characters of a text from the node, on one line, without what we sent."""
    text = " ".join(text[:1000].split())
    for secret in secrets:
        text = secret.masked(text)
    return text[:200]


class _Reading:
    """One pass over one reply; counts what it touches."""

    def __init__(self, operation: Operation, status: int, secrets: Sequence[Secret]) -> None:
        self._operation = operation
        self._status = status
        self._secrets = secrets
        self._nodes = 0
        self._named: dict[str, etree._Element] = {}
        self._path: list[str] = []

    def of(self, content: bytes) -> Result:
        response = self._response(self._body(self._parsed(content)))
        members = list(_elements(response))
        if len(members) > 1:
            expected = ("return", f"{self._operation}Return")
            members = [member for member in members if _local(member) in expected]
        lineless = self._operation is Operation.GET_PRIMARY_LINE and len(response) == 0
        if lineless and not (response.text or "").strip():
            return Result("", "")
        if len(members) != 1:
            raise self._unreadable(Problem.NOT_A_REPLY)
        return Result(_local(members[0]), self._value(members[0], 0))

    def _unreadable(self, problem: Problem, fault: str = "") -> Unreadable:
        return Unreadable(self._status, problem, fault)

    def _parsed(self, content: bytes) -> etree._Element:
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
            huge_tree=False,
            recover=False,
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError):
            root = None
        if root is None:  # raised out here, so that lxml's words (they quote the body) stay behind
            raise self._unreadable(Problem.NOT_XML)
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._unreadable(Problem.DOCTYPE)
        return root

    def _body(self, root: etree._Element) -> etree._Element:
        bodies = [child for child in _elements(root) if child.tag == f"{_SOAP}Body"]
        if root.tag != f"{_SOAP}Envelope" or len(bodies) != 1 or len(bodies[0]) == 0:
            raise self._unreadable(Problem.NOT_SOAP)
        return bodies[0]

    def _response(self, body: etree._Element) -> etree._Element:
        plain = []
        for child in _elements(body):
            name = child.get("id")
            if name is None:
                plain.append(child)
            elif name in self._named:
                raise self._unreadable(Problem.BAD_VALUE)
            else:
                self._named[name] = child
        if any(child.tag == f"{_SOAP}Fault" for child in _elements(body)):
            raise self._fault(body)
        wanted = f"{self._operation}Response"
        # 500 is for faults (SOAP 1.1, 6.2): a reply beside it contradicts itself.
        if self._status != 200 or [_local(child) for child in plain] != [wanted]:
            raise self._unreadable(Problem.NOT_A_REPLY)
        return plain[0]

    def _fault(self, body: etree._Element) -> Unreadable:
        fault = next(child for child in _elements(body) if child.tag == f"{_SOAP}Fault")
        code = (fault.findtext("faultcode") or "").strip().rpartition(":")[2]
        text = (fault.findtext("faultstring") or "")[:2000]
        unknown = code in _NO_SERVICE_CODES or _NO_SERVICE_TEXT.search(text)
        problem = Problem.NO_SERVICE if unknown else Problem.FAULT
        return self._unreadable(problem, shown(f"{code[:40]}: {text}", secrets=self._secrets))

    def _value(self, element: etree._Element, depth: int) -> Value:
        self._nodes += 1
        if self._nodes > _NODES or depth > _DEPTH:
            raise self._unreadable(Problem.TOO_COMPLEX)
        if (element.get(f"{_XSI}nil") or "").strip() in ("true", "1"):
            return None
        href = element.get("href")
        if href is not None:
            return self._behind(href, depth)
        if element.get(_ARRAY_TYPE) is not None or _is_array(element.get(f"{_XSI}type")):
            return [self._value(child, depth + 1) for child in _elements(element)]
        if len(element) == 0:
            return element.text or ""
        struct: dict[str, Value] = {}
        repeated: dict[str, list[Value]] = {}
        for child in _elements(element):
            name = _local(child)
            value = self._value(child, depth + 1)
            repeated.setdefault(name, []).append(value)
            struct[name] = value
        return struct | {name: values for name, values in repeated.items() if len(values) > 1}

    def _behind(self, href: str, depth: int) -> Value:
        name = href[1:]
        if not href.startswith("#") or name not in self._named:
            raise self._unreadable(Problem.BAD_VALUE)
        if name in self._path:
            raise self._unreadable(Problem.TOO_COMPLEX)
        self._path.append(name)
        value = self._value(self._named[name], depth + 1)
        self._path.pop()
        return value


def _elements(parent: etree._Element) -> Iterator[etree._Element]:
    return (child for child in parent if isinstance(child.tag, str))


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_array(declared: str | None) -> bool:
    return declared is not None and declared.strip().rpartition(":")[2] == "Array"
