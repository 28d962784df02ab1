"""What people change of their own entries, and what administrators let them change."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.models.people import Person


class SelfService(models.Model):
    """Which fields of their own entry people may change; there is one row at most."""

    preferred_name = models.BooleanField(_("preferred name"), default=True)
    pronunciation = models.BooleanField(_("how the name is said"), default=True)
    photo = models.BooleanField(_("photo"), default=True)
    working_hours = models.BooleanField(_("working days and hours"), default=True)
    languages = models.BooleanField(_("languages"), default=True)
    about = models.BooleanField(pgettext_lazy("oneself", "about"), default=True)
    mobile = models.BooleanField(_("mobile number"), default=True)
    visibility = models.BooleanField(
        _("to whom their numbers are shown"),
        default=True,
        help_text=_("Numbers that an administrator shows to a group stay so."),
    )

    class Meta:
        verbose_name = _("what people may change themselves")
        verbose_name_plural = _("what people may change themselves")
        constraints = (
            models.CheckConstraint(condition=models.Q(pk=1), name="self_service_is_set_once"),
        )

    def __str__(self) -> str:
        return str(_("What people may change themselves"))

    @classmethod
    def current(cls) -> "SelfService":
        """As the administrators have set it; everything, where they have not."""
        return cls.objects.first() or cls(pk=1)


class ChangeQuerySet(models.QuerySet["Change"]):
    def prune(self, *, days: int) -> int:
        """Delete changes that are older than this; how many."""
        count, _each = self.filter(at__lt=timezone.now() - timedelta(days=days)).delete()
        return count


class Change(models.Model):
    """One field of an entry before and after, as people read it."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="changes"
    )
    field = models.CharField(_("field"), max_length=60)
    old = models.TextField(_("before"), blank=True)
    new = models.TextField(_("after"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("change of an entry")
        verbose_name_plural = _("changes of entries")
        indexes = (models.Index(fields=("at",), name="changes_by_time"),)

    def __str__(self) -> str:
        return f"{self.label}, {self.person}"

    @property
    def label(self) -> str:
        """The field's name as people read it."""
        of_numbers = {"number": _("number"), "shown": _("to whom a number is shown")}
        if self.field in of_numbers:
            return str(of_numbers[self.field])
        for field in (*Person._meta.fields, *Person._meta.many_to_many):
            if field.name == self.field:
                return str(field.verbose_name)
        return self.field
