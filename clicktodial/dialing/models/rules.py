"""Dial plans as administrators keep them: one for a cluster, or for one location on it."""

import re
from collections.abc import Iterable
from itertools import combinations
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing.models.cluster import Cluster
from clicktodial.dialplan.number import EXTENSION_LENGTHS, Kind
from clicktodial.dialplan.plan import MOST_DIGITS
from clicktodial.dialplan.rules import NotARule, Plan, Plus, Range, Rule

LONGEST_EXTENSION = 10
KIND_WORDS = {Kind.E164: _("public"), Kind.EXTENSION: _("extension"), Kind.DIGITS: _("other")}
_LENGTHS = re.compile(r"(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?", re.ASCII)


def kind_choices() -> list[tuple[str, str]]:
    """Every choice of kinds; a rule for all three is a rule for any."""
    several = [each for count in (1, 2) for each in combinations(KIND_WORDS, count)]
    return [(",".join(kinds), " / ".join(str(KIND_WORDS[k]) for k in kinds)) for kinds in several]


def lengths(text: str) -> frozenset[int]:
    """The lengths in a text such as 2-5 or 3, 5; ValidationError where it is none."""
    found: set[int] = set()
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        ends = _LENGTHS.fullmatch(part)
        first, last = (int(ends[1]), int(ends[2] or ends[1])) if ends else (0, 0)
        if not 1 <= first <= last <= LONGEST_EXTENSION:
            raise ValidationError(
                _("Write lengths from 1 to %(most)d, such as 4, or 3-5.")
                % {"most": LONGEST_EXTENSION}
            )
        found.update(range(first, last + 1))
    return frozenset(found)


def validate_lengths(text: str) -> None:
    lengths(text)


class PlainQuerySet(models.QuerySet[Any]):
    """Rows whose `update` is told to every worker, too; the signals hear nothing of it."""

    def update(self, **values: Any) -> int:
        count = super().update(**values)
        plans_changed()
        return count

    update.alters_data = True  # type: ignore[attr-defined]


class Plain(models.Model):
    """A row that stands for a value of the dial plan, and is checked by making that value."""

    objects = PlainQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def value(self) -> Any:
        """The dial plan's own value; raises NotARule."""
        raise NotImplementedError

    def clean(self) -> None:
        try:
            _ = self.value
        except NotARule as fault:
            raise ValidationError({fault.place: str(fault)}) from None

    @property
    def flaw(self) -> str:
        """What is wrong with a row that no form has looked at, with its name; mostly nothing."""
        try:
            _ = self.value
        except NotARule as fault:
            return f"{self._meta.verbose_name} “{self}”, {self._named(fault.place)}: {fault}"
        except (ValidationError, ValueError, TypeError):  # a word that none of the choices is
            return f"{self._meta.verbose_name} “{self}”: It cannot be read."
        return ""

    def _named(self, place: str) -> str:
        names = {field.name: str(field.verbose_name) for field in self._meta.fields}
        return names.get(place, place)


class DialPlan(Plain):
    """How one location of one cluster dials, or every location that has no plan of its own."""

    name = models.CharField(_("name"), max_length=80)
    cluster = models.ForeignKey(
        Cluster, models.CASCADE, related_name="dial_plans", verbose_name=_("cluster")
    )
    location = models.CharField(
        _("location code"),
        max_length=40,
        blank=True,
        help_text=_("As in the directory. Empty: every location without a plan of its own."),
    )
    extension_lengths = models.CharField(
        _("digits of an extension"),
        max_length=20,
        default=f"{EXTENSION_LENGTHS.start}-{EXTENSION_LENGTHS.stop - 1}",
        blank=True,
        validators=[validate_lengths],
        help_text=_("A bare number this long is a colleague: 4, or 3-5. Empty: none is."),
    )
    plus = models.CharField(
        _("+ of a public number"),
        max_length=8,
        choices=[
            (Plus.KEEP.value, _("sent: Unified CM takes it")),
            (Plus.REPLACE.value, _("replaced as said below")),
        ],
        default=Plus.KEEP.value,
    )
    international_prefix = models.CharField(
        _("international prefix"), max_length=10, default="00", blank=True
    )
    home_code = models.CharField(
        _("own country code"),
        max_length=3,
        blank=True,
        help_text=_("Numbers of this country are dialled nationally. Such as 41; empty: none."),
    )
    national_prefix = models.CharField(_("national prefix"), max_length=10, default="0", blank=True)
    outside_prefix = models.CharField(
        _("outside prefix"),
        max_length=10,
        blank=True,
        help_text=_("In front of every public number that no range or rule has taken."),
    )

    class Meta:
        verbose_name = _("dial plan")
        verbose_name_plural = _("dial plans")
        ordering = ("cluster__order", "cluster__name", "location")
        constraints = [
            models.UniqueConstraint(
                "cluster",
                "location",
                name="one_dial_plan_per_cluster_and_location",
                violation_error_message=_("This cluster has a plan for this location already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def made(self, *, ranges: "Iterable[NumberRange]", rules: "Iterable[DialRule]") -> Plan:
        """The dial plan's value with these ranges and rules; raises NotARule."""
        return Plan(
            self.name,
            tuple(each.value for each in ranges),
            tuple(each.value for each in rules),
            Plus(self.plus),
            self.international_prefix,
            self.home_code,
            self.national_prefix,
            self.outside_prefix,
        )

    @property
    def value(self) -> Plan:
        """The plan itself, as far as its own row says it; raises NotARule."""
        return self.made(ranges=(), rules=())

    @property
    def whole(self) -> Plan:
        """The plan with its ranges and rules, as they are kept; raises NotARule."""
        return self.made(ranges=self.ranges.all(), rules=self.rules.all())

    @property
    def flaw(self) -> str:
        try:
            lengths(self.extension_lengths)
        except ValidationError as fault:
            name = self._named("extension_lengths")
            return f"{self._meta.verbose_name} “{self}”, {name}: {fault.messages[0]}"
        return super().flaw

    @property
    def flaws(self) -> tuple[str, ...]:
        """All that keeps this plan from being used; numbers are not dialled while there is any."""
        rows = (self, *self.ranges.all(), *self.rules.all())
        return tuple(filter(None, (row.flaw for row in rows)))


class NumberRange(Plain):
    """Public numbers that are one's own: a colleague is called inside the house."""

    plan = models.ForeignKey(DialPlan, models.CASCADE, related_name="ranges")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=80)
    first = models.CharField(_("first number"), max_length=16)
    last = models.CharField(_("last number"), max_length=16)
    keep = models.PositiveSmallIntegerField(_("digits kept"), help_text=_("The extension."))
    prefix = models.CharField(_("prefix"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("range of one's own numbers")
        verbose_name_plural = _("one's own numbers, called inside")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def value(self) -> Range:
        return Range(self.name, self.first, self.last, self.keep or 0, self.prefix)


class DialRule(Plain):
    """One application dial rule, and the codes that numbers it takes ask for."""

    plan = models.ForeignKey(DialPlan, models.CASCADE, related_name="rules")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=80)
    begins_with = models.CharField(_("number begins with"), max_length=100, blank=True)
    digits = models.PositiveSmallIntegerField(
        _("number of digits"), null=True, blank=True, validators=[MaxValueValidator(MOST_DIGITS)]
    )
    remove = models.PositiveSmallIntegerField(_("digits to remove"), default=0)
    prefix = models.CharField(_("prefix"), max_length=30, blank=True)
    pattern = models.CharField(_("pattern"), max_length=100, blank=True)
    kinds = models.CharField(_("kinds"), max_length=40, blank=True, choices=kind_choices)
    countries = models.CharField(
        _("countries"), max_length=200, blank=True, help_text=_("Such as CH, LI.")
    )
    asks_fac = models.BooleanField(_("asks for FAC"), default=False)
    asks_cmc = models.BooleanField(_("asks for CMC"), default=False)

    class Meta:
        verbose_name = _("dial rule")
        verbose_name_plural = _("dial rules")
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("plan", "name"), name="the_rules_of_a_plan_differ_in_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def value(self) -> Rule:
        return Rule(
            self.name,
            self.begins_with,
            self.digits,
            self.remove or 0,
            self.prefix,
            self.pattern,
            tuple(map(Kind, self.kinds.split(","))) if self.kinds else (),
            tuple(filter(None, re.split(r"[\s,;]+", self.countries))),
        )


def plans_changed(**_: Any) -> None:
    """Tell every worker that what it remembers of the dial plans is out of date.

    By signals, since rows also go by a cascade or by the list's own "delete".
    """
    Cluster.objects.update(plans_stamp=uuid4())


for _kept in (DialPlan, NumberRange, DialRule):
    for _signal in (post_save, post_delete):
        _signal.connect(plans_changed, sender=_kept, dispatch_uid=f"plans_changed {_kept.__name__}")
