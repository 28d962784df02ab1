"""Who is signed in to the HTML interface of a node, and which phone was chosen there."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from clicktodial.simulator.accounts import Credential

KEPT = 2_000


@dataclass
class Session:
    """One browser's stay; `form_token` proves that a form is ours."""

    user_id: str
    credential: Credential = field(repr=False)
    key: str = field(repr=False)
    form_token: str = field(repr=False)
    started: float
    device: str = ""
    line: str = ""
    keep_open: bool = False


class Sessions:
    """The sessions of one node, safe from any thread; 0 hours means until the node restarts."""

    def __init__(self, *, hours: int, clock: Callable[[], float]) -> None:
        self._seconds = hours * 3600
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}

    def begin(self, user_id: str, credential: Credential) -> Session:
        """A new session."""
        session = Session(
            user_id=user_id,
            credential=credential,
            key=secrets.token_urlsafe(24),
            form_token=secrets.token_urlsafe(18),
            started=self._clock(),
        )
        with self._lock:
            while len(self._sessions) >= KEPT:
                self._sessions.pop(next(iter(self._sessions)))
            self._sessions[session.key] = session
        return session

    def find(self, key: str) -> Session | None:
        """The session of a cookie's value; None where it is unknown or has expired."""
        with self._lock:
            session = self._sessions.get(key)
            if session and self._seconds and self._clock() - session.started >= self._seconds:
                del self._sessions[key]
                return None
            return session

    def end(self, key: str) -> None:
        """Sign out."""
        with self._lock:
            self._sessions.pop(key, None)

    def clear(self) -> None:
        """Sign everybody out, as a restart of the service does."""
        with self._lock:
            self._sessions.clear()
