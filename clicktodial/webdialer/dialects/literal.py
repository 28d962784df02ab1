"""Document/literal, http://webdialer.ccm.cisco.com: Unified CM 15SU5 and later."""

from collections.abc import Sequence
from typing import Any

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

PATH = "/webdialer/services/webdialer"

_PREFIXES: dict[str, str] = {"web": "http://webdialer.ccm.cisco.com"}


def action(operation: Operation) -> str:
    """The bare name of the operation, as in the WSDL."""
    return str(operation)


def returns(operation: Operation) -> str:
    """The name of the element that holds the result."""
    return "return"


def write(operation: Operation, arguments: Sequence[Credential | Caller | Secret]) -> bytes:
    """The request in the shape of the guide's samples: qualified args0, args1, args2."""
    named = {f"args{place}": _plain(argument) for place, argument in enumerate(arguments)}
    element = writer.operation_element(Generation.LITERAL, operation, named)
    return writer.envelope(element, prefixes=_PREFIXES)


def _plain(argument: Credential | Caller | Secret) -> Any:
    if isinstance(argument, Secret):
        return sendable(argument.reveal())
    if isinstance(argument, Caller):
        return writer.profile(argument)
    if isinstance(argument, TokenCredential):
        # The WSDL requires both beside a token; no sample shows how, and none was tried.
        return {"userID": "", "password": "", "token": sendable(argument.token.reveal())}
    return writer.user_and_password(argument)
