"""Every call that was asked for: claimed before anything leaves, settled when its fate is known."""

from datetime import timedelta

from django.conf import settings
from django.db import OperationalError, connection, models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing import unlisted
from clicktodial.dialing.models.claims import (
    ERASED,
    GRACE,
    LONGEST_NOTE,
    CallQuerySet,
)
from clicktodial.dialing.models.cluster import Cluster, Known, Node
from clicktodial.dialing.models.delegation import Delegation
from clicktodial.dialing.models.outcome import IN_FLIGHT, Outcome
from clicktodial.dialing.models.profile import Mode
from clicktodial.webdialer import Caller, Line


class Call(models.Model):
    """One click and what became of it."""

    click = models.UUIDField(_("click"), editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calls")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="calls_by_others",
        verbose_name=_("whose phone"),
        help_text=_("Of a call that was placed from somebody else's phone."),
    )
    delegation = models.ForeignKey(
        Delegation, models.SET_NULL, null=True, related_name="calls", verbose_name=_("delegation")
    )
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
        db_default="",
        default="",
        help_text=_("In groups, where they are not the number’s own."),
    )
    unlisted_digits = models.CharField(
        _("unlisted digits"), max_length=80, blank=True, db_default="", default=""
    )
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
        indexes = [
            models.Index(fields=["user", "-id"], name="calls_of_a_person"),
            models.Index(fields=["placed_at"], name="calls_by_time"),
            models.Index(
                fields=["owner", "-id"],
                condition=Q(owner__isnull=False),
                name="calls_from_a_persons_phone",
            ),
        ]
        constraints = [
            models.UniqueConstraint("click", name="one_call_per_click"),
            models.UniqueConstraint(
                "user", condition=Q(outcome__in=IN_FLIGHT), name="one_call_in_flight_per_person"
            ),
            models.UniqueConstraint(
                Coalesce("owner", "user"),
                condition=Q(outcome__in=IN_FLIGHT),
                name="one_call_in_flight_per_phone",
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
