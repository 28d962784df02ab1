"""What comes from people to the administrators: their changes, and numbers they say are wrong."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from directory.models import Change, Report, SelfService, WrongNumber


class ForWhoSeesNumbers(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that hold numbers, for administrators who may view those; nobody adds or deletes one."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and _sees_numbers(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _sees_numbers(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _sees_numbers(request: HttpRequest) -> bool:
    return request.user.has_perm("directory.view_number")


@admin.register(Change)
class ChangeAdmin(ForWhoSeesNumbers):
    list_display = ("at", "person", "label", "old", "new", "by")
    list_display_links = None
    list_select_related = ("person", "by")
    list_filter = ("at", "field")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("person__given_name", "person__family_name", "by__username")
    actions = None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("field"), ordering="field")
    def label(self, change: Change) -> str:
        return change.label


@admin.register(SelfService)
class SelfServiceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The form itself: of one row there is no list."""
        if SelfService.objects.exists():
            return redirect("admin:directory_selfservice_change", 1)
        if self.has_add_permission(request):
            return redirect("admin:directory_selfservice_add")
        answer: HttpResponse = super().changelist_view(request, extra_context)
        return answer

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not SelfService.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: SelfService, form: Any, change: bool) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)


class ReportInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Report
    extra = 0
    fields = readonly_fields = ("reporter", "note", "at", "told_at")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(WrongNumber)
class WrongNumberAdmin(ForWhoSeesNumbers):
    inlines = (ReportInline,)
    list_display = ("written", "kind", "person", "source", "times", "state", "reported_at")
    list_select_related = ("person",)
    list_filter = ("state", "source", "reported_at")
    list_per_page = 50
    search_fields = ("written", "person__given_name", "person__family_name")
    actions = None
    fields = (
        ("written", "kind"),
        "entry",
        "now",
        "source",
        "state",
        "answer",
        ("reported_at", "answered_at", "answered_by"),
    )
    readonly_fields = (
        "written",
        "kind",
        "entry",
        "now",
        "source",
        "reported_at",
        "answered_at",
        "answered_by",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[WrongNumber]:
        rows: QuerySet[WrongNumber] = super().get_queryset(request)
        return rows.annotate(number_of_reports=Count("reports"))

    def save_model(self, request: HttpRequest, obj: WrongNumber, form: Any, change: bool) -> None:
        if "state" in form.changed_data:
            obj.answer_by(request.user)
        super().save_model(request, obj, form, change)

    @admin.display(description=_("reports"), ordering="number_of_reports")
    def times(self, row: Any) -> int:
        return int(row.number_of_reports)

    @admin.display(description=_("entry"))
    def entry(self, row: WrongNumber) -> str:
        address = reverse("admin:directory_person_change", args=[row.person_id])
        return format_html('<a href="{}">{}</a>', address, row.person)

    @admin.display(description=_("number now"))
    def now(self, row: WrongNumber) -> str:
        return str(row.number) if row.number else str(_("No number stands there any more."))
