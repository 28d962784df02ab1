"""Both generations' common ground: what an operation asks, and the answer that is written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from clicktodial.simulator.accounts import Credential
from clicktodial.simulator.exchange import DESCRIPTIONS, Asked, Exchange, Profile
from clicktodial.simulator.scene import Device
from clicktodial.simulator.soap.envelope import Value


class Operation(StrEnum):
    """The six operations of WebDialer."""

    IS_CLUSTER_USER = "isClusterUserSoap"
    GET_PROFILE = "getProfileSoap"
    GET_PROFILE_DETAIL = "getProfileDetailSoap"
    GET_PRIMARY_LINE = "getPrimaryLine"
    MAKE_CALL = "makeCallSoap"
    END_CALL = "endCallSoap"


ARGUMENTS = {
    Operation.IS_CLUSTER_USER: ("text",),
    Operation.GET_PROFILE: ("credential", "text"),
    Operation.GET_PROFILE_DETAIL: ("credential",),
    Operation.GET_PRIMARY_LINE: ("credential",),
    Operation.MAKE_CALL: ("credential", "text", "profile"),
    Operation.END_CALL: ("credential", "profile"),
}
PROFILE_MEMBERS = (
    "user",
    "deviceName",
    "lineNumber",
    "supportEM",
    "locale",
    "dontAutoClose",
    "dontShowCallConf",
)


@dataclass(frozen=True)
class Inquiry:
    """An operation with its arguments understood."""

    operation: Operation
    namespace: str
    credential: Credential = field(default_factory=Credential)
    text: str | None = None
    profile: Profile = field(default_factory=Profile)


@dataclass(frozen=True)
class Answer:
    """What an operation came to; which members count depends on the operation."""

    operation: Operation
    code: int = 0
    devices: tuple[Device, ...] = ()
    text: str = ""
    truth: bool = False

    @property
    def description(self) -> str:
        """The words that go with the code."""
        return DESCRIPTIONS.get(self.code, "Unknown error")


def act(inquiry: Inquiry, exchange: Exchange, *, asked: Asked) -> Answer:
    """Do what is asked."""
    who, operation = inquiry.credential, inquiry.operation
    answer = Answer(operation)
    if operation is Operation.IS_CLUSTER_USER:
        return replace(answer, truth=exchange.is_cluster_user(inquiry.text or ""))
    if operation is Operation.GET_PRIMARY_LINE:
        return replace(answer, text=exchange.get_primary_line(who))
    if operation is Operation.GET_PROFILE:
        code, devices = exchange.get_profile(who, inquiry.text or "")
        return replace(answer, code=code, devices=devices)
    if operation is Operation.GET_PROFILE_DETAIL:
        code, devices = exchange.get_profile_detail(who)
        return replace(answer, code=code, devices=devices)
    if operation is Operation.MAKE_CALL:
        code = exchange.make_call(who, inquiry.text, inquiry.profile, asked=asked)
        return replace(answer, code=code)
    return replace(answer, code=exchange.end_call(who, inquiry.profile, asked=asked))


def witness(inquiry: Inquiry, exchange: Exchange, *, asked: Asked, code: int | None = None) -> None:
    """Write down a call or an end that a fault kept from being acted on."""
    if inquiry.operation is Operation.MAKE_CALL:
        exchange.record_call(inquiry.credential, inquiry.text, inquiry.profile, asked, code=code)
    elif inquiry.operation is Operation.END_CALL:
        exchange.record_end(inquiry.credential, inquiry.profile, asked, code=code, acted=False)


def credential_of(value: Value) -> Credential:
    """The credential in a struct; members that are absent or nil are empty."""
    members = value if isinstance(value, dict) else {}
    return Credential(
        user_id=text_of(members.get("userID")) or "",
        password=text_of(members.get("password")) or "",
        token=text_of(members.get("token")) or "",
    )


def profile_of(value: Value, *, needed: tuple[str, ...]) -> Profile:
    """The profile in a struct; it is complete when every needed member was sent."""
    members = value if isinstance(value, dict) else {}
    return Profile(
        user=text_of(members.get("user")),
        device=text_of(members.get("deviceName")),
        line=text_of(members.get("lineNumber")),
        complete=all(members.get(name) is not None for name in needed),
    )


def text_of(value: Value) -> str | None:
    """The value as text; None where it is nil or no text at all."""
    return value if isinstance(value, str) else None
