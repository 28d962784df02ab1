"""The frozen values that cross the client's border."""

import hmac
import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import NoReturn

_RUN = 4  # characters in common from which a text is held to repeat a secret


class Generation(StrEnum):
    """The two SOAP dialects WebDialer has spoken: Axis 1.4 up to 15SU4, document/literal since."""

    AXIS = "axis"
    LITERAL = "literal"


class Operation(StrEnum):
    """The six operations of both WSDLs, under their names on the wire."""

    IS_CLUSTER_USER = "isClusterUserSoap"
    GET_PROFILE = "getProfileSoap"
    GET_PROFILE_DETAIL = "getProfileDetailSoap"
    GET_PRIMARY_LINE = "getPrimaryLine"
    MAKE_CALL = "makeCallSoap"
    END_CALL = "endCallSoap"

    @property
    def acts(self) -> bool:
        """Whether a phone does something for it; such a request is never sent twice."""
        return self in (Operation.MAKE_CALL, Operation.END_CALL)


class Secret:
    """A text that does not print, format, pickle or compare in a measurable time."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise TypeError("a secret is made from text")
        self._text = text

    def reveal(self) -> str:
        return self._text

    def masked(self, text: str) -> str:
        """The text without any run of four characters that is also a run of the secret."""
        size = min(len(self._text), _RUN)
        runs = {self._text[at : at + size].lower() for at in range(len(self._text) - size + 1)}
        hidden = [False] * len(text)
        for at in range(len(text) - size + 1):
            if size and text[at : at + size].lower() in runs:
                hidden[at : at + size] = [True] * size
        pieces = groupby(zip(text, hidden, strict=True), key=itemgetter(1))
        return "".join(
            "***" if hide else "".join(sign for sign, _ in piece) for hide, piece in pieces
        )

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        mine, theirs = (text.encode("utf-8", "surrogatepass") for text in (self._text, other._text))
        return hmac.compare_digest(mine, theirs)

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret cannot be pickled or copied")

    def __copy__(self) -> "Secret":
        return self

    def __deepcopy__(self, memo: object) -> "Secret":
        return self


_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252})|[0-9A-Fa-f:.]{2,45}", re.ASCII)


@dataclass(frozen=True)
class Address:
    """Where one node is reached; `secure` is HTTPS, 8443 its usual port (8080 without)."""

    host: str
    port: int = 8443
    secure: bool = True

    def __post_init__(self) -> None:
        if not _HOST.fullmatch(self.host):
            raise ValueError("a host is a name or an IP address, without scheme, port or path")
        if not 0 < self.port < 65536:
            raise ValueError("a port is a number from 1 to 65535")

    @property
    def authority(self) -> str:
        """Host and port as the Host header wants them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"

    def url(self, path: str) -> str:
        return f"{self}{path}"

    def __str__(self) -> str:
        return f"{'https' if self.secure else 'http'}://{self.authority}"


@dataclass(frozen=True)
class Limits:
    """How long and how large a call to a node may get; times in seconds, all finite."""

    connect: float = 3.0  # the lookup of the name, TCP and TLS together
    answer: float = 8.0  # from the last byte sent to the last byte of the reply
    total: float = 15.0  # the whole call, with the wait for a free connection
    idle: float = 5.0  # how long a kept-open connection is still trusted
    connections: int = 8  # at once to this node
    reply_bytes: int = 2_000_000
    head_bytes: int = 32_768

    def __post_init__(self) -> None:
        for name in ("connect", "answer", "total", "idle"):
            if not 0 < getattr(self, name) <= 3600:
                raise ValueError(f"{name} is more than 0 and at most 3600 seconds")
        for name in ("connections", "reply_bytes", "head_bytes"):
            if not 0 < getattr(self, name) <= 100_000_000:
                raise ValueError(f"{name} is a number above 0 and at most 100,000,000")


@dataclass(frozen=True)
class OwnCredential:
    """An end user's own user id and password."""

    user_id: str
    password: Secret


@dataclass(frozen=True)
class ProxyCredential:
    """An application user with 'Standard EM Authentication Proxy Rights', acting for others."""

    user_id: str
    password: Secret


@dataclass(frozen=True)
class TokenCredential:
    """A single sign-on token of the end user.

    The literal WSDL requires userID and password beside a token and shows no sample, so they are
    sent empty there; not tried against a real Unified CM.
    """

    token: Secret


Credential = OwnCredential | ProxyCredential | TokenCredential


@dataclass(frozen=True)
class Line:
    """A line as a profile lists it; `text` goes back to WebDialer exactly as it came."""

    text: str

    @property
    def number(self) -> str:
        """The directory number."""
        return self.text.partition(";")[0].strip()

    @property
    def partition(self) -> str | None:
        """The partition, None for a line that is in none."""
        name = self.text.partition(";")[2].strip()
        return None if name.lower() in ("", "no partition", "null") else name


@dataclass(frozen=True)
class Device:
    """A device of a user; description and model come from getProfileDetail alone."""

    name: str
    lines: tuple[Line, ...] = ()
    description: str = ""
    model: str = ""


@dataclass(frozen=True)
class Caller:
    """Whose phone calls, on which device and line: the UserProfile on the wire."""

    user_id: str
    device: str
    line: str


@dataclass(frozen=True)
class Accepted:
    """WebDialer took the request (code 0), which does not prove that the call reached anyone."""

    operation: Operation
    description: str = ""
