"""Numbers that somebody says are wrong, in a queue for administrators."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.numbers import Number
from directory.models.people import Person


class WrongNumberQuerySet(models.QuerySet["WrongNumber"]):
    def prune(self, *, days: int) -> int:
        """Delete what was answered longer ago than this; how many."""
        old = timezone.now() - timedelta(days=days)
        count = self.filter(answered_at__lt=old).count()
        self.filter(answered_at__lt=old).delete()
        return count


class WrongNumber(models.Model):
    """One number in doubt, however many people have said so."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CORRECTED = "corrected", _("Corrected")
        NOT_WRONG = "not_wrong", _("Not wrong")

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="wrong_numbers"
    )
    number = models.ForeignKey(
        Number,
        verbose_name=_("number"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="doubts",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Number.Kind, editable=False)
    written = models.CharField(_("number as it stood"), max_length=80, editable=False)
    source = models.CharField(
        _("source of the entry"),
        max_length=60,
        blank=True,
        editable=False,
        help_text=_("Where an import brings it from, it has to be corrected there."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    answer = models.CharField(
        _("answer"), max_length=300, blank=True, help_text=_("Told to everybody who reported it.")
    )
    reported_at = models.DateTimeField(_("first reported at"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = WrongNumberQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("wrong number")
        verbose_name_plural = _("wrong numbers")
        constraints = (
            models.UniqueConstraint(
                fields=("number",),
                condition=models.Q(state="open"),
                name="a_number_is_in_doubt_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.person}"

    def answer_by(self, user: Any) -> None:
        """Keep who answered and when; the row is yet to be saved."""
        is_open = self.state == self.State.OPEN
        self.answered_by = None if is_open else user
        self.answered_at = None if is_open else timezone.now()


class Report(models.Model):
    """Somebody who says that a number is wrong, and whether they have been told the answer."""

    about = models.ForeignKey(WrongNumber, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reporter"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    told_at = models.DateTimeField(_("answer read at"), null=True, editable=False)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = (
            models.UniqueConstraint(
                fields=("about", "reporter"), name="somebody_reports_a_wrong_number_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.reporter)
