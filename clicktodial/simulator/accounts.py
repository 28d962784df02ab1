"""Who may sign in to a cluster: passwords, lockout, single sign-on tokens, proxy rights."""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from clicktodial.simulator.scene import Cluster, User


@dataclass(frozen=True)
class Credential:
    """What a request says to be let in; a token counts before a password."""

    user_id: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


@dataclass(frozen=True)
class Account:
    """Who a credential turned out to be."""

    id: str
    application: bool = False
    proxy: bool = False


@dataclass
class _Failures:
    count: int = 0
    last: float = 0.0


class Accounts:
    """The users of one cluster, and the memory of wrong passwords."""

    def __init__(self, cluster: Cluster, *, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._settings = cluster.settings
        self._lock = threading.Lock()
        self._failures: dict[str, _Failures] = {}
        self.users = {user.id: user for user in cluster.users}
        self._accounts = {user.id: Account(user.id) for user in cluster.users}
        self._passwords = {user.id: user.password for user in cluster.users}
        for app in cluster.application_users:
            self._accounts[app.id] = Account(app.id, application=True, proxy=app.proxy)
            self._passwords[app.id] = app.password
        self._tokens = {
            token.text: Account(user.id)
            for user in cluster.users
            for token in user.tokens
            if not token.expired
        }

    def user(self, user_id: str) -> User | None:
        """The end user of that id, letter for letter."""
        return self.users.get(user_id)

    def knows(self, user_id: str) -> bool:
        """Whether the directory has the id, be it an end user or an application user."""
        return user_id in self._accounts

    def sign_in(self, credential: Credential) -> Account | None:
        """The account behind the credential; None when wrong, locked, expired or unknown."""
        if credential.token:
            return self._tokens.get(credential.token)
        account = self._accounts.get(credential.user_id)
        if account is None:
            return None
        with self._lock:
            if self._is_locked(account.id):
                return None
            wanted = self._passwords[account.id].encode()
            if hmac.compare_digest(wanted, credential.password.encode("utf-8", "replace")):
                self._failures.pop(account.id, None)
                return account
            failures = self._failures.setdefault(account.id, _Failures())
            failures.count += 1
            failures.last = self._clock()
            return None

    def is_locked(self, user_id: str) -> bool:
        """Whether too many wrong passwords keep even the right one out for now."""
        with self._lock:
            return self._is_locked(user_id)

    def unlock(self, user_id: str = "") -> None:
        """Forget the wrong passwords of one account, or of all."""
        with self._lock:
            if user_id:
                self._failures.pop(user_id, None)
            else:
                self._failures.clear()

    def set_password(self, user_id: str, password: str) -> None:
        """Change a password as the administrator would, which also unlocks the account."""
        if user_id not in self._accounts:
            raise KeyError(f"there is no user {user_id!r}")
        with self._lock:
            self._passwords[user_id] = password
            self._failures.pop(user_id, None)

    def _is_locked(self, user_id: str) -> bool:
        failures = self._failures.get(user_id)
        if failures is None:
            return False
        if self._clock() - failures.last >= self._settings.lockout_seconds:
            del self._failures[user_id]
            return False
        limit = self._settings.lockout_after
        return 0 < limit <= failures.count
