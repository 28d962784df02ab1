"""Who did what and when: entries that nobody can change."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_AT_ONCE = 5_000  # entries deleted in one statement, so that nobody waits long for a lock


class EntryQuerySet(models.QuerySet["Entry"]):
    def prune(self, *, days: int) -> int:
        """Forget every entry older than this; how many there were."""
        old = self.filter(at__lt=timezone.now() - timedelta(days=days)).order_by("pk")
        count = 0
        while keys := list(old.values_list("pk", flat=True)[:_AT_ONCE]):
            count += self.filter(pk__in=keys).delete()[0]
        return count


class Entry(models.Model):
    """One thing that somebody did; names are kept as they were at the time."""

    at = models.DateTimeField(_("when"), default=timezone.now)
    action = models.CharField(_("what was done"), max_length=40)
    # Without a constraint: an account that goes meanwhile must not break what is being noted.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_constraint=False,
        verbose_name=_("by"),
    )
    actor_name = models.CharField(_("name at the time"), max_length=150, blank=True)
    about_app = models.CharField(max_length=100, blank=True)
    about_model = models.CharField(max_length=100, blank=True)
    about_id = models.CharField(max_length=64, blank=True)
    about_name = models.CharField(_("about"), max_length=200, blank=True)
    facts = models.JSONField(_("facts"), default=dict, encoder=DjangoJSONEncoder)
    request_id = models.CharField(_("request"), max_length=64, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ("-pk",)
        default_permissions = ("view",)
        permissions = (("export_entry", _("Can export the audit trail")),)
        indexes = [
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(fields=["action", "-id"], name="audit_by_action"),
            models.Index(fields=["about_app", "about_model", "about_id"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"

    def save(self, *args: Any, **options: Any) -> None:
        """Written once: an entry that could be mended would prove nothing."""
        if not self._state.adding:
            raise TypeError("an audit entry cannot be changed")
        super().save(*args, **options)
