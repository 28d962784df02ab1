"""Where people belong: departments, a tree, and locations, with an address and a time of day."""

import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clicktodial.hours import Hours, of_country, usual_days
from directory.models.bulk import ToldQuerySet
from directory.models.chains import chain, is_circle
from directory.models.hours import Week, week_of_days
from directory.models.weeks import WorkingDaysField


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def validate_time_zone(text: str) -> None:
    if text not in _time_zones():
        raise ValidationError(_("Write the name of a time zone, such as Europe/Zurich."))


def validate_country(text: str) -> None:
    if text not in phonenumbers.SUPPORTED_REGIONS:
        raise ValidationError(_("Write a country’s two capital letters, such as CH."))


class Department(models.Model):
    name = models.CharField(_("name"), max_length=150)
    code = models.CharField(
        _("code"), max_length=40, blank=True, help_text=_("The cost centre, for instance.")
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="children",
    )
    head = models.ForeignKey(
        "directory.Person",
        verbose_name=_("head"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="heads",
    )

    objects = ToldQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        constraints = (
            models.UniqueConstraint(
                fields=("code",), condition=~Q(code=""), name="one_department_per_code"
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("pk")), name="no_department_belongs_to_itself"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if is_circle(self, by="parent"):
            raise ValidationError(
                {"parent": _("That department already belongs to this one, closely or distantly.")}
            )


def above(department: Department) -> list[Department]:
    """The departments this one belongs to, nearest first; a circle in the data is left once."""
    return chain(department, by="parent")


def with_all_below(departments: Iterable[int], *, parents: Mapping[int, int | None]) -> set[int]:
    """Those departments and every department below them, by the ids of all parents."""
    found = set(departments)
    children: dict[int, list[int]] = {}
    for child, parent in parents.items():
        if parent is not None:
            children.setdefault(parent, []).append(child)
    to_visit = list(found)
    while to_visit:
        fresh = [child for child in children.get(to_visit.pop(), ()) if child not in found]
        found.update(fresh)
        to_visit += fresh
    return found


class Location(models.Model):
    name = models.CharField(_("name"), max_length=150)
    code = models.CharField(_("code"), max_length=40, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[validate_country],
        help_text=_("Two letters, such as CH. National numbers of people here are read by it."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("Such as Europe/Zurich."),
    )
    working_days = WorkingDaysField(
        _("working days"),
        db_default="",
        default="",
        help_text=_("None ticked: the days that are usual in the country."),
    )

    objects = ToldQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        constraints = (
            models.UniqueConstraint(
                fields=("code",), condition=~Q(code=""), name="one_location_per_code"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, **options: Any) -> None:
        """Saves the row and its search keys in one transaction."""
        with transaction.atomic():
            super().save(**options)

    @property
    def town(self) -> str:
        return self.city or self.name

    @property
    def hours(self) -> Hours | None:
        """When people here work; None where neither time zone nor country tells the time."""
        return hours(
            self.time_zone, town=self.town, country=self.country, working_days=self.working_days
        )

    @property
    def week(self) -> Week:
        """The days that are worked here; an empty week where neither they nor a country is said."""
        usual = usual_days(self.country) if self.country else ""
        return week_of_days(self.working_days or usual)

    @property
    def clock(self) -> str:
        """The time of day here, such as 16:40; nothing where it is not known."""
        clock = self.hours and self.hours.clock()
        return f"{clock.time:%H:%M}" if clock else ""


def hours(zone: str, *, town: str, country: str, working_days: str) -> Hours | None:
    """The hours that a location's columns tell; its country speaks where they are silent."""
    days = working_days or usual_days(country)
    if zone:
        return Hours(zone, town, days)
    there = of_country(country, town=town)
    return replace(there, days=days) if there else None
