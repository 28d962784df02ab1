"""The call bar: what it says about a call and which buttons it offers."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from math import ceil, inf, isinf
from typing import Any

from django.utils import timezone

from clicktodial.dialing import causes, delegations, kinds, sides, unlisted, ways, wording
from clicktodial.dialing.models import Call, DialProfile, Mode, Outcome, PhoneName

PUT_AWAY = "call_bar_put_away"  # the session's key of the call whose bar was closed
FRESH = timedelta(minutes=10)  # how long the bar follows a person from page to page
LONGEST = timedelta(hours=12)  # the same for people who keep it open


@dataclass(frozen=True)
class CallBar:
    """A call, or an attempt that did not become one, as the bar shows it."""

    said: wording.Said
    number: str
    name: str = ""
    call: Call | None = None
    reader: Any = None
    """Who looks at it: the person who placed the call, or whose phone it was placed from."""
    go: str = ""
    """Where the page has to go on, such as the choice of a device."""
    others: tuple[Mode, ...] = ()
    """The ways that are offered in place of one that is out; none is taken silently."""

    @property
    def state(self) -> str:
        return self.said.state

    @property
    def shown(self) -> str:
        """The number as the bar shows it."""
        return unlisted.shown(self.number)

    @property
    def about(self) -> str:
        """Who placed it from whose phone, where these are two."""
        return sides.about(self.call, self.reader) if self.call else ""

    @property
    def behalf(self) -> int | None:
        """The delegation by which to redial from the same phone; 0 for one that is gone.

        Redial is refused then, rather than taking another phone silently.
        """
        return (self.call.delegation_id or 0) if self.call and self.is_from_afar else None

    @property
    def is_from_afar(self) -> bool:
        """Whether the reader has called from somebody else's phone."""
        return sides.is_from_afar(self.call, self.reader) if self.call else False

    @property
    def dialled_as(self) -> str:
        """The digits that were sent in groups, where the number shown does not say them."""
        return self.call.dialled_as if self.call else ""

    @property
    def waits(self) -> bool:
        return bool(self.call and self.call.is_in_flight)

    @property
    def has_window(self) -> bool:
        return bool(self.call and self.call.node and self.call.outcome == Outcome.HANDED_OVER)

    @property
    def handle(self) -> str:
        """The link that opens the softphone of a call that was handed to it."""
        return ways.handle_of(self.call) if self.call else ""

    @cached_property
    def causes(self) -> tuple[str, ...]:
        """Why the phone may not ring: what fits this call's code and number."""
        if self.call is None:
            return ()
        return causes.of(self.call, phone_of=self.call.owner if self.is_from_afar else None)

    @cached_property
    def phone(self) -> str:
        """The phone's name, the person's own for it where there is one."""
        call = self.call
        if call is None or not call.device:
            return ""
        name = PhoneName.objects.of(self.reader).get((call.device, call.line))
        mine = self._mine
        model = mine.device_model if mine and mine.device == call.device else ""
        return name or kinds.called(call.device, model)

    @cached_property
    def _mine(self) -> DialProfile | None:
        return DialProfile.objects.filter(user=self.reader).first()

    @property
    def may_end(self) -> bool:
        """Whether hanging up makes sense: the call may be going on, and nobody hung up yet."""
        call = self.call
        return bool(
            call
            and call.mode == Mode.DESK_PHONE
            and call.outcome in (Outcome.ACCEPTED, Outcome.UNKNOWN)
            and not call.end_asked_at
            and (not self.is_from_afar or delegations.may_hang_up(call))
        )

    @property
    def end_stands_out(self) -> bool:
        """Whether the call is so young that hanging up is the likeliest next wish."""
        return self._stands_out_for > 0

    @property
    def folds_after(self) -> int | None:
        """Seconds after which the bar folds; None where it stays open until it is closed."""
        call, seconds = self.call, self._stands_out_for
        if call is None or isinf(seconds):
            return None
        goes_on = call.outcome == Outcome.ACCEPTED and self.may_end
        folds = goes_on or call.outcome == Outcome.HANDED_OVER
        return ceil(max(seconds, 0)) if folds else None

    @cached_property
    def _stands_out_for(self) -> float:
        """Seconds for which Hang up stands out yet; infinite for who keeps the bar open."""
        call = self.call
        if not (call and call.cluster and call.settled_at):
            return 0
        mine = self._mine
        if mine and mine.keeps_bar:
            return inf
        seconds = (mine and mine.hang_up_seconds) or call.cluster.end_call_seconds
        return seconds - (timezone.now() - call.settled_at).total_seconds()


def of(call: Call, *, reader: Any = None) -> CallBar:
    """The bar of a call as it stands, for who placed it or for the owner of the phone."""
    reader = reader or call.user
    return CallBar(
        said=sides.said(call, reader),
        number=call.number,
        name=call.name,
        call=call,
        reader=reader,
        others=ways.after(call) if reader == call.user else (),
    )


def latest_of(user: Any, *, put_away: int | None) -> CallBar | None:
    """The bar of the person's last call while it is fresh and was not put away."""
    call = Call.objects.latest_of(user)
    if call is None or call.erased_at or call.pk == put_away:
        return None
    age = timezone.now() - call.placed_at
    if age > LONGEST or (age > FRESH and not _keeps_bar(user)):
        return None
    return of(call, reader=user)


def _keeps_bar(user: Any) -> bool:
    return DialProfile.objects.filter(user=user, keeps_bar=True).exists()
