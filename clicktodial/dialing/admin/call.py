"""Calls as administrators see them: to be looked at, never to be changed."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing import wording
from clicktodial.dialing.admin import statistics
from clicktodial.dialing.models import Call
from clicktodial.dialing.statistics import CODES


class CodeFilter(admin.SimpleListFilter):
    """Result codes from a fixed list: reading them from the calls would read every call."""

    title = _("code")
    parameter_name = "code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(code), f"{code}: {meaning}") for code, meaning in enumerate(CODES)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Call]) -> QuerySet[Call]:
        value = self.value()
        return queryset.filter(code=int(value)) if value and value.isdecimal() else queryset


@admin.register(Call)
class CallAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = (
        "placed_at",
        "user",
        "number",
        "name",
        "outcome",
        "code",
        "cluster",
        "device",
    )
    list_filter = ("outcome", CodeFilter, "cluster", "mode", "placed_at")
    list_select_related = ("user", "owner", "cluster")
    list_per_page = 50
    show_full_result_count = False
    search_fields = (
        "user__username",
        "user__first_name",
        "user__last_name",
        "cucm_user_id",
        "number",
        "digits",
        "unlisted_digits",
        "device",
        "name",
        "^click",
    )
    search_help_text = _("A person, number, digits, device, or the reference a person was told.")
    actions = None
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "outcome",
                    "meaning",
                    ("code", "trouble"),
                    "reference",
                )
            },
        ),
        (
            _("From"),
            {"fields": (("user", "owner"), "cucm_user_id", "mode", "known_by", ("device", "line"))},
        ),
        (_("To"), {"fields": ("name", "number", "digits", "unlisted_digits", "after")}),
        (_("Through"), {"fields": ("cluster", "node")}),
        (
            _("When"),
            {"fields": ("placed_at", "sent_at", "settled_at", ("ended_at", "end_code"))},
        ),
    )
    readonly_fields = ("meaning", "reference")

    @admin.display(description=_("what the person was told"))
    def meaning(self, call: Call) -> str:
        said = wording.of(call)
        return f"{said.says} {said.next}".strip()

    @admin.display(description=_("reference"))
    def reference(self, call: Call) -> str:
        return call.reference

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(statistics.page)
        return [path("statistics/", view, name="dialing_call_statistics"), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Call | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Call | None = None) -> bool:
        """For superusers only: who leaves may ask for their account, and so their calls, to go."""
        user = request.user
        return user.is_active and user.is_superuser
