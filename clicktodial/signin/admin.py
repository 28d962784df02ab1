"""Accounts, where they come from, and whom the guard against guessing keeps out."""

from datetime import timedelta
from typing import Any

from axes.utils import reset
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clicktodial.audit import trail
from clicktodial.signin.models import FailedSignIn, Identity

_User = get_user_model()


class ReadOnly:
    """For administration classes of what only the site itself writes."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class IdentityInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = Identity
    extra = 0
    can_delete = False
    fields = ("source", "username", "subject", "tie", "first_at", "last_at", "closed_at")
    readonly_fields = fields


admin.site.unregister(_User)


@admin.register(_User)
class AccountAdmin(UserAdmin):  # type: ignore[type-arg]
    """Django's own, with where the account comes from and which entry it has."""

    inlines = (IdentityInline,)
    list_display = ("username", "first_name", "last_name", "entry", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff", "groups", "identities__source", "identities__tie")
    list_select_related = ("person",)
    list_per_page = 50
    show_full_result_count = False

    @admin.display(description=_("directory entry"))
    def entry(self, user: Any) -> str:
        return str(getattr(user, "person", "") or "")


@admin.register(Identity)
class IdentityAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Deleting one lets the next sign-in from that source begin anew, which superusers may."""

    list_display = ("username", "source", "user", "tie", "last_at", "closed_at")
    list_filter = ("tie", "source", "closed_at")
    list_select_related = ("user",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("username", "subject", "user__username", "user__last_name")
    fields = ("user", "source", "username", "subject", "tie", "first_at", "last_at", "closed_at")


@admin.register(FailedSignIn)
class FailedSignInAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Names at which passwords were guessed wrong; what was typed in is not shown."""

    list_display = (
        "username",
        "ip_address",
        "failures_since_start",
        "attempt_time",
        "closed_until",
    )
    search_fields = ("username", "ip_address")
    search_help_text = _("A user name or an address.")
    list_per_page = 50
    show_full_result_count = False
    fields = ("username", "ip_address", "failures_since_start", "attempt_time", "user_agent")
    actions = ("let_in_again",)

    @admin.display(description=_("closed until"))
    def closed_until(self, attempt: FailedSignIn) -> str:
        opens = attempt.attempt_time + timedelta(hours=settings.AXES_COOLOFF_TIME)
        often = attempt.failures_since_start >= settings.AXES_FAILURE_LIMIT
        closed = often and opens > timezone.now()
        return date_format(timezone.localtime(opens), "TIME_FORMAT") if closed else ""

    @admin.action(description=_("Let them try again now"), permissions=["delete"])
    def let_in_again(self, request: HttpRequest, queryset: QuerySet[FailedSignIn]) -> None:
        chosen = set(queryset.values_list("username", "ip_address"))
        for username, address in chosen:
            reset(ip=address, username=username)
            trail.note(trail.Action.LET_IN_AGAIN, by=request.user, user_name=username)
        said = ngettext(
            "%(n)d may try again.",
            "%(n)d may try again.",
            len(chosen),
        )
        messages.success(request, said % {"n": len(chosen)})

    def get_actions(self, request: HttpRequest, action_location: Any = None) -> dict[str, Any]:
        # Django 6.1 says where the actions are shown; 5.2 knows one place and has no word for it.
        place = {} if action_location is None else {"action_location": action_location}
        found: dict[str, Any] = super().get_actions(request, **place)
        found.pop("delete_selected", None)
        return found

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("signin.delete_failedsignin")
