"""Tokens as administrators see them: to be looked at and revoked, never to be made or read."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clicktodial.api.models import Token


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = (
        "name",
        "user",
        "may_search",
        "may_dial",
        "last_used_at",
        "expires_at",
        "revoked_at",
    )
    list_filter = ("may_dial", "may_search", "revoked_at", "expires_at")
    list_select_related = ("user",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("name", "user__username", "user__first_name", "user__last_name")
    search_help_text = _("A person, or what the token is for.")
    actions = ("revoke",)
    fields = (
        "name",
        "user",
        ("may_search", "may_dial"),
        "created_at",
        "last_used_at",
        "expires_at",
        "revoked_at",
    )

    @admin.action(description=_("Revoke the chosen tokens"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Token]) -> None:
        done = Token.objects.filter(pk__in=queryset.values("pk")).revoke()
        said = ngettext("%(n)d token is revoked.", "%(n)d tokens are revoked.", done)
        messages.success(request, said % {"n": done})

    def get_actions(self, request: HttpRequest, action_location: Any = None) -> dict[str, Any]:
        """Without deleting: a revoked token is kept, so that its last use can be seen."""
        # Django 6.1 says where the actions are shown; 5.2 knows one place and has no word for it.
        place = {} if action_location is None else {"action_location": action_location}
        found = super().get_actions(request, **place)
        found.pop("delete_selected", None)
        return found

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("api.change_token")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        """For superusers only: deleting an account asks whether its tokens may go with it."""
        user = request.user
        return user.is_active and user.is_superuser
