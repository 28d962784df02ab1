"""Who may dial from whose phones, for administrators, who may grant and withdraw it."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clicktodial.dialing import delegations
from clicktodial.dialing.models import Delegation


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("now", _("in force")), ("open", _("in force or to come")), ("past", _("over"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Delegation]
    ) -> QuerySet[Delegation]:
        kinds = {
            "now": Delegation.objects.in_force,
            "open": Delegation.objects.open,
            "past": Delegation.objects.past,
        }
        kind = kinds.get(self.value() or "")
        return queryset.filter(pk__in=kind().values("pk")) if kind else queryset


@admin.register(Delegation)
class DelegationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("delegate", "owner", "device", "begins_at", "ends_at", "withdrawn_at", "now")
    list_filter = (StateFilter,)
    list_select_related = ("owner", "delegate")
    list_per_page = 50
    show_full_result_count = False
    search_fields = tuple(
        f"{who}__{name}"
        for who in ("owner", "delegate")
        for name in ("username", "first_name", "last_name")
    )
    search_help_text = _("A person, on either side.")
    autocomplete_fields = ("owner", "delegate")
    readonly_fields = ("withdrawn_at", "granted_by")
    actions = ("withdraw",)
    fieldsets = (
        (None, {"fields": ("delegate", "owner")}),
        (
            _("From which phone"),
            {
                "fields": ("cluster", "device", "line"),
                "description": _(
                    "All empty: any phone that Unified CM lists for the owner. Only clusters that "
                    "dial by the application user can be used on behalf of others."
                ),
            },
        ),
        (_("When"), {"fields": ("begins_at", "ends_at", "withdrawn_at", "granted_by")}),
    )

    @admin.display(description=_("in force"), boolean=True)
    def now(self, delegation: Delegation) -> bool:
        return delegation.is_in_force

    @admin.action(description=_("Withdraw at once"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Delegation]) -> None:
        count = sum(delegations.withdraw(each, by=request.user) for each in queryset)
        said = ngettext("%(n)d delegation withdrawn.", "%(n)d delegations withdrawn.", count)
        self.message_user(request, said % {"n": count}, messages.SUCCESS)

    def save_model(self, request: HttpRequest, obj: Delegation, form: Any, change: bool) -> None:
        if not change and request.user.is_authenticated:
            obj.granted_by = request.user
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """For superusers only, with an account that goes: withdrawn ones tell who was let dial."""
        user = request.user
        return user.is_active and user.is_superuser

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Whose phone and who may dial is for good: another pair is another delegation."""
        fixed = ("delegate", "owner") if obj else ()
        return (*fixed, *self.readonly_fields)
