"""Who may dial from whose phones, and from when until when."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing.models.cluster import Cluster
from clicktodial.webdialer import Line

if TYPE_CHECKING:
    from clicktodial.dialing.models.call import Call
    from clicktodial.dialing.models.profile import Phone

YEARS = range(2000, 3000)  # of a period; near 1 and 9999 no time zone can be reckoned with


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def in_force(self) -> "DelegationQuerySet":
        """Begun, not over, not withdrawn, and both people still have their accounts."""
        now = timezone.now()
        return self.filter(
            begins_at__lte=now,
            ends_at__gt=now,
            withdrawn_at__isnull=True,
            owner__is_active=True,
            delegate__is_active=True,
        )

    def open(self) -> "DelegationQuerySet":
        """In force, or still to begin."""
        return self.filter(ends_at__gt=timezone.now(), withdrawn_at__isnull=True)

    def past(self) -> "DelegationQuerySet":
        """Over or withdrawn, those that ended last first."""
        over = Q(ends_at__lte=timezone.now()) | Q(withdrawn_at__isnull=False)
        ended = Least(Coalesce("withdrawn_at", "ends_at"), "ends_at")
        return self.filter(over).order_by(ended.desc())

    def received_by(self, user: Any) -> "DelegationQuerySet":
        return self.filter(delegate=user).select_related("owner", "delegate")

    def given_by(self, user: Any) -> "DelegationQuerySet":
        return self.filter(owner=user).select_related("owner", "delegate", "granted_by")

    def allows(self, call: "Call") -> bool:
        """Whether a call from somebody else's phone may go on, or be hung up, at this moment."""
        if call.delegation_id is None:
            return False
        rows = self.in_force().filter(pk=call.delegation_id, owner=call.owner, delegate=call.user)
        there = Q(cluster=call.cluster_id) | Q(cluster__isnull=True)
        meant = Q(device=call.device, line=call.line) & there
        return rows.filter(Q(device="") | meant).exists()


class Delegation(models.Model):
    """The delegate may dial from the owner's phones, or from one of them, for a while."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="delegations_given",
        verbose_name=_("whose phone"),
    )
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="delegations_received",
        verbose_name=_("who may dial"),
    )
    # Device names are a cluster's own. Rows of old may have none: there the owner's home counts.
    cluster = models.ForeignKey(
        Cluster,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cluster"),
        help_text=_("Where the device is."),
    )
    device = models.CharField(
        _("device"), max_length=128, blank=True, help_text=_("Empty: any of the person's phones.")
    )
    line = models.CharField(
        _("line"),
        max_length=200,
        blank=True,
        help_text=_("Exactly as Unified CM lists it, partition included."),
    )
    begins_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("granted by"),
    )

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ("-begins_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(owner=F("delegate")), name="nobody_delegates_to_themselves"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="a_delegation_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(device="", line="") | (~Q(device="") & ~Q(line="")),
                name="a_delegated_device_comes_with_its_line",
            ),
        ]

    def __str__(self) -> str:
        return str(
            _("%(delegate)s from the phone of %(owner)s")
            % {"delegate": name_of(self.delegate), "owner": name_of(self.owner)}
        )

    def clean(self) -> None:
        if self.owner_id and self.owner_id == self.delegate_id:
            raise ValidationError({"delegate": _("Choose somebody else than the phone's owner.")})
        if self.begins_at and self.ends_at and self.ends_at <= self.begins_at:
            raise ValidationError({"ends_at": _("It has to end after it begins.")})
        for name, moment in (("begins_at", self.begins_at), ("ends_at", self.ends_at)):
            if moment and moment.year not in YEARS:
                years = {"first": YEARS[0], "last": YEARS[-1]}
                raise ValidationError({name: _("Enter a year from %(first)d to %(last)d.") % years})
        phone = {"cluster": self.cluster_id, "device": self.device, "line": self.line}
        missing = [name for name, value in phone.items() if not value]
        if len(missing) in (1, 2):
            says = _("Enter the cluster, the device and its line, or none of them.")
            raise ValidationError(dict.fromkeys(missing, says))

    @property
    def owner_name(self) -> str:
        return name_of(self.owner)

    @property
    def delegate_name(self) -> str:
        return name_of(self.delegate)

    @property
    def line_number(self) -> str:
        return Line(self.line).number if self.line else ""

    @property
    def last_day(self) -> datetime:
        """The last moment on which it holds: midnight itself belongs to the day after."""
        return self.ends_at - timedelta(seconds=1)

    @property
    def has_begun(self) -> bool:
        return self.begins_at <= timezone.now()

    @property
    def is_in_force(self) -> bool:
        """As `in_force` of the table: it can be used at this moment."""
        accounts = self.owner.is_active and self.delegate.is_active
        return self.has_begun and self.is_open and accounts

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and timezone.now() < self.ends_at

    def permits(self, phone: "Phone") -> bool:
        """Whether this line of this device of this cluster is meant."""
        is_there = self.cluster_id in (None, phone.cluster.pk)
        return not self.device or (
            is_there and (self.device, self.line) == (phone.device, phone.line)
        )


def name_of(user: Any) -> str:
    """A person as others read them."""
    return str(user.get_full_name() or user.get_username())
