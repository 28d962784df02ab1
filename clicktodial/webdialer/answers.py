"""Gives a decoded result its type: a flag, a text, a code, devices; strict about each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clicktodial.webdialer.decoder import Value, shown
from clicktodial.webdialer.errors import Problem, Unreadable, refusal
from clicktodial.webdialer.values import Device, Line, Operation, Secret

_CODE = re.compile(r"[+-]?[0-9]{1,10}", re.ASCII)
_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_BLANK = " \t\r\n"  # XML's own; str.strip() would take more
_LISTS = {
    Operation.GET_PROFILE: "deviceInfoList",
    Operation.GET_PROFILE_DETAIL: "deviceInfoListDetail",
}


@dataclass(frozen=True)
class Answer:
    """What an operation returned, under the name of the element that held it."""

    operation: Operation
    name: str
    value: Value
    secrets: Sequence[Secret] = ()

    def flag(self) -> bool:
        """The boolean of isClusterUser."""
        if not isinstance(self.value, str) or self.value.strip(_BLANK) not in _FLAGS:
            raise _malformed()
        return _FLAGS[self.value.strip(_BLANK)]

    def text(self) -> str:
        """The text of getPrimaryLine, empty where there is none."""
        return _text(self.value)

    def description(self) -> str:
        """The words beside code 0; Refused for any other code."""
        members = self._members()
        code = members.get("responseCode")
        if not isinstance(code, str) or not _CODE.fullmatch(code.strip(_BLANK)):
            raise _malformed()
        words = members.get("responseDescription", members.get("description"))
        description = shown(words, secrets=self.secrets) if isinstance(words, str) else ""
        if int(code) != 0:
            raise refusal(int(code), operation=self.operation, description=description)
        return description

    def devices(self) -> tuple[Device, ...]:
        """The devices of a profile; Refused for any code but 0, whatever is listed."""
        self.description()
        return tuple(map(_device, _listed(self._members().get(_LISTS[self.operation]))))

    def _members(self) -> dict[str, Value]:
        if not isinstance(self.value, dict):
            raise _malformed()
        return self.value


def _malformed() -> Unreadable:
    return Unreadable(200, Problem.BAD_VALUE)


def _text(value: Value) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    raise _malformed()


def _device(value: Value) -> Device:
    if not isinstance(value, dict) or not _text(value.get("deviceName")).strip(_BLANK):
        raise _malformed()
    return Device(
        name=_text(value.get("deviceName")),
        lines=tuple(Line(_text(line)) for line in _listed(value.get("lines"))),
        description=_text(value.get("phoneDesc")),
        model=_text(value.get("phoneType")),
    )


def _listed(value: Value) -> Iterator[Value]:
    """The entries of a list in any shape: an array, a repeated member, one, or none at all."""
    if isinstance(value, list):
        for entry in value:
            yield from _listed(entry)
    elif isinstance(value, dict) and "deviceName" not in value:
        for entry in value.values():  # an array that does not say it is one
            yield from _listed(entry)
    elif isinstance(value, dict) or (value or "").strip(_BLANK):
        yield value
