"""The legacy generation: Axis 1.4, rpc/encoded, `urn:WD70` (Unified CM before 15SU5)."""

from __future__ import annotations

from collections.abc import Sequence

from clicktodial.simulator.scene import Shape
from clicktodial.simulator.soap.axis_guide import Guide
from clicktodial.simulator.soap.axis_reply import NAMESPACE
from clicktodial.simulator.soap.axis_stock import Stock
from clicktodial.simulator.soap.envelope import (
    Message,
    Parameter,
    SoapFaultError,
    Value,
)
from clicktodial.simulator.soap.operations import (
    ARGUMENTS,
    PROFILE_MEMBERS,
    Answer,
    Inquiry,
    Operation,
    credential_of,
    profile_of,
    text_of,
)

_CREDENTIAL_MEMBERS = ("token", "userID", "password")
_BOOLEANS = ("supportEM", "dontAutoClose", "dontShowCallConf")


def read(message: Message) -> Inquiry:
    """What is asked: Axis takes parameters by position and does not look at their namespace."""
    try:
        operation = Operation(message.operation)
    except ValueError as error:
        raise SoapFaultError("Client", f"No such operation '{message.operation}'") from error
    kinds = ARGUMENTS[operation]
    if len(message.parameters) != len(kinds):
        text = f"No such operation '{operation}' with {len(message.parameters)} parameters"
        raise SoapFaultError("Client", text)
    values = dict(zip(kinds, message.parameters, strict=True))
    return Inquiry(
        operation,
        message.namespace,
        credential=credential_of(_struct(values.get("credential"), _CREDENTIAL_MEMBERS)),
        text=_text(values.get("text")),
        # The guide's own samples send only the first three members and show them working.
        profile=profile_of(
            _struct(values.get("profile"), PROFILE_MEMBERS), needed=PROFILE_MEMBERS[:3]
        ),
    )


def write(answer: Answer, *, namespace: str, shape: Shape) -> bytes:
    """The reply; `namespace` is the request's own, which Axis answers in."""
    writer = Guide() if shape is Shape.GUIDE else Stock()
    return writer.write(answer, namespace or NAMESPACE)


def _struct(parameter: Parameter | None, known: Sequence[str]) -> dict[str, Value]:
    if parameter is None or parameter.value in (None, ""):
        return {}
    if not isinstance(parameter.value, dict):
        raise SoapFaultError("Server.userException", "org.xml.sax.SAXException: struct expected")
    struct: dict[str, Value] = {}
    for name, value in parameter.value.items():
        if name not in known:
            text = f"org.xml.sax.SAXException: Invalid element in struct - {name}"
            raise SoapFaultError("Server.userException", text)
        if isinstance(value, dict):
            raise SoapFaultError("Server.userException", f"SAXException: {name} is simple")
        # Axis looks at the first letter only, and finds none in an empty element.
        if name in _BOOLEANS and value is not None and value.strip()[:1] not in tuple("01ftFT"):
            raise SoapFaultError("Server.userException", "NumberFormatException: bad boolean")
        struct[name] = value
    return struct


def _text(parameter: Parameter | None) -> str | None:
    if parameter is not None and isinstance(parameter.value, dict):
        raise SoapFaultError("Server.userException", "SAXException: simple type expected")
    return text_of(parameter.value) if parameter else None
