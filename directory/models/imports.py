"""Imports: where people come from, every run of one, and line by line what it did or would do."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportSource(models.Model):
    """Where people come from: `name` is what stands in Person.source."""

    class Match(models.TextChoices):
        NOBODY = "", _("Nobody: every new id is a new person")
        EMAIL = "email", _("The same email address")
        USER = "cucm_user_id", _("The same Unified CM user id")

    name = models.CharField(
        _("name"), max_length=60, unique=True, help_text=_("Such as: Personnel, or a directory.")
    )
    mapping = models.JSONField(_("mapping"), default=dict, blank=True)
    match_by = models.CharField(
        _("people who are here without an id are known by"),
        max_length=20,
        choices=Match,
        blank=True,
        default="",
        help_text=_("Each is tied to the id of this source once, and told in the plan."),
    )
    most_gone = models.PositiveSmallIntegerField(
        _("most that may be gone, in per cent"),
        default=10,
        validators=[MaxValueValidator(100)],
        help_text=_("More than this stops an import until somebody says that it is right."),
    )
    grace_days = models.PositiveSmallIntegerField(
        _("days of grace"),
        default=7,
        help_text=_("So long people who are gone from the source are still shown."),
    )

    class Meta:
        ordering = ("name",)
        verbose_name = _("source of people")
        verbose_name_plural = _("sources of people")

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """One import: planned, shown, and then done as shown, or not at all."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Waits for its columns")
        PLANNING = "planning", _("Is being planned")
        PLANNED = "planned", _("Waits to be confirmed")
        APPLIED = "applied", _("Done")
        UNDONE = "undone", _("Undone")
        DISCARDED = "discarded", _("Discarded")
        FAILED = "failed", _("Failed")

    source = models.ForeignKey(
        ImportSource, verbose_name=_("source"), on_delete=models.CASCADE, related_name="runs"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UPLOADED)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    digest = models.CharField(_("SHA-256"), max_length=64, blank=True)
    mapping = models.JSONField(_("mapping"), default=dict, blank=True)
    upload = models.FileField(upload_to="imports", max_length=200, blank=True)
    pictures = models.FileField(upload_to="imports", max_length=200, blank=True)
    places = models.JSONField(default=list, blank=True)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    shrinks = models.BooleanField(default=False)
    said = models.TextField(_("outcome"), blank=True)
    job_id = models.BigIntegerField(null=True, blank=True)
    begun_at = models.DateTimeField(_("begun"), default=timezone.now)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+",
        verbose_name=_("begun by"),
    )  # fmt: skip
    applied_at = models.DateTimeField(pgettext_lazy("when", "done"), null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+",
        verbose_name=_("confirmed by"),
    )  # fmt: skip
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+",
        verbose_name=_("undone by"),
    )  # fmt: skip

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        permissions = (("run_import", _("Can import people")),)

    def __str__(self) -> str:
        return f"{self.source} {timezone.localtime(self.begun_at):%Y-%m-%d %H:%M}"

    def count(self, what: Any) -> int:
        return int(self.counts.get(str(what), 0))


class ImportItem(models.Model):
    """One line of a plan: what becomes of one person, or why nothing does."""

    class Kind(models.TextChoices):
        NEW = "new", _("New")
        TIED = "tied", _("Here already, tied to the source")
        CHANGED = "changed", _("Changed")
        BACK = "back", _("Back again")
        MISSING = "missing", _("Gone, shown until the grace is over")
        GONE = "gone", _("Gone, no longer shown")
        CONFLICT = "conflict", _("Conflicting, left alone")
        REFUSED = "refused", _("Refused")
        DOUBTFUL = "doubtful", _("Doubtful")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=Kind)
    line = models.PositiveBigIntegerField(null=True)
    # No foreign key: what was done stays told when the person is deleted.
    person_id = models.BigIntegerField(null=True)
    external_id = models.CharField(max_length=128, blank=True)
    label = models.CharField(max_length=260, blank=True)
    renamed = models.BooleanField(default=False)
    moved = models.BooleanField(default=False)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    # Who the manager is to be: somebody who is here, or an id that comes with the same import.
    boss_changes = models.BooleanField(default=False)
    boss_id = models.BigIntegerField(null=True)
    boss_new = models.CharField(max_length=254, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("run", "kind", "id"), name="import_items_by_kind"),
            models.Index(fields=("run", "external_id"), name="import_items_by_external_id"),
            models.Index(fields=("run", "person_id"), name="import_items_by_person"),
        )

    def __str__(self) -> str:
        return self.label or self.external_id
