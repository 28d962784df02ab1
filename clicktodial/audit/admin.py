"""The audit trail in the administration: to be read and exported, never to be changed."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from clicktodial import sheets
from clicktodial.audit import trail
from clicktodial.audit.models import Entry

_LABELS = dict(trail.Action.choices)


class ActionFilter(admin.SimpleListFilter):
    """Actions from the list that there is: reading them from the trail would read all of it."""

    title = _("what was done")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(trail.Action.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        return queryset.filter(action=self.value()) if self.value() else queryset


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    change_list_template = "admin/audit/entry/change_list.html"
    list_display = ("at", "by", "done", "kind", "about_name", "told")
    list_filter = (ActionFilter, "at")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("actor_name", "about_name", "=about_id", "=request_id")
    search_help_text = _("A user name, what it was about, or the reference of a request.")
    actions = None
    fields = ("at", "done", "by", "kind", "about_name", "about_id", "told", "request_id")
    readonly_fields = ("done", "by", "kind", "told")

    @admin.display(description=_("by"), ordering="actor_name")
    def by(self, entry: Entry) -> str:
        return entry.actor_name or str(_("nobody signed in"))

    @admin.display(description=_("what was done"), ordering="action")
    def done(self, entry: Entry) -> str:
        return str(_LABELS.get(entry.action, entry.action))

    @admin.display(description=_("kind"))
    def kind(self, entry: Entry) -> str:
        return f"{entry.about_app}.{entry.about_model}" if entry.about_model else ""

    @admin.display(description=_("facts"))
    def told(self, entry: Entry) -> str:
        return ", ".join(f"{name}: {_said(fact)}" for name, fact in entry.facts.items())

    # --- Export --------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export)
        return [path("export/", view, name="audit_entry_export"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        may = request.user.has_perm("audit.export_entry")
        context = {"may_export": may, "asked": request.GET.urlencode(), **(extra_context or {})}
        return super().changelist_view(request, context)

    @method_decorator(require_POST)
    def export(self, request: HttpRequest) -> HttpResponseBase:
        """The entries that the list shows with the same search and filters, as CSV."""
        if not (self.has_view_permission(request) and request.user.has_perm("audit.export_entry")):
            raise PermissionDenied
        found = self.get_changelist_instance(request).get_queryset(request)
        asked = {name: request.GET[name] for name in request.GET}
        trail.note(trail.Action.EXPORTED, by=request.user, what="audit trail", asked=asked)
        heading = (
            *(_("when"), _("by"), _("what was done"), _("app"), _("model"), _("id"), _("about")),
            *(_("facts"), _("request")),
        )
        return sheets.csv_answer("audit-trail", heading=heading, rows=_rows(found))

    # --- Nothing else --------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False


def _said(fact: Any) -> str:
    return fact if isinstance(fact, str) else json.dumps(fact, ensure_ascii=False)


def _rows(entries: QuerySet[Entry]) -> Iterable[tuple[Any, ...]]:
    for entry in entries.iterator(chunk_size=2000):
        yield (
            localtime(entry.at).isoformat(timespec="seconds"),
            entry.actor_name,
            entry.action,
            entry.about_app,
            entry.about_model,
            entry.about_id,
            entry.about_name,
            json.dumps(entry.facts, ensure_ascii=False) if entry.facts else "",
            entry.request_id,
        )
