"""What a person keeps for themselves beside the directory: contacts, and numbers on keys 1 to 9."""

import unicodedata
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from clicktodial.dialplan.number import Number

LONGEST_NAME = 200
LONGEST_NUMBER = 80
LONGEST_NOTE = 500
MOST_CONTACTS = 2000  # of one person
MOST_SPEED_DIALS = 100


class TooMany(Exception):
    """The person keeps as many as anybody may."""


def folded(text: str) -> str:
    """A text as it is searched: without case and accents, a space before each word."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return "".join(f" {word}" for word in plain.split())


class ContactQuerySet(models.QuerySet["Contact"]):
    def of(self, user: Any) -> "ContactQuerySet":
        return self.filter(user=user)

    def found(self, text: str) -> "ContactQuerySet":
        """Those whose name has a word that begins with each of the text's, or by their digits."""
        by_name = Q()
        for word in folded(text).split()[:8]:
            by_name &= Q(folded__contains=f" {word}")
        digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
        by_number = Q(key__contains=digits.lstrip("0")) if len(digits) >= 3 else Q(pk__in=())
        return self.filter(by_name | by_number)

    def add(self, user: Any, name: str, number: Number, *, note: str = "") -> "Contact":
        """The person's contact; one that is there already is given back. Raises TooMany."""
        columns = Contact.columns_of(number)
        who = {"user": user, "name": name, "key": columns.pop("key")}
        if not self.filter(**who).exists() and self.of(user).count() >= MOST_CONTACTS:
            raise TooMany
        return self.get_or_create(**who, defaults=columns | {"note": note})[0]


class Contact(models.Model):
    """A name and a number that only their owner sees."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    folded = models.CharField(max_length=3 * LONGEST_NAME, editable=False)
    number = models.CharField(_("number"), max_length=LONGEST_NUMBER)
    key = models.CharField(max_length=LONGEST_NUMBER, editable=False)
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)

    objects = ContactQuerySet.as_manager()
    off_hours = ""  # what contacts.with_hours has found out

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("folded", "pk")
        indexes = [
            models.Index(fields=["user", "folded", "id"], name="contacts_of_a_person"),
            models.Index(fields=["user", "key"], name="contacts_by_number"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("user", "key", "name"), name="a_contact_is_kept_once_per_person"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(number=""), name="a_contact_has_a_name_and_a_number"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **options: Any) -> None:
        self.folded = folded(self.name)[: 3 * LONGEST_NAME]
        super().save(*args, **options)

    @staticmethod
    def columns_of(number: Number) -> dict[str, str]:
        """How a number is kept: as it is shown, which reads as the same number anywhere."""
        return {"number": number.display[:LONGEST_NUMBER], "key": number.key[:LONGEST_NUMBER]}


class SpeedDialQuerySet(models.QuerySet["SpeedDial"]):
    def of(self, user: Any) -> "SpeedDialQuerySet":
        return self.filter(user=user).order_by("order", "pk")

    def add(self, user: Any, name: str, number: Number) -> "SpeedDial":
        """The number, last of the person's; one that is there already stays. Raises TooMany."""
        columns = Contact.columns_of(number)
        who = {"user": user, "key": columns.pop("key")}
        mine = self.of(user).aggregate(count=Count("pk"), last=Max("order"))
        if mine["count"] >= MOST_SPEED_DIALS and not self.filter(**who).exists():
            raise TooMany
        defaults = columns | {"order": (mine["last"] or 0) + 1, "name": name}
        return self.get_or_create(**who, defaults=defaults)[0]


class SpeedDial(models.Model):
    """A number that a person keeps at hand; the first nine have the keys 1 to 9."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="speed_dials")
    order = models.PositiveIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)
    number = models.CharField(_("number"), max_length=LONGEST_NUMBER)
    key = models.CharField(max_length=LONGEST_NUMBER, editable=False)

    objects = SpeedDialQuerySet.as_manager()
    off_hours = ""  # what contacts.with_hours has found out

    class Meta:
        verbose_name = _("speed dial")
        verbose_name_plural = _("speed dials")
        ordering = ("user", "order", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("user", "key"), name="one_speed_dial_per_person_and_number"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.number

    def move(self, by: int) -> None:
        """One place up (-1) or down (1) among the person's own; the ends hold."""
        with transaction.atomic():
            mine = list(SpeedDial.objects.of(self.user).select_for_update())
            old = [each.pk for each in mine].index(self.pk)
            new = min(max(old + by, 0), len(mine) - 1)
            mine.insert(new, mine.pop(old))
            for order, each in enumerate(mine, start=1):
                each.order = order
            SpeedDial.objects.bulk_update(mine, ["order"])
