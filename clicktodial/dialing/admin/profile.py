"""How people dial, for the person at the help desk who mends it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing.models import DialProfile


class DialProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """A device goes with its line, and both are told so in words."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        device, line = cleaned.get("device"), cleaned.get("line")
        if bool(device) != bool(line):
            missing = "line" if device else "device"
            self.add_error(
                missing, _("Enter the device and its line, or neither: then the person chooses.")
            )
        return cleaned


@admin.register(DialProfile)
class DialProfileAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = DialProfileForm
    list_display = ("user", "cucm_user_id", "mode", "home_cluster", "device", "line")
    list_filter = ("mode", "home_cluster")
    list_select_related = ("user", "home_cluster")
    list_per_page = 50
    show_full_result_count = False
    search_fields = (
        "user__username",
        "user__first_name",
        "user__last_name",
        "cucm_user_id",
        "device",
        "line",
    )
    search_help_text = _("A person, Unified CM user id, device or line.")
    autocomplete_fields = ("user", "home_cluster")
    readonly_fields = ("chosen_at",)
    fieldsets = (
        (None, {"fields": ("user", "cucm_user_id", "mode")}),
        (
            _("Home cluster"),
            {
                "fields": ("home_cluster",),
                "description": _(
                    "Empty: all clusters are asked at the next call, and the answer is kept."
                ),
            },
        ),
        (
            _("Phone"),
            {
                "fields": ("device", "line", "chosen_at", "asks_phone"),
                "description": _(
                    "The person chooses these. Empty both, and the person chooses again at the "
                    "next call."
                ),
            },
        ),
    )
