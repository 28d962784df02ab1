"""The statistics page: a period is chosen, charts stand beside their tables, tables go as CSV."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from clicktodial import sheets
from clicktodial.audit import trail
from clicktodial.dialing import charts, statistics
from clicktodial.dialing.models import Call, Outcome
from clicktodial.dialing.statistics import LONGEST, Count, Period, Statistics

USUAL = 30  # days
PRESETS = (7, 30, 90, 365)
KINDS = [
    Outcome.ACCEPTED,
    Outcome.HANDED_OVER,
    Outcome.REFUSED,
    Outcome.NOT_SENT,
    Outcome.UNKNOWN,
    Outcome.SENDING,
    Outcome.PLACING,
]
"""From the ground up."""


class PeriodForm(forms.Form):
    """The first and the last day, at most a year of them."""

    first = forms.DateField(
        label=pgettext_lazy("a date", "From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last = forms.DateField(
        label=pgettext_lazy("a date", "to"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if any(day and not 2000 <= day.year < 2100 for day in (first, last)):
            raise forms.ValidationError(_("Choose days between 2000 and 2099."))
        if first and last and first > last:
            raise forms.ValidationError(_("The first day comes after the last. Swap them."))
        if first and last and (last - first).days >= LONGEST:
            raise forms.ValidationError(
                _("That is more than %(days)d days. Choose a year at most.") % {"days": LONGEST}
            )
        return cleaned


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponseBase:
    """GET shows a period; POST hands a table of it over as CSV."""
    if not request.user.has_perms(("dialing.view_call", "dialing.view_cluster")):
        raise PermissionDenied
    today = timezone.localdate()
    usual = {"first": _back(today, USUAL), "last": today}
    asked = PeriodForm(request.GET if "first" in request.GET or "last" in request.GET else usual)
    period = Period(**asked.cleaned_data) if asked.is_valid() else Period(**usual)
    found = statistics.of(period)
    if request.method == "POST":
        return _csv(request, found)
    context = {
        **admin.site.each_context(request),
        "title": _("Statistics"),
        "opts": Call._meta,
        "form": asked,
        "presets": [(days, _back(today, days), today) for days in PRESETS],
        "found": found,
        "days": _chart_of_days(found),
        "kinds": [(kind.value, str(kind.label)) for kind in KINDS if found.outcomes[kind]],
        "day_rows": [(day, counts.total(), _told(counts)) for day, counts in found.by_day.items()],
        "tables": [
            (key, title, rows, charts.rows([(row.label, row.calls) for row in rows]))
            for key, (title, rows) in _tables(found).items()
        ],
        "few": statistics.FEWEST,
    }
    return TemplateResponse(request, "admin/dialing/call/statistics.html", context)


def _back(today: date, days: int) -> date:
    return today - timedelta(days - 1)


def _tables(found: Statistics) -> dict[str, tuple[str, list[Count]]]:
    return {
        "outcomes": (_("By outcome"), found.outcome_rows),
        "clusters": (_("By cluster"), found.cluster_rows),
        "codes": (_("By code"), found.code_rows),
        "departments": (_("By department"), found.department_rows),
    }


def _chart_of_days(found: Statistics) -> charts.Chart:
    columns = [
        (date_format(day, "j M"), counts, f"{date_format(day)}: {_told(counts) or '0'}")
        for day, counts in found.by_day.items()
    ]
    return charts.stacked(columns, kinds=[kind.value for kind in KINDS])


def _told(counts: Any) -> str:
    return ", ".join(f"{counts[kind]} {kind.label}" for kind in KINDS if counts[kind])


def _csv(request: HttpRequest, found: Statistics) -> HttpResponseBase:
    """One table; an unknown name gets the days."""
    key = request.POST.get("table", "")
    first, last = found.period.first, found.period.last
    trail.note(trail.Action.EXPORTED, by=request.user, what="statistics", table=key[:20])
    name = f"calls-{key}-{first}-{last}"
    if key in (tables := _tables(found)):
        rows: Iterable[Any] = ((row.label, row.calls) for row in tables[key][1])
        return sheets.csv_answer(name, heading=(tables[key][0], _("calls")), rows=rows)
    kinds = [kind.value for kind in KINDS]
    rows = (
        (day.isoformat(), counts.total(), *(counts[kind] for kind in kinds))
        for day, counts in found.by_day.items()
    )
    heading = (_("day"), _("calls"), *(kind.label for kind in KINDS))
    return sheets.csv_answer(f"calls-days-{first}-{last}", heading=heading, rows=rows)
