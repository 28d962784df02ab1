"""A row for each long work: who began it, how far it is, how it ended."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clicktodial.jobs import beats, kinds

SILENCE = timedelta(seconds=20)
"""After so long without a heartbeat the process is taken for dead."""


class Job(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("Starting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        DIED = "died", _("Stopped")

    kind = models.CharField(_("kind"), max_length=40)
    about = models.CharField(_("about"), max_length=200, blank=True)
    arguments = models.JSONField(default=dict, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("started by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    alone = models.CharField(  # noqa: DJ001 — many have none, and that is no duplicate
        max_length=40, null=True, editable=False
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    beat_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    done = models.PositiveBigIntegerField(pgettext_lazy("so far", "done"), default=0)
    total = models.PositiveBigIntegerField(_("of"), null=True, blank=True)
    words = models.CharField(max_length=200, blank=True)
    said = models.TextField(_("outcome"), blank=True)
    link = models.CharField(max_length=300, blank=True)
    result = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("long work")
        verbose_name_plural = _("long work")
        constraints = (
            # Held while the work goes on, and given back at its end.
            models.UniqueConstraint(fields=("alone",), name="one_job_of_its_kind_at_a_time"),
        )

    def __str__(self) -> str:
        kind = kinds.named(self.kind)
        return f"{kind.title if kind else self.kind} {self.about}".strip()

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED, self.State.DIED}

    @property
    def percent(self) -> int | None:
        """How much is done; None where nobody knows how much there is."""
        return min(100, self.done * 100 // self.total) if self.total else None

    def look(self) -> "Job":
        """The same job as it is now; one whose process has fallen silent is told dead."""
        self.refresh_from_db()
        if not self.is_over:
            beats.hear(self)
            if timezone.now() - self.beat_at > SILENCE:
                self._bury()
        return self

    def _bury(self) -> None:
        over = {"state": self.State.DIED, "ended_at": timezone.now(), "alone": None}
        alive = (self.State.WAITING, self.State.RUNNING)
        Job.objects.filter(pk=self.pk, state__in=alive).update(**over)
        beats.forget(self)
        self.refresh_from_db()
