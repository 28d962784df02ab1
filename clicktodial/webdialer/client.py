"""WebDialer's six operations as six methods."""

import logging
import time
import traceback
from collections.abc import Callable
from typing import TypeVar

from clicktodial.webdialer.answers import Answer
from clicktodial.webdialer.decoder import decode
from clicktodial.webdialer.dialects import dialect
from clicktodial.webdialer.errors import Problem, Unreadable, WebDialerError
from clicktodial.webdialer.transport import Message, Transport
from clicktodial.webdialer.values import (
    Accepted,
    Caller,
    Credential,
    Device,
    Generation,
    Operation,
    ProxyCredential,
    Secret,
    TokenCredential,
)

logger = logging.getLogger("clicktodial.webdialer")

T = TypeVar("T")


class WebDialer:
    """One node, spoken to in one generation with one credential; cheap to make for each call.

    Every method may raise any WebDialerError. BadText is raised before anything is sent.
    """

    def __init__(
        self, transport: Transport, *, generation: Generation, credential: Credential | None = None
    ) -> None:
        self._transport = transport
        self._dialect = dialect(generation)
        self._credential = credential

    def is_cluster_user(self, user_id: str) -> bool:
        """Whether the node's cluster is home to the user; needs no credential."""
        return self._ask(Operation.IS_CLUSTER_USER, Secret(user_id), read=Answer.flag)

    def speaks(self, user_id: str) -> bool:
        """Whether the node answers isClusterUserSoap in the very words of this generation."""
        operation = Operation.IS_CLUSTER_USER
        answer = self._ask(operation, Secret(user_id), read=_with_a_flag)
        return answer.name == self._dialect.returns(operation)

    def get_profile(self, user_id: str) -> tuple[Device, ...]:
        """The user's devices with their lines; works by proxy."""
        operation = Operation.GET_PROFILE
        return self._ask(operation, self._known(), Secret(user_id), read=Answer.devices)

    def get_profile_detail(self) -> tuple[Device, ...]:
        """The credential's own devices, with description and model; NoDevice if there are none."""
        return self._ask(Operation.GET_PROFILE_DETAIL, self._own(), read=Answer.devices)

    def get_primary_line(self) -> str:
        """The credential's own primary directory number, empty where there is none.

        WebDialer sends no code here: a refusal looks like no primary line.
        """
        return self._ask(Operation.GET_PRIMARY_LINE, self._own(), read=Answer.text)

    def make_call(
        self, destination: str | Secret, *, caller: Caller, not_after: float | None = None
    ) -> Accepted:
        """Have the caller's phone dial; sent once at most, whatever happens.

        After `not_after` (time.monotonic) it is NotSent: a process may be frozen for long.
        """
        operation = Operation.MAKE_CALL
        digits = destination if isinstance(destination, Secret) else Secret(destination)
        asked = (self._known(), digits, caller)
        words = self._ask(operation, *asked, read=Answer.description, not_after=not_after)
        return Accepted(operation, words)

    def end_call(self, *, caller: Caller) -> Accepted:
        """End the call on the caller's device and line; ask the node that made it."""
        operation = Operation.END_CALL
        words = self._ask(operation, self._known(), caller, read=Answer.description)
        return Accepted(operation, words)

    def _known(self) -> Credential:
        if self._credential is None:
            raise ValueError("this operation needs a credential")
        return self._credential

    def _own(self) -> Credential:
        if isinstance(self._credential, ProxyCredential):
            raise ValueError("this operation does not work by proxy")
        return self._known()

    def _ask(
        self,
        operation: Operation,
        *arguments: Credential | Caller | Secret,
        read: Callable[[Answer], T],
        not_after: float | None = None,
    ) -> T:
        started = time.monotonic()
        outcome = "failed"
        try:
            result = read(self._answer(operation, arguments, not_after))
            outcome = "code 0"
            return result
        except WebDialerError as error:
            outcome = _outcome(error)
            # Without the frames it came through: their variables hold the envelope.
            located = error.at(str(self._transport.address), operation=operation)
            raise located.with_traceback(None) from None
        except Exception as error:
            # A mistake of this package: the frames hold the same secrets, so their places must do.
            places = traceback.extract_tb(error.__traceback__)
            error.add_note("\n".join(f"at {at.filename}:{at.lineno}" for at in places))
            raise error.with_traceback(None) from None
        finally:
            level = logging.INFO if operation.acts else logging.DEBUG
            spent = (time.monotonic() - started) * 1000
            address = self._transport.address
            logger.log(level, "%s %s: %s, %.0f ms", address, operation, outcome, spent)

    def _answer(
        self,
        operation: Operation,
        arguments: tuple[Credential | Caller | Secret, ...],
        not_after: float | None = None,
    ) -> Answer:
        message = Message(
            path=self._dialect.PATH,
            action=self._dialect.action(operation),
            content=self._dialect.write(operation, arguments),
            repeatable=not operation.acts,
            not_after=not_after,
        )
        reply = self._transport.post(message)
        secrets = [_secret(part) for part in arguments if not isinstance(part, Caller)]
        result = decode(reply.content, operation=operation, status=reply.status, secrets=secrets)
        return Answer(operation, result.name, result.value, secrets)


def find_generation(transport: Transport, *, user_id: str = "clicktodial") -> Generation:
    """The generation the node speaks, found without credentials and without any effect.

    The user need not exist. NotSent and NoAnswer pass through; Unreadable means that the node
    answers in neither generation.
    """
    last: Unreadable | None = None
    for generation in (Generation.LITERAL, Generation.AXIS):
        try:
            if WebDialer(transport, generation=generation).speaks(user_id):
                return generation
        except Unreadable as error:
            last = error
    failure = Unreadable(last.status if last else 200, Problem.NOT_ACTIVATED)
    failure.seen = last.problem if last else None
    raise failure.at(str(transport.address), operation=Operation.IS_CLUSTER_USER)


def _with_a_flag(answer: Answer) -> Answer:
    answer.flag()
    return answer


def _secret(part: Credential | Secret) -> Secret:
    if isinstance(part, Secret):
        return part
    return part.token if isinstance(part, TokenCredential) else part.password


def _outcome(error: WebDialerError) -> str:
    said = getattr(error, "code", None) or getattr(error, "reason", None)
    return f"{type(error).__name__} ({said or getattr(error, 'problem', '')})"
