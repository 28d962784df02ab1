"""Faults by name: what a node does wrong, and whether it has placed the call by then."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from clicktodial.simulator.soap.operations import Operation

# A request is one of these to a fault; those of the HTML interface are not the SOAP ones.
WITH_CODE = (
    Operation.MAKE_CALL.value,
    Operation.END_CALL.value,
    Operation.GET_PROFILE.value,
    Operation.GET_PROFILE_DETAIL.value,
    "makeCallHtml",
    "endCallHtml",
)
OPERATIONS = (
    *WITH_CODE,
    *(name.value for name in Operation if name not in WITH_CODE),
    "html",
    "wsdl",
)


class UnknownFaultError(ValueError):
    """There is no such fault, or not with these options; the text says what there is."""


@dataclass(frozen=True)
class Kind:
    """A fault as the list in the documentation has it; `acts`: the call is placed all the same."""

    name: str
    acts: bool
    tells: str
    seconds: float = 0.0


@dataclass
class Fault:
    """A fault set on a node; `left` counts down to none, or is None for good."""

    kind: Kind
    operation: str
    left: int | None
    seconds: float
    code: int | None = None


_NOT_ACTED = {
    "refuses": "connections are refused until mended (takes no operation and no times)",
    "resets": "takes the request, then resets the connection",
    "hangs": "takes the request and never answers",
    "drops_before": "takes the request and closes without a byte",
    "html_error": "answers 200 with an HTML page",
    "http_401": "answers 401 with an HTML page",
    "http_404": "answers 404 with an HTML page",
    "http_500": "answers 500 with an HTML page",
    "http_503": "answers 503 with an HTML page",
    "soap_fault": "answers a SOAP fault",
    "redirect": "answers 302 to another path",
    "redirect_307": "answers 307 to another path, which would take the password along",
    "accepted": "answers 202 without a body",
    "overloaded": "answers code 9",
    "unavailable": "answers code 6",
    "code:N": "answers code N, any number",
}
_ACTED = {
    "drops": "closes without a byte",
    "hangs_after": "never answers",
    "late": "answers only after the seconds",
    "wrong_clock": "answers rightly, by a clock that is the seconds ahead",
    "drips": "sends headers and body byte by byte, a pause of the seconds after each",
    "drips_body": "sends the headers at once and the body byte by byte",
    "truncated": "sends half of the body that it announced",
    "truncated_xml": "sends half of the XML as if it were all",
    "garbage": "answers bytes that are no XML",
    "empty": "answers 200 without a body",
    "wrong_type": "answers rightly, but as application/json",
    "wrong_operation": "answers as if another operation had been asked",
    "soap_fault_after": "answers a SOAP fault",
    "html_error_after": "answers 200 with an HTML page",
    "http_503_after": "answers 503 with an HTML page",
    "no_code": "answers without the responseCode",
    "bad_code": "answers with a responseCode that is no number",
    "huge": "answers 24 MB",
    "gzip": "answers compressed though nobody asked for it",
    "gzip_bomb": "answers compressed, 100 MB when unpacked",
    "doctype": "answers with a document type declaration",
    "entity_bomb": "answers with entities that multiply",
    "multiref_bomb": "answers with references that double 40 times",
    "multiref_cycle": "answers with a reference that leads to itself",
    "deep": "answers with 100,000 elements inside each other",
}
_SECONDS = {"late": 2.0, "wrong_clock": 300.0, "drips": 0.05, "drips_body": 0.05}
KINDS = {
    **{name: Kind(name, acts=False, tells=tells) for name, tells in _NOT_ACTED.items()},
    **{
        name: Kind(name, acts=True, tells=tells, seconds=_SECONDS.get(name, 0.0))
        for name, tells in _ACTED.items()
    },
    "slow": Kind("slow", acts=True, tells="waits the seconds, then acts and answers", seconds=0.5),
}
_CODES = {"overloaded": 9, "unavailable": 6}


class Faults:
    """The faults of one node, in the order in which they were set."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(
        self,
        name: str,
        *,
        operation: str | None = None,
        times: int | None = None,
        seconds: float | None = None,
    ) -> None:
        """Set a fault, for one operation or all, for some times or for good."""
        fault = _named(name)
        if fault.kind.name == "refuses" and (operation or times):
            raise UnknownFaultError("'refuses' takes no operation and no times; see 'resets'.")
        if times is not None and times < 1:
            raise UnknownFaultError("times must be 1 or more.")
        if seconds is not None and not 0 <= seconds <= 86_400:
            raise UnknownFaultError("seconds must be from 0 to 86400.")
        if operation and operation not in OPERATIONS:
            raise UnknownFaultError(
                f"there is no operation {operation!r}; there are {', '.join(OPERATIONS)}."
            )
        fault.operation, fault.left = operation or "", times
        fault.seconds = fault.kind.seconds if seconds is None else seconds
        with self._lock:
            self._faults.append(fault)

    def take(self, operation: str) -> Fault | None:
        """The fault that strikes this operation, counted as used."""
        with self._lock:
            for fault in self._faults:
                if fault.code is not None and operation not in WITH_CODE:
                    continue
                if fault.operation in ("", operation):
                    if fault.left is not None:
                        fault.left -= 1
                        if fault.left == 0:
                            self._faults.remove(fault)
                    return fault
        return None

    def clear(self) -> None:
        """Mend everything."""
        with self._lock:
            self._faults.clear()

    def as_json(self) -> list[dict[str, object]]:
        """The faults as plain values."""
        with self._lock:
            return [
                {
                    "name": fault.kind.name.replace("N", str(fault.code)),
                    "operation": fault.operation or None,
                    "times": fault.left,
                    "seconds": fault.seconds,
                }
                for fault in self._faults
            ]


def _named(name: str) -> Fault:
    code = _CODES.get(name)
    if name.startswith("code:"):
        number = name.removeprefix("code:")
        if not (number.isascii() and number.isdigit() and len(number) < 6):
            raise UnknownFaultError(f"{name!r} must be code: and a number.")
        name, code = "code:N", int(number)
    if name not in KINDS:
        raise UnknownFaultError(f"there is no fault {name!r}; there are {', '.join(KINDS)}.")
    return Fault(KINDS[name], "", None, 0.0, code)
