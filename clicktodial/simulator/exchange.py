"""A cluster at work: the six operations of WebDialer and the result code of each."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from clicktodial.simulator import lines, numbers
from clicktodial.simulator.accounts import Account, Accounts, Credential
from clicktodial.simulator.phones import Phone
from clicktodial.simulator.records import Ledger
from clicktodial.simulator.scene import Behaviour, Cluster, Device, Line, User

DESCRIPTIONS = {
    0: "Success",
    1: "Call failure error",
    2: "User authentication error",
    3: "No authentication proxy rights",
    4: "Directory error",
    5: "No device is configured for the user or missing parameters exist in the request",
    6: "Service temporarily unavailable",
    7: "Destination cannot be reached",
    8: "Service error",
    9: "Service overloaded",
}


@dataclass(frozen=True)
class Profile:
    """Whose phone and which line; None for a member that the request left out."""

    user: str | None = None
    device: str | None = None
    line: str | None = None
    complete: bool = True


@dataclass(frozen=True)
class Asked:
    """Where and how an operation came in, for the records."""

    node: str
    via: str
    fault: str = ""


class Exchange:
    """One cluster: its directory, its phones, its limits. Safe to use from any thread."""

    def __init__(self, cluster: Cluster, *, ledger: Ledger, clock: Callable[[], float]) -> None:
        self.cluster = cluster
        self.settings = cluster.settings
        self.accounts = Accounts(cluster, clock=clock)
        self._ledger = ledger
        self._clock = clock
        self._lock = threading.Lock()
        self._recent: dict[str, deque[float]] = {node.name: deque() for node in cluster.nodes}
        owners: dict[str, list[User]] = {}
        for user in cluster.users:
            for name in user.devices:
                owners.setdefault(name, []).append(user)
        self.phones = {
            device.name: Phone(
                device,
                cluster=cluster.name,
                owners=owners.get(device.name, ()),
                clock=clock,
            )
            for device in cluster.devices
        }

    def is_cluster_user(self, user_id: str) -> bool:
        """Whether the directory of this cluster has the user; needs no credential."""
        return self.settings.directory == "up" and self.accounts.knows(user_id)

    def get_profile(self, credential: Credential, user_id: str) -> tuple[int, tuple[Device, ...]]:
        """Code and devices of a user, for the user or for a proxy."""
        code, user, _ = self._admit(credential, user_id)
        if user is None:
            return code, ()
        devices = self.devices_of(user)
        return (0, devices) if devices else (5, ())

    def get_profile_detail(self, credential: Credential) -> tuple[int, tuple[Device, ...]]:
        """Code and devices of the credential's own user; code 1 is that there is none."""
        code, user = self._admit_self(credential)
        if user is None:
            return code, ()
        devices = self.devices_of(user)
        return (0, devices) if devices else (1, ())

    def get_primary_line(self, credential: Credential) -> str:
        """The primary line of the credential's own user; empty when refused or when none."""
        _, user = self._admit_self(credential)
        return user.primary_line if user else ""

    def make_call(
        self, credential: Credential, destination: str | None, profile: Profile, *, asked: Asked
    ) -> int:
        """The result code of a makeCall, after the phone has dialled where it is 0."""
        code, account, phone, line = self._prepare_call(credential, destination, profile, asked)
        dialed = ""
        if code == 0 and phone is not None and line is not None and account is not None:
            code, dialed = self._dial(phone, line, destination or "", profile.user or "", asked)
        self.record_call(
            credential, destination, profile, asked, code=code, dialed=dialed, account=account
        )
        return code

    def end_call(self, credential: Credential, profile: Profile, *, asked: Asked) -> int:
        """The result code of an endCall, after the phone has hung up where it is 0."""
        code, user, account = self._admit(credential, profile.user)
        if user is not None:
            code, phone, line = self._find_line(user, profile)
            if phone is not None and line is not None:
                node = "" if self.settings.end_call_on_any_node else asked.node
                ended = phone.hang_up(
                    ended_seconds=self.settings.ended_seconds,
                    user=user.id,
                    line=line.text,
                    node=node,
                )
                code = 0 if ended else 1
        self.record_end(credential, profile, asked, code=code, account=account)
        return code

    def record_call(
        self,
        credential: Credential,
        destination: str | None,
        profile: Profile,
        asked: Asked,
        *,
        code: int | None,
        dialed: str = "",
        account: Account | None = None,
    ) -> None:
        """Write down a makeCall, also one that a fault kept from being acted on."""
        self._ledger.add_call(
            **self._facts(credential, profile, asked, account),
            destination=destination or "",
            code=code,
            rang=bool(dialed),
            dialed=dialed,
        )

    def record_end(
        self,
        credential: Credential,
        profile: Profile,
        asked: Asked,
        *,
        code: int | None,
        account: Account | None = None,
        acted: bool = True,
    ) -> None:
        """Write down an endCall, also one that a fault kept from being acted on."""
        facts = self._facts(credential, profile, asked, account)
        self._ledger.add_end(**facts, code=code, hung_up=acted and code == 0)

    def devices_of(self, user: User) -> tuple[Device, ...]:
        """The devices of a user in the order of the scene."""
        return tuple(self.phones[name].device for name in user.devices)

    def reset(self) -> None:
        """Free every phone, unlock every account and forget the pace."""
        for phone in self.phones.values():
            phone.reset()
        self.accounts.unlock()
        with self._lock:
            for recent in self._recent.values():
                recent.clear()

    def _prepare_call(
        self, credential: Credential, destination: str | None, profile: Profile, asked: Asked
    ) -> tuple[int, Account | None, Phone | None, Line | None]:
        if not self._take_turn(asked.node):
            return self.settings.limit_code, None, None, None
        if self.settings.cti == "down":
            return 6, None, None, None
        code, user, account = self._admit(credential, profile.user)
        if user is None:
            return code, account, None, None
        if not destination:
            return 5, account, None, None
        code, phone, line = self._find_line(user, profile)
        return code, account, phone, line

    def _dial(
        self, phone: Phone, line: Line, destination: str, user: str, asked: Asked
    ) -> tuple[int, str]:
        if not phone.is_free():
            return 1, ""
        digits = self._digits(destination, phone, asked)
        behaviour, reason, after = Behaviour.FAILS, "the number cannot be dialled", None
        if numbers.is_dialable(digits):
            route = numbers.find_route(
                digits, self.cluster.destinations, otherwise=self.settings.otherwise
            )
            behaviour, reason, after = route.behaviour, "", route.after
            if route.code_wrong:
                behaviour, reason, after = Behaviour.FAILS, "no valid authorisation code", None
            elif behaviour is Behaviour.NO_ROUTE:
                return 7, ""
        taken = phone.dial(
            digits,
            line=line,
            user=user,
            node=asked.node,
            behaviour=behaviour,
            settings=self.settings,
            after=after,
            reason=reason,
        )
        return (0, digits) if taken else (1, "")

    def _digits(self, destination: str, phone: Phone, asked: Asked) -> str:
        html = asked.via == "html"
        digits = numbers.clean_html(destination) if html else destination
        rules = self.settings.apply_dial_rules if html else self.settings.apply_dial_rules_to_soap
        if rules:
            digits = numbers.apply_rules(digits, self.cluster.dial_rules)
        if phone.device.protocol == "SCCP":
            digits = numbers.clean_sccp(digits) or digits
        return digits

    def _admit(
        self, credential: Credential, user_id: str | None
    ) -> tuple[int, User | None, Account | None]:
        """Code, the user acted for, and who asks; the user is None where the code is not 0."""
        if self.settings.directory == "down":
            return 4, None, None
        account = self.accounts.sign_in(credential)
        if account is None:
            return 2, None, None
        if not user_id:
            return 5, None, account
        if not account.proxy and account.id != user_id:
            return 3, None, account
        user = self.accounts.user(user_id)
        if user is None:
            return (3 if account.id == user_id else 4), None, account
        return 0, user, account

    def _admit_self(self, credential: Credential) -> tuple[int, User | None]:
        if self.settings.directory == "down":
            return 4, None
        account = self.accounts.sign_in(credential)
        if account is None:
            return 2, None
        user = self.accounts.user(account.id)
        return (0, user) if user else (3, None)

    def _find_line(self, user: User, profile: Profile) -> tuple[int, Phone | None, Line | None]:
        if not profile.complete or not profile.device or profile.line is None:
            return 5, None, None
        if profile.device not in user.devices:
            return 5, None, None
        phone = self.phones[profile.device]
        line = lines.find(phone.device, profile.line, lenient=self.settings.lenient_lines)
        return (0, phone, line) if line else (5, None, None)

    def _take_turn(self, node: str) -> bool:
        """Count the call request in the node's sliding second; False when it is full."""
        limit = self.settings.calls_a_second
        with self._lock:
            recent, now = self._recent[node], self._clock()
            while recent and recent[0] <= now - 1.0:
                recent.popleft()
            if limit and len(recent) >= limit:
                return False
            recent.append(now)
            return True

    def _facts(
        self, credential: Credential, profile: Profile, asked: Asked, account: Account | None
    ) -> dict[str, str]:
        return {
            "node": asked.node,
            "cluster": self.cluster.name,
            "user": profile.user or "",
            "by": account.id if account else credential.user_id,
            "device": profile.device or "",
            "line": profile.line or "",
            "via": asked.via,
            "fault": asked.fault,
        }
