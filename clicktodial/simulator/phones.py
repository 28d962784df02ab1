"""Desk phones: each call is a timeline made when it is dialled, read by the clock afterwards."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from clicktodial.simulator.scene import Behaviour, Device, Line, Registration, Settings, User


class PhoneState(StrEnum):
    """What a person standing before the phone would see."""

    UNREGISTERED = "unregistered"
    IDLE = "idle"
    IN_USE = "in use"
    DIALING = "dialing"
    RINGING = "ringing"
    CONNECTED = "connected"
    BUSY = "busy"
    FAILED = "failed"
    ENDED = "ended"


LIVE = frozenset({PhoneState.DIALING, PhoneState.RINGING, PhoneState.CONNECTED})
_HEARD = LIVE | {PhoneState.BUSY, PhoneState.FAILED}


@dataclass(frozen=True)
class PhoneSnapshot:
    """A phone at one moment; `owners` are user ids, `people` names, `since` is Unix time."""

    name: str
    cluster: str
    model: str
    description: str
    owners: tuple[str, ...]
    people: tuple[str, ...]
    lines: tuple[str, ...]
    state: PhoneState
    digits: str
    line: str
    user: str
    reason: str
    since: float


@dataclass
class _Call:
    digits: str
    line: str
    user: str
    node: str
    reason: str
    timeline: list[tuple[float, PhoneState]]


class Phone:
    """One desk phone; takes one call at a time."""

    def __init__(
        self,
        device: Device,
        *,
        cluster: str,
        owners: Sequence[User],
        clock: Callable[[], float],
    ) -> None:
        self.device = device
        self._cluster = cluster
        self._owners = tuple(user.id for user in owners)
        self._people = tuple(user.name or user.id for user in owners)
        self._clock = clock
        self._lock = threading.Lock()
        self._epoch = time.time() - clock()
        self._standing = device.state
        self._since = clock()
        self._call: _Call | None = None

    def snapshot(self) -> PhoneSnapshot:
        """The phone as it stands now."""
        with self._lock:
            state, since = self._state()
            call = self._call if state in _HEARD or state is PhoneState.ENDED else None
            return PhoneSnapshot(
                name=self.device.name,
                cluster=self._cluster,
                model=self.device.model,
                description=self.device.description,
                owners=self._owners,
                people=self._people,
                lines=tuple(line.text for line in self.device.lines),
                state=state,
                digits=call.digits if call else "",
                line=call.line if call else "",
                user=call.user if call else "",
                reason=call.reason if call else "",
                since=since + self._epoch,
            )

    def is_free(self) -> bool:
        """Whether the phone is registered and would take a call now."""
        with self._lock:
            return self._is_free()

    def dial(
        self,
        digits: str,
        *,
        line: Line,
        user: str,
        node: str,
        behaviour: Behaviour,
        settings: Settings,
        after: float | None = None,
        reason: str = "",
    ) -> bool:
        """Go off hook and dial; False, and nothing happens, where the phone is not free."""
        with self._lock:
            if not self._is_free():
                return False
            timeline = _timeline(self._clock(), behaviour, settings, after)
            self._call = _Call(digits, line.text, user, node, reason, timeline)
            return True

    def hang_up(
        self, *, ended_seconds: float, user: str = "", line: str = "", node: str = ""
    ) -> bool:
        """End the call, if there is one; user, line and node narrow down whose it must be."""
        with self._lock:
            call = self._call
            if call is None or self._state()[0] not in _HEARD:
                return False
            if (user and user != call.user) or (line and line != call.line):
                return False
            if node and node != call.node:
                return False
            now = self._clock()
            call.timeline = [(now, PhoneState.ENDED), (now + ended_seconds, PhoneState.IDLE)]
            return True

    def answer(self, *, settings: Settings) -> bool:
        """Let the far end pick up; False where nothing rings."""
        with self._lock:
            if self._call is None or self._state()[0] is not PhoneState.RINGING:
                return False
            now = self._clock()
            end = now + settings.talk_seconds
            self._call.timeline = [
                (now, PhoneState.CONNECTED),
                (end, PhoneState.ENDED),
                (end + settings.ended_seconds, PhoneState.IDLE),
            ]
            return True

    def stand(self, registration: Registration) -> None:
        """Register, unregister or make busy (off hook by hand); a call in progress is lost."""
        with self._lock:
            self._standing = registration
            self._since = self._clock()
            self._call = None

    def reset(self) -> None:
        """Put the phone back to how the scene opened."""
        self.stand(self.device.state)

    def _state(self) -> tuple[PhoneState, float]:
        if self._standing is Registration.UNREGISTERED:
            return PhoneState.UNREGISTERED, self._since
        if self._standing is Registration.BUSY:
            return PhoneState.IN_USE, self._since
        state, since = PhoneState.IDLE, self._since
        if self._call is not None:
            now = self._clock()
            for start, name in self._call.timeline:
                if start <= now:
                    state, since = name, start
        return state, since

    def _is_free(self) -> bool:
        return self._standing is Registration.REGISTERED and self._state()[0] not in LIVE


def _timeline(
    now: float, behaviour: Behaviour, settings: Settings, after: float | None
) -> list[tuple[float, PhoneState]]:
    steps: list[tuple[float, PhoneState]] = [(settings.dial_seconds, PhoneState.DIALING)]
    if behaviour is Behaviour.ANSWERS:
        wait = settings.answer_seconds if after is None else after
        steps += [(wait, PhoneState.RINGING), (settings.talk_seconds, PhoneState.CONNECTED)]
    elif behaviour is Behaviour.RINGS:
        steps.append((settings.ring_seconds if after is None else after, PhoneState.RINGING))
    elif behaviour is Behaviour.BUSY:
        steps.append((settings.tone_seconds if after is None else after, PhoneState.BUSY))
    else:
        steps.append((settings.tone_seconds if after is None else after, PhoneState.FAILED))
    steps.append((settings.ended_seconds, PhoneState.ENDED))
    timeline = []
    for seconds, state in steps:
        timeline.append((now, state))
        now += seconds
    return [*timeline, (now, PhoneState.IDLE)]
