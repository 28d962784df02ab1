"""What can go wrong, named for what the caller may do next.

WebDialerError
├── NotSent            nothing left this machine
│   └── BadText        … because the text cannot be sent to any node
├── NoAnswer           sent, fate unknown
├── Unreadable         answered, but not in WebDialer's words
└── Refused            answered with a code: CallFailed 1 … Overloaded 9

Three questions are answered by every one of them: `maybe_acted` (may the request have been carried
out?), `try_another_node` (may the same be asked of another node?) and `probe_again` (may this node
speak another generation by now?).
"""

from enum import StrEnum
from typing import Self

from clicktodial.webdialer.values import Operation


class Reason(StrEnum):
    """Why a request was not sent, or why its answer never came."""

    NAME_UNKNOWN = "the name is not known"
    REFUSED = "the connection was refused"
    UNREACHABLE = "the host cannot be reached"
    TIMED_OUT = "it took too long"
    BROKEN = "the connection broke"
    TLS_UNTRUSTED = "the certificate is not trusted"
    TLS_WRONG_NAME = "the certificate is for another name"
    TLS_FAILED = "no secure connection could be made"
    UNUSABLE_CA = "the CA given is not a usable certificate"
    BUSY = "all connections to the node are in use"
    CLOSED = "the transport is closed"
    BAD_TEXT = "the text holds characters that cannot be sent"


class Problem(StrEnum):
    """What was wrong with an answer."""

    STATUS = "the HTTP status is not one WebDialer answers with"
    REDIRECT = "it is a redirect, and those are not followed"
    NOT_HTTP = "it is not HTTP"
    MEDIA_TYPE = "it is not XML by its media type"
    ENCODED = "it is compressed"
    TOO_LARGE = "it is too large"
    TRUNCATED = "it ends too early"
    NOT_XML = "it is not well-formed XML"
    DOCTYPE = "it holds a document type"
    TOO_COMPLEX = "it is nested or linked beyond measure"
    NOT_SOAP = "it is not a SOAP 1.1 envelope"
    FAULT = "it is a SOAP fault"
    NO_SERVICE = "it is a SOAP fault that knows no such service or operation"
    NOT_A_REPLY = "it does not answer the operation asked"
    BAD_VALUE = "a value is missing or malformed"
    NOT_ACTIVATED = "WebDialer does not seem to be activated"


class WebDialerError(Exception):
    """Any trouble with WebDialer; never holds a secret, a destination or a message's body."""

    maybe_acted = False
    try_another_node = False
    probe_again = False
    operation: Operation | None = None
    node = ""

    def at(self, node: str, *, operation: Operation) -> Self:
        """The same error, told where and at what it happened."""
        self.node, self.operation = node, operation
        if not operation.acts and isinstance(self, NoAnswer | Unreadable):
            self.maybe_acted, self.try_another_node = False, True
        return self

    def __str__(self) -> str:
        where = " ".join(part for part in (self.node, self.operation) if part)
        return f"{where}: {self._said()}" if where else self._said()

    def _said(self) -> str:
        return "WebDialer failed"


class NotSent(WebDialerError):
    """Nothing left this machine: another node may be tried."""

    try_another_node = True

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def _said(self) -> str:
        return f"not sent: {self.reason}" + (f" ({self.detail})" if self.detail else "")


class BadText(NotSent, ValueError):
    """A value holds control characters or lone surrogates: no node can be told."""

    try_another_node = False

    def __init__(self, reason: Reason = Reason.BAD_TEXT, detail: str = "") -> None:
        super().__init__(reason, detail)


class NoAnswer(WebDialerError):
    """Sent, and nothing came back in time: a call must not be asked for again."""

    maybe_acted = True

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason

    def _said(self) -> str:
        return f"no answer: {self.reason}"


# Statuses that say by their meaning (RFC 9110) that the request was turned away before anything
# was done for it. 302 and 303 are not among them: they are also how a server answers a POST that it
# carried out. Nor is 503, which gateways also send for a request whose server they lost.
_TURNED_AWAY = frozenset(
    (301, 307, 308, 400, 401, 403, 404, 405, 407, 410, 411, 413, 414, 415, 417, 421, 426, 429, 431)
) | {501, 505}

_OTHER_WORDS = frozenset(
    (
        Problem.REDIRECT,
        Problem.MEDIA_TYPE,
        Problem.NOT_XML,
        Problem.DOCTYPE,
        Problem.NOT_SOAP,
        Problem.FAULT,
        Problem.NO_SERVICE,
        Problem.NOT_A_REPLY,
        Problem.BAD_VALUE,
        Problem.NOT_ACTIVATED,
    )
)


class Unreadable(WebDialerError):
    """An answer came, but not in WebDialer's words; `fault` is a fault's text, 200 characters.

    `seen` is what was wrong with the last answer, where `problem` draws a conclusion from several.
    """

    seen: Problem | None = None

    def __init__(self, status: int | None, problem: Problem, fault: str = "") -> None:
        super().__init__(status, problem, fault)
        self.status = status
        self.problem = problem
        self.fault = fault
        sure = status in _TURNED_AWAY or problem is Problem.NO_SERVICE
        self.maybe_acted = not sure
        self.try_another_node = sure
        self.probe_again = problem in _OTHER_WORDS or status in (404, 405, 410, 415, 501)

    def _said(self) -> str:
        status = "" if self.status is None else f" (HTTP {self.status})"
        return f"unreadable answer{status}: {self.problem}"


class Refused(WebDialerError):
    """WebDialer answered with a code; this class itself stands for numbers the guide lacks."""

    def __init__(self, code: int, operation: Operation, description: str = "") -> None:
        super().__init__(code, operation, description)
        self.code = code
        self.operation = operation
        self.description = description
        # Nothing says that a number unknown to us means that the phone stayed silent.
        self.maybe_acted = type(self) is Refused and operation.acts

    def _said(self) -> str:
        return f"refused with code {self.code}"


class CallFailed(Refused):
    """1: the phone is busy or not registered, or there is no call to end."""


class BadCredentials(Refused):
    """2: wrong, expired or locked. Never repeat: three failures lock the account."""


class NoProxyRights(Refused):
    """3: the application user may not act for others."""


class DirectoryFailed(Refused):
    """4: the user id is unknown to the cluster, or its directory is down."""


class NoDevice(Refused):
    """5, or 1 from getProfileDetail: no such device for the user; choose again."""


class Unavailable(Refused):
    """6: temporarily unavailable; another node may be asked."""

    try_another_node = True


class NoRoute(Refused):
    """7: the destination cannot be reached from that line."""


class ServiceFailed(Refused):
    """8: an error inside the service."""


class Overloaded(Refused):
    """9: too many requests a second; another node may be asked."""

    try_another_node = True


_BY_CODE: dict[int, type[Refused]] = {
    1: CallFailed,
    2: BadCredentials,
    3: NoProxyRights,
    4: DirectoryFailed,
    5: NoDevice,
    6: Unavailable,
    7: NoRoute,
    8: ServiceFailed,
    9: Overloaded,
}


def refusal(code: int, *, operation: Operation, description: str = "") -> Refused:
    """The error for a result code, judged by number and operation and never by its text."""
    if code == 1 and operation is Operation.GET_PROFILE_DETAIL:
        return NoDevice(code, operation, description)
    return _BY_CODE.get(code, Refused)(code, operation, description)
