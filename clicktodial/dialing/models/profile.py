"""How a person dials: as whom, in which way, from which device and line."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing.models.cluster import Cluster
from clicktodial.webdialer import Caller, Device, Line


class Mode(models.TextChoices):
    DESK_PHONE = "desk", _("My desk phone")
    POPUP = "popup", _("Unified CM's pop-up window")


class DialProfileManager(models.Manager["DialProfile"]):
    def of(self, user: Any) -> "DialProfile":
        """The signed-in person's profile, made on first use."""
        profile = self.select_related("home_cluster").filter(user=user).first()
        if profile is None:
            profile, _ = self.get_or_create(
                user=user, defaults={"cucm_user_id": user.get_username()}
            )
        return profile


class DialProfile(models.Model):
    """One person's way of dialling; the phone that rings is named here and nowhere else."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="dial_profile"
    )
    cucm_user_id = models.CharField(
        _("Unified CM user id"),
        max_length=128,
        blank=True,
        help_text=_("Exactly as Unified CM writes it, capitals included."),
    )
    mode = models.CharField(_("dials with"), max_length=8, choices=Mode, default=Mode.DESK_PHONE)
    home_cluster = models.ForeignKey(
        Cluster, models.SET_NULL, null=True, blank=True, verbose_name=_("home cluster")
    )
    device = models.CharField(_("device"), max_length=128, blank=True)
    line = models.CharField(
        _("line"),
        max_length=200,
        blank=True,
        help_text=_("Exactly as Unified CM lists it, partition included."),
    )
    asks_outside_hours = models.BooleanField(
        _("asks outside working hours"),
        default=False,
        help_text=_("Ask me first where it is before 8 or after 18 o'clock at the other end."),
    )
    chosen_at = models.DateTimeField(_("chosen at"), null=True, blank=True, editable=False)

    objects = DialProfileManager()

    class Meta:
        verbose_name = _("dial profile")
        verbose_name_plural = _("dial profiles")
        ordering = ("user",)
        constraints = [
            models.CheckConstraint(
                condition=Q(device="", line="") | (~Q(device="") & ~Q(line="")),
                name="a_device_comes_with_its_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}"

    @property
    def caller(self) -> Caller:
        """Whose phone is to dial, as WebDialer wants to be told."""
        return Caller(self.cucm_user_id, self.device, self.line)

    @property
    def line_number(self) -> str:
        return Line(self.line).number if self.line else ""

    def choose(self, cluster: Cluster, device: Device, line: Line) -> None:
        """Dial from this device and line from now on; the cluster that lists it is home."""
        self.home_cluster = cluster
        self.device, self.line, self.chosen_at = device.name, line.text, timezone.now()
        self.save(update_fields=["home_cluster", "device", "line", "chosen_at"])

    def forget_device(self) -> None:
        """The device has gone: the choice is open again, no other phone is taken silently."""
        self.device = self.line = ""
        self.save(update_fields=["device", "line"])

    def live_at(self, cluster: Cluster | None) -> None:
        """Remember the home cluster, or that it must be asked for again."""
        self.home_cluster = cluster
        self.save(update_fields=["home_cluster"])
