"""Numbers that ask for a code, and client matters; authorisation codes are kept nowhere."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Max, Q
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing.models.cluster import Cluster
from clicktodial.dialing.models.rules import plans_changed

LONGEST_KEY = 40


class ProtectedNumber(models.Model):
    """A number, a beginning of numbers, or every public number, that asks for codes."""

    cluster = models.ForeignKey(
        Cluster, models.CASCADE, related_name="protected_numbers", verbose_name=_("cluster")
    )
    begins_with = models.CharField(
        _("number or its beginning"),
        max_length=40,
        blank=True,
        help_text=_(
            "In full, such as +41900 or 4993. Empty: every public number, but for one's own."
        ),
    )
    is_whole = models.BooleanField(
        _("the whole number"), default=False, help_text=_("Off: every number that begins so.")
    )
    asks_fac = models.BooleanField(_("asks for FAC"), default=False)
    asks_cmc = models.BooleanField(_("asks for CMC"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("number that asks for a code")
        verbose_name_plural = _("numbers that ask for a code")
        ordering = ("cluster", "begins_with")
        constraints = [
            models.CheckConstraint(
                condition=Q(asks_fac=True) | Q(asks_cmc=True),
                name="a_protected_number_asks_for_a_code",
                violation_error_message=_("Say which code it asks for: FAC, CMC or both."),
            ),
            models.UniqueConstraint(
                fields=("cluster", "begins_with", "is_whole"),
                name="a_number_is_protected_once_per_cluster",
                violation_error_message=_("This cluster has this number already."),
            ),
        ]

    def __str__(self) -> str:
        return self.begins_with or str(_("every public number"))

    def clean(self) -> None:
        self.begins_with = re.sub(r"[\s().-]", "", self.begins_with)
        if not re.fullmatch(r"\+?[0-9*#]*", self.begins_with, re.ASCII):
            raise ValidationError({"begins_with": _("Only digits, * and #, and + in front.")})
        if self.is_whole and not self.begins_with:
            raise ValidationError({"begins_with": _("Write the whole number.")})

    def holds(self, digits: str, *, is_public: bool) -> bool:
        """Whether this row speaks of these digits; `is_public` where they leave the house."""
        if not self.begins_with:
            return is_public
        return digits == self.begins_with if self.is_whole else digits.startswith(self.begins_with)


class ClientMatterQuerySet(models.QuerySet["ClientMatter"]):
    def found(self, text: str) -> "ClientMatterQuerySet":
        """Those whose name holds every word, or whose code begins so."""
        if text.isdigit():
            return self.filter(Q(code__startswith=text) | Q(name__icontains=text))
        for word in text.split():
            self = self.filter(name__icontains=word)
        return self

    def recent_of(self, user: Any) -> "ClientMatterQuerySet":
        """Those the person has used, the latest first."""
        used = self.filter(uses__user=user).annotate(used_at=Max("uses__used_at"))
        return used.order_by("-used_at", "-pk")

    def last_for(self, user: Any, key: str) -> "ClientMatter | None":
        """The one the person used last for a number, by its key."""
        return self.filter(uses__user=user, uses__key=key[:LONGEST_KEY]).first()


class ClientMatter(models.Model):
    """What a call is charged to: the code that Unified CM is told, and a name to find it by."""

    code = models.CharField(
        _("code"),
        max_length=16,
        unique=True,
        validators=[RegexValidator(r"^[0-9]+\Z", _("A client matter code is 1 to 16 digits."))],
        error_messages={"unique": _("Another client matter has this code.")},
    )
    name = models.CharField(_("name"), max_length=150)
    is_active = models.BooleanField(
        _("offered"), default=True, help_text=_("Off: kept, and not offered any more.")
    )

    objects = ClientMatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("client matter")
        verbose_name_plural = _("client matters")
        ordering = ("name", "code")

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def use(self, user: Any, key: str) -> None:
        """Remember it as the person's last one for this number."""
        MatterUse.objects.update_or_create(
            user=user, key=key[:LONGEST_KEY], defaults={"matter": self, "used_at": timezone.now()}
        )


class MatterUse(models.Model):
    """The client matter a person used last for a number."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="matter_uses")
    key = models.CharField(_("number"), max_length=LONGEST_KEY)
    matter = models.ForeignKey(ClientMatter, models.CASCADE, related_name="uses")
    used_at = models.DateTimeField(_("used at"), default=timezone.now)

    class Meta:
        verbose_name = _("client matter of a number")
        verbose_name_plural = _("client matters of numbers")
        ordering = ("-used_at",)
        constraints = [
            models.UniqueConstraint(
                fields=("user", "key"), name="one_last_client_matter_per_person_and_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} for {self.key}"


for _signal in (post_save, post_delete):
    _signal.connect(plans_changed, sender=ProtectedNumber, dispatch_uid="plans_changed Protected")
