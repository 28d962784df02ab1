"""Which dial plan is in force for whom, and what becomes of a number under it.

A plan is for one location of a cluster, or for all its other locations; without any, numbers are
sent as they are read. Every process remembers the plans until a cluster's stamp changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from clicktodial.dialing import unlisted, whereabouts
from clicktodial.dialing.models import Cluster, DialPlan, DialProfile, ProtectedNumber
from clicktodial.dialing.models.rules import lengths
from clicktodial.dialing.whereabouts import Place
from clicktodial.dialplan import care
from clicktodial.dialplan import number as numbers
from clicktodial.dialplan import rules as dialplan
from clicktodial.dialplan.care import Care
from clicktodial.dialplan.number import EXTENSION_LENGTHS, Number
from clicktodial.dialplan.rules import DialString, Plan


class RulesBroken(Exception):
    """The plan in force has a mistake that came past the forms; nothing is dialled by it."""


@dataclass(frozen=True)
class Asks:
    """The codes that a number asks for: forced authorisation, client matter, both or none."""

    fac: bool = False
    cmc: bool = False

    def __bool__(self) -> bool:
        return self.fac or self.cmc

    def __or__(self, other: "Asks") -> "Asks":
        return Asks(self.fac or other.fac, self.cmc or other.cmc)


@dataclass(frozen=True)
class Kept:
    """A plan as it is kept: the value, and what a site adds to it."""

    plan: Plan = field(default_factory=Plan)
    extension_lengths: frozenset[int] = frozenset(EXTENSION_LENGTHS)
    asks: Mapping[str, Asks] = field(default_factory=dict)
    """What each rule asks for, by its name."""
    flaws: tuple[str, ...] = ()
    """Why the plan cannot be used, for administrators; mostly nothing."""

    @classmethod
    def as_saved(cls, row: DialPlan) -> "Kept":
        """A row with its ranges and rules; where one of them is wrong, its flaws alone."""
        flaws = row.flaws
        return cls(flaws=flaws) if flaws else cls.of(row, plan=row.whole, rules=row.rules.all())

    @classmethod
    def of(cls, row: DialPlan, *, plan: Plan, rules: Any) -> "Kept":
        """A row with the ranges and rules in `plan`; the rows of `rules` say what is asked."""
        asks = {rule.name: Asks(rule.asks_fac, rule.asks_cmc) for rule in rules}
        return cls(plan, lengths(row.extension_lengths), asks)


@dataclass(frozen=True)
class Dialled:
    """What becomes of a number: the digits with every step, the codes and the care it needs."""

    string: DialString
    asks: Asks
    care: Care

    @property
    def digits(self) -> str:
        return self.string.digits

    @property
    def is_unlisted(self) -> bool:
        """Whether the digits are kept from the person who dials."""
        return isinstance(self.string.number, unlisted.UnlistedNumber)

    @property
    def shown(self) -> str:
        """What a page brings back to say that it meant these digits."""
        return unlisted.seal(self.string.number, self.digits)

    @property
    def changed(self) -> bool:
        return self.string.changed and not self.is_unlisted

    @property
    def facts(self) -> dict[str, str]:
        """What a call keeps of its digits: those that its person may see in groups as well."""
        if self.is_unlisted:
            return {"unlisted_digits": self.digits}
        return {"digits": self.digits, "dialled_as": self.display if self.changed else ""}

    @property
    def display(self) -> str:
        return self.string.number.display if self.is_unlisted else self.string.display


@dataclass(frozen=True)
class Rules:
    """How numbers are read and dialled at one place of one cluster."""

    kept: Kept
    place: Place
    protected: tuple[ProtectedNumber, ...] = ()

    def read(self, text: str) -> Number:
        """The number in a text that somebody here wrote; raises NotANumber."""
        return numbers.read(
            text, region=self.place.region, extension_lengths=self.kept.extension_lengths
        )

    def dial(self, number: Number) -> Dialled:
        """What is sent for a number, which codes it asks for and whether it wants a question.

        Raises RulesBroken, as `string` does.
        """
        string = self.string(number)
        found = care.of(
            number,
            region=self.place.region,
            outside_prefix=self.kept.plan.outside_prefix,
            dialled=string.digits,
        )
        asks = Asks() if found is Care.EMERGENCY else self.asks(string)
        return Dialled(string, asks, found)

    def string(self, number: Number) -> DialString:
        """The digits alone, with every step."""
        if self.kept.flaws:
            raise RulesBroken
        return dialplan.apply(number, self.kept.plan)

    def asks(self, string: DialString) -> Asks:
        """The codes that these digits ask for, by the rule that made them or by themselves."""
        number = string.number
        inside = any(own.holds(number.e164) for own in self.kept.plan.ranges)
        asks = Asks() if inside else self.kept.asks.get(string.steps[-1].rule, Asks())
        is_public = bool(number.e164) and not inside
        for row in self.protected:
            forms = {number.digits, string.digits}
            if any(row.holds(digits, is_public=is_public) for digits in forms):
                asks |= Asks(row.asks_fac, row.asks_cmc)
        return asks


@dataclass(frozen=True)
class Dialler:
    """Somebody who dials: how, and from where as far as the directory knows."""

    profile: DialProfile
    place: Place
    cluster: Cluster | None = None
    """Where the phone that was named is, if one was; the rules there count then."""
    asked: DialProfile | None = None
    """Whose wishes count for what is asked first, where somebody else's phone dials."""

    @cached_property
    def _presumed(self) -> Cluster | None:
        clusters = Cluster.objects.filter(enabled=True)[:2]
        return clusters[0] if len(clusters) == 1 else None

    @property
    def asks_outside_hours(self) -> bool:
        """Whether who dials wants to be asked before they call outside working hours."""
        return (self.asked or self.profile).asks_outside_hours

    @property
    def rules(self) -> Rules:
        """The rules of the home cluster, or of the only one while it was not asked yet."""
        return at(self.cluster or self.profile.home_cluster or self._presumed, self.place)

    def read(self, text: str) -> Number:
        """The number that the person wrote, or that a reference stands for; raises NotANumber."""
        rules = self.rules
        return unlisted.find(text, rules.read, user_id=self.profile.user_id) or rules.read(text)


def dialler_of(user: Any) -> Dialler:
    """How and from where a signed-in person dials."""
    return Dialler(DialProfile.objects.of(user), whereabouts.place_of(user.pk))


def of_known_home(user: Any) -> Rules | None:
    """The rules of a person whose home cluster is known already: cheap enough for every page."""
    profile = (
        DialProfile.objects.filter(user=user, home_cluster__isnull=False)
        .select_related("home_cluster")
        .first()
    )
    return at(profile.home_cluster, whereabouts.place_of(user.pk)) if profile else None


def at(cluster: Cluster | None, place: Place) -> Rules:
    """The rules for one place of a cluster; of no cluster, numbers are sent as they are read."""
    if cluster is None:
        return Rules(Kept(), place)
    by_location, protected = _of_cluster(cluster.pk, cluster.plans_stamp)
    kept = by_location.get(place.code) or by_location.get("") or Kept()
    return Rules(kept, place, protected)


@lru_cache(maxsize=256)
def _of_cluster(
    cluster_id: int, stamp: UUID
) -> tuple[dict[str, Kept], tuple[ProtectedNumber, ...]]:
    """A cluster's plans by location, and its protected numbers; a new stamp reads them anew."""
    rows = DialPlan.objects.filter(cluster=cluster_id).prefetch_related("ranges", "rules")
    plans = {row.location: Kept.as_saved(row) for row in rows}
    return plans, tuple(ProtectedNumber.objects.filter(cluster=cluster_id))
