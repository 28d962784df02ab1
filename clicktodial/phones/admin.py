"""Phone services in the administration; a token is shown once, in the answer that makes it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from clicktodial.audit import trail
from clicktodial.phones.models import Service


class ServiceForm(forms.ModelForm):  # type: ignore[type-arg]
    new_token = forms.BooleanField(
        label=_("Make a new token"),
        required=False,
        help_text=_("Shown once; an old one counts no more. Without a token the networks decide."),
    )
    drop_token = forms.BooleanField(label=_("Do without a token"), required=False)

    class Meta:
        model = Service
        fields = (
            "name", "enabled", "networks", "device", "knows_devices", "cluster", "location",
            "charset",
        )  # fmt: skip

    token = ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("drop_token"):
            self.instance.token_digest = ""
        if cleaned.get("new_token"):
            self.token = self.instance.make_token()
        if cleaned.get("enabled") and not (cleaned.get("networks") or self.instance.has_token):
            self.add_error("networks", _("Name networks, or make a token, before enabling it."))
        return cleaned


@admin.register(Service)
class ServiceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = ServiceForm
    list_display = ("name", "enabled", "has_token", "device", "cluster", "location")
    list_select_related = ("cluster",)
    fieldsets = (
        (None, {"fields": ("name", "enabled")}),
        (_("Who is let in"), {"fields": ("networks", ("new_token", "drop_token"), "device")}),
        (_("What is shown"), {"fields": ("knows_devices", "cluster", "location", "charset")}),
    )

    @admin.display(description=_("token"), boolean=True)
    def has_token(self, service: Service) -> bool:
        return service.has_token

    def save_model(self, request: HttpRequest, obj: Service, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.token:
            trail.note(trail.Action.SECRET_REPLACED, by=request.user, about=obj)
            request.new_phone_token = form.token  # type: ignore[attr-defined]

    def response_add(
        self, request: HttpRequest, obj: Service, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._token(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Service) -> HttpResponse:
        return self._token(request, obj) or super().response_change(request, obj)

    @sensitive_variables()
    def _token(self, request: HttpRequest, service: Service) -> HttpResponse | None:
        token = getattr(request, "new_phone_token", "")
        if not token:
            return None
        address = request.build_absolute_uri(reverse("phones:menu"))
        context = {
            **self.admin_site.each_context(request),
            "title": service.name,
            "address": f"{address}?device=#DEVICENAME#&token={token}",
            "opts": self.opts,
        }
        answer = TemplateResponse(request, "admin/phones/token.html", context)
        add_never_cache_headers(answer)
        return answer
