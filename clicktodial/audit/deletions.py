"""Django's “Delete selected”, whose deletions of several rows at once it tells no signal of."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.actions import delete_selected as djangos
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from clicktodial.audit import trail


@admin.action(permissions=["delete"], description=_("Delete selected %(verbose_name_plural)s"))
def delete_selected(
    modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]
) -> HttpResponse | None:
    """Asks first, then deletes; every deletion is noted."""
    rows = list(queryset) if request.POST.get("post") else []
    answer: HttpResponse | None = djangos(modeladmin, request, queryset)
    if answer is None and len(rows) > 1:  # a single one is told by its LogEntry
        for row in rows:
            trail.note(trail.Action.DELETED, by=request.user, about=row)
    return answer
