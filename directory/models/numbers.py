"""The telephone numbers of an entry."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clicktodial.dialplan import number as dialplan
from directory.models.people import Person
from directory.models.shown import Shown, Visibility
from directory.models.sorted_text import SortedTextField


def columns_of(written: str, country: str) -> dict[str, str]:
    """What the dial plan reads of a number in a country, by the columns. NotANumber."""
    read = dialplan.read(written, region=country or settings.DEFAULT_COUNTRY)
    inside = read.kind is dialplan.Kind.EXTENSION
    return {
        "e164": read.e164,
        "extension": read.digits if inside else "".join(filter(str.isdigit, read.after)),
        "display": read.digits if inside else read.display,
        "key": read.key,
        "reversed_key": read.key[::-1],
    }


class Number(Shown):
    class Kind(models.TextChoices):
        WORK = "work", _("Work")
        MOBILE = "mobile", _("Mobile")
        EXTENSION = "extension", _("Extension")
        MAIN = "main", _("Main number")
        HOME = "home", pgettext_lazy("telephone", "Home")
        ASSISTANT = "assistant", _("Assistant")
        FAX = "fax", _("Fax")
        OTHER = "other", _("Other")

    Visibility = Visibility

    # Its index is numbers_by_person, which also gives the order they are shown in.
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="numbers", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.WORK)
    written = models.CharField(
        _("number"), max_length=60, help_text=_("As people write it, such as +41 44 668 18 00.")
    )
    visibility = models.CharField(
        _("shown to"),
        max_length=10,
        choices=[("", _("As all numbers of its kind")), *Visibility.choices],
        default="",
        blank=True,
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    # What the dial plan read; never typed.
    e164 = models.CharField(max_length=20, blank=True, editable=False)
    extension = SortedTextField(blank=True, editable=False, default="")
    display = models.CharField(max_length=80, blank=True, editable=False)
    key = SortedTextField(editable=False, default="")
    reversed_key = SortedTextField(editable=False, default="")

    class Meta:
        ordering = ("order", "pk")
        verbose_name = _("number")
        verbose_name_plural = _("numbers")
        indexes = (
            models.Index(fields=("person", "order"), name="numbers_by_person"),
            models.Index(fields=("key",), name="numbers_by_digits"),
            models.Index(fields=("reversed_key",), name="numbers_by_last_digits"),
            models.Index(fields=("extension",), name="numbers_by_extension"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("person", "kind", "key"),
                name="a_number_is_listed_once_per_person_and_kind",
                violation_error_message=_("This number is listed twice."),
            ),
        )

    def __str__(self) -> str:
        return self.display or self.written

    def save(self, **options: Any) -> None:
        """Reads the number and saves it; ValueError where it cannot be read."""
        self.read()
        super().save(**options)

    def clean(self) -> None:
        super().clean()
        if not self.visibility:  # then its kind says both
            self.may_be_dialled = False
        try:
            self.read()
        except ValueError as error:
            raise ValidationError({"written": str(error)}) from error

    def read(self) -> None:
        """Fills in what the dial plan reads; bulk paths call it themselves. NotANumber if it fails.

        National numbers are read by the country of the person's location.
        """
        location = self.person.location
        for column, value in columns_of(self.written, location.country if location else "").items():
            setattr(self, column, value)

    @property
    def audit_name(self) -> str:
        """What the audit trail calls it, without its digits."""
        return f"{self.get_kind_display()}, {self.person}"

    @property
    def dialable(self) -> bool:
        return self.kind != self.Kind.FAX

    @property
    def e164_or_written(self) -> str:
        """What is asked of the dial plan when the number is clicked.

        An extension or a PIN behind a public number stays with it, to be shown while it rings.
        """
        alone = "".join(filter(str.isdigit, self.display)) == self.e164.removeprefix("+")
        return self.e164 if alone else self.display if self.e164 else self.written


class KindVisibility(Shown):
    """Who sees the numbers of a kind that say nothing themselves; everyone, where there is none."""

    kind = models.CharField(_("kind"), max_length=10, choices=Number.Kind, unique=True)

    class Meta:
        ordering = ("kind",)
        verbose_name = _("visibility of a kind of number")
        verbose_name_plural = _("visibility of the kinds of numbers")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.says}"
