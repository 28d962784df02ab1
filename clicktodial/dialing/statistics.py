"""Figures on calls over a period: by day, outcome, cluster, code, department; nobody is named."""

# ruff: noqa: S608 - questions are put together of our own words; texts are parameters

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clicktodial.dialing.models import Call, Cluster, Outcome

LONGEST = 366  # days
FEWEST = 5  # callers of a department that is told by its name; fewer could be recognised
ROWS = 20  # of a table; what is rarer is added up
CODES = (
    gettext_lazy("taken"),
    gettext_lazy("call failed"),
    gettext_lazy("sign-in refused"),
    gettext_lazy("no proxy rights"),
    gettext_lazy("directory error"),
    gettext_lazy("no such device"),
    gettext_lazy("unavailable"),
    gettext_lazy("no route"),
    gettext_lazy("service error"),
    gettext_lazy("overloaded"),
)
"""What Unified CM's result codes mean, in two words."""


@dataclass(frozen=True)
class Period:
    """Days in the site's time zone, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(n) for n in range((self.last - self.first).days + 1)]


@dataclass(frozen=True)
class Count:
    """One row of a table: `share` is of all calls, between 0 and 1."""

    label: str
    calls: int
    share: float
    callers: int | None = None


@dataclass(frozen=True)
class Statistics:
    """What the calls of a period add up to."""

    period: Period
    by_day: dict[date, Counter[str]]
    outcomes: Counter[str]
    codes: Counter[int | None]
    clusters: Counter[int | None]
    names: dict[int, str]
    departments: list[tuple[str, int, int]]

    @cached_property
    def total(self) -> int:
        return self.outcomes.total()

    @cached_property
    def outcome_rows(self) -> list[Count]:
        labels = {outcome.value: str(outcome.label) for outcome in Outcome}
        return self._rows((labels[outcome], calls) for outcome, calls in self.outcomes.items())

    @cached_property
    def cluster_rows(self) -> list[Count]:
        gone = _("none, or one that is gone")
        return self._rows(
            (self.names.get(pk or 0, gone), calls) for pk, calls in self.clusters.items()
        )

    @cached_property
    def code_rows(self) -> list[Count]:
        return self._rows((_said(code), calls) for code, calls in self.codes.items())

    @cached_property
    def department_rows(self) -> list[Count]:
        return [
            Count(name, calls, self._share(calls), callers)
            for name, calls, callers in self.departments
        ]

    def _rows(self, counted: Iterable[tuple[str, int]]) -> list[Count]:
        """The most frequent first; the rare ones added up in a last row."""
        added: Counter[str] = Counter()
        for label, calls in counted:
            added[label] += calls
        rows = [(label, calls) for label, calls in added.most_common() if calls]
        rare = sum(calls for _label, calls in rows[ROWS:])
        shown = [*rows[:ROWS], *([(_("others"), rare)] if rare else [])]
        return [Count(label, calls, self._share(calls)) for label, calls in shown]

    def _share(self, calls: int) -> float:
        return calls / self.total if self.total else 0.0


def of(period: Period) -> Statistics:
    """The figures of a period of at most LONGEST days; four queries, whatever there is."""
    by_day: dict[date, Counter[str]] = {day: Counter() for day in period.days}
    outcomes: Counter[str] = Counter()
    codes: Counter[int | None] = Counter()
    clusters: Counter[int | None] = Counter()
    for n, outcome, code, cluster, calls in _by_day(period):
        by_day[period.first + timedelta(n)][outcome] += calls
        outcomes[outcome] += calls
        codes[code] += calls
        clusters[cluster] += calls
    names = dict(Cluster.objects.values_list("pk", "name"))
    return Statistics(period, by_day, outcomes, codes, clusters, names, _departments(period))


def _by_day(period: Period) -> list[tuple[int, str, int | None, int | None, int]]:
    """Calls counted within the bounds of each day, which summer time makes longer or shorter."""
    bounds = [_midnight(day) for day in [*period.days, period.last + timedelta(1)]]
    place = "%s::timestamptz" if connection.vendor == "postgresql" else "%s"
    days = ", ".join(f"({n}, {place}, {place})" for n in range(len(bounds) - 1))
    question = (
        f"WITH days (n, starts, ends) AS (VALUES {days}) "
        "SELECT d.n, c.outcome, c.code, c.cluster_id, COUNT(*) "
        f"FROM days d JOIN {Call._meta.db_table} c "
        "ON c.placed_at >= d.starts AND c.placed_at < d.ends "
        "GROUP BY d.n, c.outcome, c.code, c.cluster_id"
    )
    params = [_as_kept(bound) for pair in pairwise(bounds) for bound in pair]
    with connection.cursor() as cursor:
        cursor.execute(question, params)
        return list(cursor.fetchall())


def _departments(period: Period) -> list[tuple[str, int, int]]:
    """(department, calls, callers), most calls first; departments of few callers together."""
    calls = Call.objects.filter(
        placed_at__gte=_midnight(period.first), placed_at__lt=_midnight(period.last + timedelta(1))
    )
    callers = dict(calls.order_by().values_list("user_id").annotate(models.Count("pk")))
    names: dict[int, str] = import_string(settings.CALLER_DEPARTMENTS)() if callers else {}
    calls_of: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for account, count in callers.items():
        name = names.get(account) or _("no department")
        calls_of[name] += count
        people[name] += 1
    large = [
        (name, count, people[name])
        for name, count in calls_of.most_common()
        if people[name] >= FEWEST
    ][:ROWS]
    told = {name for name, _count, _people in large}
    rest = [name for name in calls_of if name not in told]
    if not rest:
        return large
    label = _("other departments, and those with fewer than %(few)d callers") % {"few": FEWEST}
    return [
        *large,
        (label, sum(calls_of[name] for name in rest), sum(people[name] for name in rest)),
    ]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _as_kept(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _said(code: int | None) -> str:
    if code is None:
        return _("none: no answer with a code")
    return f"{code}: {CODES[code]}" if 0 <= code < len(CODES) else str(code)
