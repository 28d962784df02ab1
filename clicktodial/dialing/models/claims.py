"""The calls as a table: a click's row is claimed once, read by whom it concerns, and erased."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, OperationalError, models, transaction
from django.db.models import Q
from django.utils import timezone

from clicktodial.dialing.models.outcome import IN_FLIGHT, Outcome

if TYPE_CHECKING:
    from clicktodial.dialing.models.call import Call


LONGEST_NOTE = 500
# Nothing of an erased call but its click token and the bare facts: whoever presses the button of
# an old page once more must find that its click was used.
_TOLD = ("name", "number", "digits", "dialled_as", "unlisted_digits", "after", "note")
ERASED = dict.fromkeys(_TOLD, "")
TOMBSTONE = timedelta(days=365)  # how long an erased call's click is remembered
# A worker that was killed says nothing more. After this long its call is settled without it.
GRACE = timedelta(seconds=5)

MOST_TRIES = 5  # to claim a click against others of the same person


class ForeignClick(Exception):
    """The click token belongs to somebody else's call."""


class AnotherCall(Exception):
    """Another call of the person, or from the phone, is still being placed: `call`."""

    def __init__(self, call: "Call", *, by: Any) -> None:
        super().__init__("a call is being placed")
        self.call = call
        self.is_own = call.user_id == by.pk


class NotClaimed(Exception):
    """The database was busy for too long to take the click: nothing was kept, and nothing sent."""


class CallQuerySet(models.QuerySet["Call"]):
    def in_flight(self) -> "CallQuerySet":
        return self.filter(outcome__in=IN_FLIGHT)

    def asked_too_often(self, user: Any, *, a_minute: int) -> bool:
        """Whether the person asked for so many calls within the last minute already."""
        latest = self.filter(user=user).order_by("-pk").values_list("placed_at", flat=True)
        nth = latest[a_minute - 1 : a_minute].first()
        return nth is not None and nth > timezone.now() - timedelta(minutes=1)

    def settle_abandoned(self) -> int:
        """Settle what a dead worker left behind, as truthfully as the row allows.

        What was never sent can no longer be sent, since `send_to` asks the row first. What was
        being sent may have rung.
        """
        now = timezone.now()
        late = self.filter(settle_by__lt=now)
        unsent = late.filter(outcome=Outcome.PLACING)
        sent = late.filter(outcome=Outcome.SENDING)
        return unsent.update(
            outcome=Outcome.NOT_SENT, trouble="abandoned", settled_at=now
        ) + sent.update(outcome=Outcome.UNKNOWN, trouble="abandoned", settled_at=now)

    def latest_of(self, user: Any) -> "Call | None":
        """The person's last call, or the last of others that their phone may have dialled.

        Settled first if its worker is gone.
        """
        rang = (Outcome.ACCEPTED, Outcome.UNKNOWN)
        return self._latest(Q(user=user), Q(owner=user, outcome__in=rang))

    def latest_from_phone_of(self, user: Any) -> "Call | None":
        """The last call that the person's own phone may have dialled or may yet, for whomever."""
        placed = ~Q(outcome__in=(Outcome.REFUSED, Outcome.NOT_SENT))
        return self._latest(placed & Q(user=user, owner__isnull=True), placed & Q(owner=user))

    def _latest(self, *conditions: Q) -> "Call | None":
        """Each condition is looked up by its own index: this is asked on every page."""
        rows = self.select_related("cluster", "user", "owner").order_by("-pk")
        found = [row for row in (rows.filter(each).first() for each in conditions) if row]
        call = max(found, key=lambda row: row.pk, default=None)
        if call and call.is_abandoned:
            self.filter(pk=call.pk).settle_abandoned()
            return self._latest(*conditions)  # it may be none of these any more
        return call

    def seen_by(self, user: Any) -> "CallQuerySet":
        """The calls that the person placed, and those that others placed from their phone."""
        return self.filter(Q(user=user) | Q(owner=user))

    def recents_of(self, user: Any) -> "CallQuerySet":
        """What the person sees that was not erased, the latest first."""
        return self.seen_by(user).filter(erased_at__isnull=True).order_by("-pk")

    def own_of(self, user: Any) -> "CallQuerySet":
        """What the person placed from their own phone."""
        return self.filter(user=user, owner__isnull=True)

    def erasable_by(self, user: Any) -> "CallQuerySet":
        """What the person may erase: from somebody else's phone, that is for its owner to do."""
        return self.filter(Q(user=user, owner__isnull=True) | Q(owner=user))

    def erase(self) -> int:
        """Forget whom these calls went to; those that are still being placed stay."""
        kept = self.filter(erased_at__isnull=True).exclude(outcome__in=IN_FLIGHT)
        return kept.update(erased_at=timezone.now(), **ERASED)

    def prune(self, *, days: int) -> int:
        """Erase every call older than this, and forget the clicks of long ago altogether."""
        now = timezone.now()
        self.settle_abandoned()
        erased = self.filter(placed_at__lt=now - timedelta(days=days)).erase()
        oldest = now - max(TOMBSTONE, timedelta(days=days))
        self.filter(placed_at__lt=oldest, erased_at__isnull=False).delete()
        return erased

    def seen(self, *, click: UUID, user: Any) -> "Call | None":
        """The call of a click that was pressed before; raises ForeignClick."""
        call = self.filter(click=click).first()
        if call and call.user_id != user.pk:
            raise ForeignClick
        return call

    def claim(self, *, click: UUID, user: Any, seconds: float, **facts: Any) -> "tuple[Call, bool]":
        """This click's one row, and whether it is ours to act upon.

        Committed before it returns. A click that has its row already gets that row as it stands,
        and False. Raises AnotherCall while another click of the same person, or for the same
        person's phone, is being placed, ForeignClick, and NotClaimed.
        """
        settle_by = timezone.now() + timedelta(seconds=seconds) + GRACE
        # What was in the way may be settled by the time it is looked for, and another come.
        for tries_left in reversed(range(MOST_TRIES)):
            try:
                with transaction.atomic():
                    return self.create(click=click, user=user, settle_by=settle_by, **facts), True
            except OperationalError as busy:
                # SQLite has one writer, and a large import may be it for longer than one waits.
                raise NotClaimed from busy
            except IntegrityError:
                call = self.seen(click=click, user=user)
                if call is not None:
                    return call, False
                phone_of = facts.get("owner") or user
                same_phone = Q(owner=phone_of) | Q(owner__isnull=True, user=phone_of)
                others = self.filter(Q(user=user) | same_phone)
                others.settle_abandoned()
                other = others.in_flight().first()
                if other is not None:
                    raise AnotherCall(other, by=user) from None
                if not tries_left:  # nothing is in its way, so the row itself is wrong
                    raise
        raise AssertionError("unreachable")
