"""How a person dials: as whom, in which way, from which device and line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing import kinds
from clicktodial.dialing.models.cluster import Cluster
from clicktodial.dialing.models.delegation import Delegation
from clicktodial.webdialer import Caller, Device, Line

LATELY = timedelta(hours=24)  # a day's work on somebody else's desk


class Mode(models.TextChoices):
    DESK_PHONE = "desk", _("My desk phone")
    POPUP = "popup", _("The window “Cisco WebDialer”")
    TEL = "tel", _("My computer's softphone (tel:)")
    CISCOTEL = "ciscotel", _("Cisco Jabber or Webex on my computer (ciscotel:)")
    WEBEXTEL = "webextel", _("Webex on my computer (webextel:)")
    CALLTO = "callto", _("My computer's softphone (callto:)")


SOFTPHONES = (Mode.TEL, Mode.CISCOTEL, Mode.WEBEXTEL, Mode.CALLTO)


@dataclass(frozen=True)
class Phone:
    """A line of a device of a cluster, from which one call is to be dialled."""

    cluster: Cluster
    device: str
    line: str


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
        help_text=_(
            "Ask me first where it is before 8, after 18 o'clock or a day off at the other end."
        ),
    )
    asks_phone = models.BooleanField(
        _("asks for the phone every time"),
        default=False,
        help_text=_("Ask me at each call which phone dials."),
    )
    hang_up_seconds = models.PositiveSmallIntegerField(
        _("seconds that Hang up stands out"),
        null=True,
        blank=True,
        validators=[MinValueValidator(10), MaxValueValidator(600)],
        help_text=_("10 to 600. Empty: as long as the administrators say."),
    )
    keeps_bar = models.BooleanField(
        _("keeps the call bar"),
        default=False,
        help_text=_("Keep it open with Hang up until I close it or call somebody else."),
    )
    # Of a person who dials from somebody else's phone until they choose otherwise. One that is over
    # stays here: their clicks are refused and told so, and no other phone is taken silently.
    dials_for = models.ForeignKey(
        Delegation,
        models.DO_NOTHING,
        null=True,
        editable=False,
        db_constraint=False,
        related_name="+",
        verbose_name=_("dials for"),
    )
    device_model = models.CharField(
        max_length=128, blank=True, db_default="", default="", editable=False
    )
    # The devices that Unified CM listed last, with when each came if it was not there at first.
    seen_devices = models.JSONField(
        db_default=models.Value({}, models.JSONField()), default=dict, editable=False
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
            models.CheckConstraint(
                condition=Q(hang_up_seconds__isnull=True) | Q(hang_up_seconds__range=(10, 600)),
                name="hang_up_stands_out_10_to_600_seconds",
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

    @property
    def device_called(self) -> str:
        """The chosen phone in words, by its model where that is known."""
        return kinds.called(self.device, self.device_model)

    def phone_of(self, cluster: Cluster) -> Phone | None:
        """The phone to dial from at the home cluster; None where the person has to say which."""
        chosen = self.device and not self.asks_phone
        return Phone(cluster, self.device, self.line) if chosen else None

    def choose(self, cluster: Cluster, device: Device, line: Line) -> None:
        """Dial from this device and line from now on; the cluster that lists it is home."""
        self.home_cluster = cluster
        self.device, self.line, self.chosen_at = device.name, line.text, timezone.now()
        self.device_model = device.model[:128]
        fields = ["home_cluster", "device", "device_model", "line", "chosen_at"]
        self.save(update_fields=fields)

    def forget_device(self) -> None:
        """The device has gone: the choice is open again, no other phone is taken silently."""
        self.device = self.line = ""
        self.save(update_fields=["device", "line"])

    def meet(self, devices: Iterable[str]) -> dict[str, datetime]:
        """Remember the devices that are listed now; which of them came lately, and when.

        WebDialer does not say so: who signs in on a phone by Extension Mobility finds it listed.
        """
        now, known = timezone.now(), self.seen_devices
        came = now.isoformat() if known else ""
        seen = {name: known.get(name, came) for name in devices}
        if seen != known:
            self.seen_devices = seen
            self.save(update_fields=["seen_devices"])
        since = {name: datetime.fromisoformat(text) for name, text in seen.items() if text}
        return {name: time for name, time in since.items() if now - time < LATELY}

    def dial_for(self, delegation: Delegation | None) -> None:
        """Dial from somebody else's phone until further notice; None: in one's own way again."""
        self.dials_for = delegation
        self.save(update_fields=["dials_for"])

    def live_at(self, cluster: Cluster | None) -> None:
        """Remember the home cluster, or that it must be asked for again."""
        self.home_cluster = cluster
        self.save(update_fields=["home_cluster"])


class PhoneNameQuerySet(models.QuerySet["PhoneName"]):
    def of(self, user: Any) -> dict[tuple[str, str], str]:
        """The person's names by device and line."""
        rows = self.filter(user=user).values_list("device", "line", "name")
        return {(device, line): name for device, line, name in rows}

    def give(self, user: Any, device: str, line: str, name: str) -> None:
        """Call this line of this device so; an empty name takes it back."""
        which = self.filter(user=user, device=device, line=line)
        if not name:
            which.delete()
        else:
            self.update_or_create(user=user, device=device, line=line, defaults={"name": name})


class PhoneName(models.Model):
    """What a person calls a line of a device of theirs: Desk, Headset."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="phone_names")
    device = models.CharField(_("device"), max_length=128)
    line = models.CharField(_("line"), max_length=200)
    name = models.CharField(_("name"), max_length=40)

    objects = PhoneNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("name of a phone")
        verbose_name_plural = _("names of phones")
        ordering = ("user", "name")
        constraints = [
            models.UniqueConstraint(
                fields=("user", "device", "line"), name="one_name_per_person_and_line"
            ),
        ]

    def __str__(self) -> str:
        return self.name
