"""The entries of the directory: people, and the services and rooms that have a telephone."""

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clicktodial.hours import Hours
from directory.models.bulk import ToldQuerySet
from directory.models.chains import chain, is_circle
from directory.models.hours import Week, validate_hours, week_of
from directory.models.places import Department, Location
from directory.models.sorted_text import SortedTextField

_NAMES = frozenset(["given_name", "preferred_name", "family_name"])


def full_name(*, given: str, preferred: str, family: str) -> str:
    """The name as it is shown: the preferred name stands for the given one."""
    return f"{preferred or given} {family}".strip()


def initials(name: str) -> str:
    """One or two letters for somebody without a photo."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


def photo_version(file_name: str) -> str:
    """What changes in a photo's address when the photo changes; nothing for no photo."""
    return PurePath(file_name).stem


class Person(models.Model):
    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        SERVICE = "service", _("Service")
        ROOM = "room", _("Room")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PERSON)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    family_name = models.CharField(
        _("family name"),
        max_length=150,
        blank=True,
        help_text=_("The whole name of a service or a room stands here."),
    )
    preferred_name = models.CharField(
        _("preferred name"),
        max_length=100,
        blank=True,
        help_text=_("Shown instead of the given name; both are found."),
    )
    pronunciation = models.CharField(_("how the name is said"), max_length=200, blank=True)
    title = models.CharField(_("title"), max_length=150, blank=True)
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
    )
    location = models.ForeignKey(
        Location,
        verbose_name=_("location"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
    )
    room = models.CharField(_("room"), max_length=40, blank=True)
    manager = models.ForeignKey(
        "self",
        verbose_name=_("manager"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
    )
    assistants = models.ManyToManyField(
        "self",
        verbose_name=_("assistants"),
        symmetrical=False,
        blank=True,
        related_name="assists",
    )
    deputy = models.ForeignKey(
        "self",
        verbose_name=_("deputy"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="deputises_for",
    )
    email = models.EmailField(_("email"), blank=True)
    cucm_user_id = models.CharField(
        _("Unified CM user id"),
        max_length=128,
        blank=True,
        validators=[RegexValidator(r"^[^\s\x00-\x1f]+$", _("A user id has no spaces."))],
    )
    photo = models.FileField(_("photo"), upload_to="photos", max_length=100, blank=True)
    photo_size = models.PositiveSmallIntegerField(_("photo’s side in pixels"), default=0)
    about = models.TextField(pgettext_lazy("oneself", "about"), max_length=2000, blank=True)
    languages = models.CharField(
        _("languages"), max_length=200, blank=True, help_text=_("Such as: German, English.")
    )
    working_hours = models.CharField(
        _("working days and hours"),
        max_length=200,
        blank=True,
        db_default="",
        validators=[validate_hours],
        help_text=_("Such as: Mon-Thu 08:00-17:00, Fri 08:00-12:00. Or days alone: Mon-Wed."),
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
    )
    external_id = models.CharField(  # noqa: DJ001 — many have none, and that is no duplicate
        _("id at its source"),
        max_length=128,
        null=True,
        blank=True,
        help_text=_("What imports know this entry by: an employee number or an objectGUID."),
    )
    source = models.CharField(_("source"), max_length=60, blank=True)
    missing_since = models.DateField(
        _("gone from its source since"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Still shown until the source’s days of grace are over."),
    )
    # SHA-256 of the picture as its source had it, before it was made small.
    imported_photo = models.CharField(
        max_length=64, blank=True, db_default="", default="", editable=False
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("People who have left are kept, and not shown.")
    )
    updated_at = models.DateTimeField(_("last change"), auto_now=True)
    # Family name first, folded: kept by directory.search with the other search keys.
    sort_key = SortedTextField(editable=False, default="")

    objects = ToldQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key", "pk")
        verbose_name = _("person")
        verbose_name_plural = _("people")
        permissions = (("export_people", _("Can take lists of people and numbers along")),)
        indexes = (
            models.Index(fields=("sort_key", "id"), name="people_by_name"),
            models.Index(fields=("department", "sort_key"), name="people_by_department"),
            models.Index(fields=("location", "sort_key"), name="people_by_location"),
            models.Index(
                fields=("department", "location", "sort_key"), name="people_by_both_places"
            ),
            models.Index(fields=("cucm_user_id",), name="people_by_cucm_user_id"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(given_name="", family_name=""), name="everybody_has_a_name"
            ),
            models.CheckConstraint(
                condition=~Q(manager=F("pk")), name="nobody_is_their_own_manager"
            ),
            models.CheckConstraint(condition=~Q(deputy=F("pk")), name="nobody_is_their_own_deputy"),
            models.UniqueConstraint(fields=("account",), name="one_person_per_account"),
            models.UniqueConstraint(
                fields=("source", "external_id"), name="one_person_per_id_at_its_source"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, **options: Any) -> None:
        """Saves the row and its search keys (directory.search.signals) in one transaction.

        Who names the fields that changed saves these, and what follows from them.
        """
        if (fields := options.get("update_fields")) is not None:
            named = {"sort_key"} if _NAMES.intersection(fields) else set()
            options["update_fields"] = {*fields, *named, "updated_at"}
        with transaction.atomic():
            super().save(**options)

    def get_absolute_url(self) -> str:
        return reverse("directory:person", args=[self.pk])

    def clean(self) -> None:
        self.external_id = self.external_id or None
        if not (self.given_name or self.family_name):
            raise ValidationError({"family_name": _("Write at least one name.")})
        if is_circle(self, by="manager"):
            raise ValidationError(
                {"manager": _("That person already reports to this one, closely or distantly.")}
            )

    @property
    def name(self) -> str:
        return full_name(
            given=self.given_name, preferred=self.preferred_name, family=self.family_name
        )

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def hours(self) -> Hours | None:
        """When this person works, as far as it is known."""
        there = self.location.hours if self.location else None
        return there.of_somebody(self.week.days) if there else None

    @property
    def off_hours(self) -> str | None:
        """The time there while it is outside working hours; None where nothing is known."""
        return self.hours.off if self.hours else None

    @property
    def week(self) -> Week:
        """This person's own working days and hours; an empty week where none are known."""
        return week_of(self.working_hours)

    @property
    def photo_version(self) -> str:
        return photo_version(self.photo.name or "")

    @property
    def tint(self) -> int:
        """Which of the eight tints stands behind the initials."""
        return (self.pk or 0) % 8


def managers(person: Person) -> list[Person]:
    """Who this person reports to, nearest first; a circle in the data is left once."""
    return chain(person, by="manager")


class Favourite(models.Model):
    """A person somebody keeps at hand, in an order of their own."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourites"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="favoured_by")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("order", "pk")
        verbose_name = _("favourite")
        verbose_name_plural = _("favourites")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "person"), name="a_person_is_somebodys_favourite_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} ({self.user})"
