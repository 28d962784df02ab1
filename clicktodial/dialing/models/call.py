"""Every call that was asked for: claimed before anything leaves, settled when its fate is known."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing import unlisted
from clicktodial.dialing.models.cluster import Cluster, Known, Node
from clicktodial.dialing.models.outcome import IN_FLIGHT, Outcome
from clicktodial.dialing.models.profile import Mode
from clicktodial.webdialer import Caller, Line

LONGEST_NOTE = 500
# Nothing of an erased call but its click token and the bare facts: whoever presses the button of
# an old page once more must find that its click was used.
_TOLD = ("name", "number", "digits", "dialled_as", "unlisted_digits", "after", "note")
ERASED = dict.fromkeys(_TOLD, "")
TOMBSTONE = timedelta(days=365)  # how long an erased call's click is remembered
# A worker that was killed says nothing more. After this long its call is settled without it.
GRACE = timedelta(seconds=5)


class ForeignClick(Exception):
    """The click token belongs to somebody else's call."""


class AnotherCall(Exception):
    """The person's previous call is still being placed; `call` is that one."""

    def __init__(self, call: "Call") -> None:
        super().__init__("a call is being placed")
        self.call = call


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
        """The person's last call, settled first if its worker is gone."""
        call = self.filter(user=user).select_related("cluster").order_by("-pk").first()
        if call and call.is_abandoned:
            self.filter(pk=call.pk).settle_abandoned()
            call.refresh_from_db()
        return call

    def recents_of(self, user: Any) -> "CallQuerySet":
        """The person's calls that were not erased, the latest first."""
        return self.filter(user=user, erased_at__isnull=True).order_by("-pk")

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
        and False. Raises AnotherCall while another click of the same person is being placed, and
        ForeignClick.
        """
        settle_by = timezone.now() + timedelta(seconds=seconds) + GRACE
        for last_try in (False, True):
            try:
                with transaction.atomic():
                    return self.create(click=click, user=user, settle_by=settle_by, **facts), True
            except IntegrityError:
                call = self.seen(click=click, user=user)
                if call is not None:
                    return call, False
                self.filter(user=user).settle_abandoned()
                other = self.filter(user=user).in_flight().first()
                if other is not None:
                    raise AnotherCall(other) from None
                if last_try:  # nothing is in its way, so the row itself is wrong
                    raise
        raise AssertionError("unreachable")


class Call(models.Model):
    """One click and what became of it."""

    click = models.UUIDField(_("click"), editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calls")
    mode = models.CharField(_("dialled with"), max_length=8, choices=Mode)
    name = models.CharField(_("name"), max_length=200, blank=True)
    number = models.CharField(_("number"), max_length=80, help_text=_("As it was shown."))
    digits = models.CharField(
        _("digits"), max_length=80, blank=True, help_text=_("As sent, without FAC and CMC.")
    )
    dialled_as = models.CharField(
        _("digits as shown"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("In groups, where they are not the number’s own."),
    )
    unlisted_digits = models.CharField(_("unlisted digits"), max_length=80, blank=True, default="")
    after = models.CharField(
        _("to key in after"), max_length=80, blank=True, help_text=_("Shown, never sent.")
    )

    cluster = models.ForeignKey(Cluster, models.SET_NULL, null=True, verbose_name=_("cluster"))
    node = models.ForeignKey(Node, models.SET_NULL, null=True, verbose_name=_("node"))
    cucm_user_id = models.CharField(_("Unified CM user id"), max_length=128, blank=True)
    known_by = models.CharField(_("known by"), max_length=8, choices=Known, default=Known.PROXY)
    device = models.CharField(_("device"), max_length=128, blank=True)
    line = models.CharField(_("line"), max_length=200, blank=True)

    outcome = models.CharField(
        _("outcome"), max_length=12, choices=Outcome, default=Outcome.PLACING
    )
    code = models.SmallIntegerField(_("code"), null=True, blank=True)
    trouble = models.CharField(_("trouble"), max_length=40, blank=True)
    placed_at = models.DateTimeField(_("placed at"), auto_now_add=True)
    settle_by = models.DateTimeField(_("settled without its worker after"), editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    note = models.CharField(_("own note"), max_length=LONGEST_NOTE, blank=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)
    end_asked_at = models.DateTimeField(_("hanging up asked at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("hung up at"), null=True, blank=True)
    end_code = models.SmallIntegerField(_("code of hanging up"), null=True, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ("-pk",)
        indexes = [models.Index(fields=["user", "-id"], name="calls_of_a_person")]
        constraints = [
            models.UniqueConstraint("click", name="one_call_per_click"),
            models.UniqueConstraint(
                "user", condition=Q(outcome__in=IN_FLIGHT), name="one_call_in_flight_per_person"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=IN_FLIGHT) | Q(settled_at__isnull=False),
                name="a_settled_call_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.REFUSED) | Q(code__isnull=False),
                name="a_refused_call_has_its_code",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.SENDING) | Q(sent_at__isnull=False),
                name="a_sent_call_says_when",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | (Q(**ERASED) & ~Q(outcome__in=IN_FLIGHT)),
                name="an_erased_call_tells_nobody_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown} ({self.get_outcome_display()})"

    @property
    def shown(self) -> str:
        """The number as a page shows it to the person who called."""
        return unlisted.shown(self.number)

    @property
    def caller(self) -> Caller:
        """The phone this call was placed from: what hanging up must name again."""
        return Caller(self.cucm_user_id, self.device, self.line)

    @property
    def line_number(self) -> str:
        return Line(self.line).number

    @property
    def reference(self) -> str:
        """What a person tells the help desk to have this call found."""
        return self.click.hex[:8].upper()

    @property
    def audit_name(self) -> str:
        """What the audit trail calls it: the number may be a private one."""
        return self.reference

    @property
    def is_in_flight(self) -> bool:
        return self.outcome in IN_FLIGHT

    @property
    def is_settled(self) -> bool:
        return not self.is_in_flight

    @property
    def is_abandoned(self) -> bool:
        return self.is_in_flight and self.settle_by < timezone.now()

    def send_to(self, node: Node, *, after: float, seconds: float) -> bool:
        """Mark the call as leaving for the node `after` seconds; False where it is settled already.

        This is the fence: a worker that slept too long finds the row settled and sends nothing.
        """
        sent_at = timezone.now() + timedelta(seconds=after)
        settle_by = sent_at + timedelta(seconds=seconds) + GRACE
        mine = Call.objects.filter(pk=self.pk, outcome=Outcome.PLACING).update(
            outcome=Outcome.SENDING, node=node, sent_at=sent_at, settle_by=settle_by
        )
        if mine:
            self.outcome, self.node, self.sent_at = Outcome.SENDING, node, sent_at
            self.settle_by = settle_by
        return bool(mine)

    def take_back(self, *, seconds: float) -> None:
        """Nothing was placed by the last node: the call may go to another."""
        settle_by = timezone.now() + timedelta(seconds=seconds) + GRACE
        Call.objects.filter(pk=self.pk, outcome=Outcome.SENDING).update(
            outcome=Outcome.PLACING, settle_by=settle_by
        )
        self.refresh_from_db(fields=["outcome"])

    def settle(self, outcome: Outcome, *, code: int | None = None, trouble: str = "") -> None:
        """Tell how the call ended; an answer that comes late still replaces *unknown*."""
        facts = {"outcome": outcome, "code": code, "trouble": trouble, "settled_at": timezone.now()}
        row = Call.objects.filter(pk=self.pk, outcome__in=(*IN_FLIGHT, Outcome.UNKNOWN))
        try:
            told = row.update(**facts)
        except OperationalError:
            # What is known must not be lost to a database that was busy or has restarted.
            connection.close_if_unusable_or_obsolete()
            told = row.update(**facts)
        if not told:
            self.refresh_from_db()
            return
        for name, value in facts.items():
            setattr(self, name, value)

    def ask_to_end(self) -> bool:
        """Whether hanging up is ours to ask for; False where it was asked for before."""
        now = timezone.now()
        mine = Call.objects.filter(pk=self.pk, end_asked_at__isnull=True).update(end_asked_at=now)
        self.refresh_from_db(fields=["end_asked_at", "ended_at", "end_code"])
        return bool(mine)

    def let_end_again(self) -> None:
        """Nothing was hung up for sure: it may be asked for again."""
        self.end_asked_at = None
        self.save(update_fields=["end_asked_at"])

    def end(self, code: int) -> None:
        """Keep what Unified CM said to hanging up; 0 means it took it, 1 that there was no call."""
        self.end_code = code
        if code == 0:
            self.ended_at = timezone.now()
        elif code != 1:
            self.end_asked_at = None
        self.save(update_fields=["end_code", "ended_at", "end_asked_at"])
