"""To whom numbers are shown; who sees which is decided in directory.visibility."""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    EVERYONE = "everyone", _("Everyone signed in")
    DEPARTMENT = "department", _("Own department and those below it")
    GROUP = "group", _("A group")
    NOBODY = "nobody", _("Nobody else")


class Shown(models.Model):
    """Said of one number, or of all numbers of a kind for which nothing else is said."""

    visibility = models.CharField(
        _("shown to"),
        max_length=10,
        choices=Visibility,
        default=Visibility.EVERYONE,
        help_text=_("Always shown to the person and to administrators."),
    )
    # Without its group a number is shown to nobody: a group that is deleted opens nothing.
    group = models.ForeignKey(
        Group,
        verbose_name=_("group"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # few numbers name a group, and no question begins at one
    )
    may_be_dialled = models.BooleanField(
        _("may be dialled without being shown"),
        default=False,
        db_default=False,
        help_text=_(
            "Others may call it by its name. This site does not tell them the digits; the display "
            "of their desk phone does while it dials."
        ),
    )

    class Meta:
        abstract = True

    @property
    def says(self) -> str:
        """To whom it is shown and whether it may be dialled all the same, in words."""
        shown = self.group.name if self.group else self.get_visibility_display()
        may = _("may be dialled without being shown") if self.may_be_dialled else ""
        return ", ".join(str(part) for part in (shown, may) if part)

    def clean(self) -> None:
        super().clean()
        if self.visibility != Visibility.GROUP:
            self.group = None
        elif self.group is None:
            raise ValidationError({"group": _("Choose the group that is to see it.")})
