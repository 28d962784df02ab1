"""Numbers that ask for a code, and client matters, with their import from a file."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing import matter_file
from clicktodial.dialing.admin.matter_form import MatterFileForm
from clicktodial.dialing.models import ClientMatter, ProtectedNumber


@admin.register(ProtectedNumber)
class ProtectedNumberAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("__str__", "is_whole", "cluster", "asks_fac", "asks_cmc", "note")
    list_filter = ("cluster", "asks_fac", "asks_cmc")
    list_select_related = ("cluster",)
    search_fields = ("begins_with", "note")
    fields = ("cluster", "begins_with", "is_whole", "asks_fac", "asks_cmc", "note")


@admin.register(ClientMatter)
class ClientMatterAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "code", "is_active")
    list_filter = ("is_active",)
    list_per_page = 50
    search_fields = ("name", "code")
    change_list_template = "admin/dialing/clientmatter/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="dialing_clientmatter_import"), *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Client matters from a CSV file: all of them, or none and what is wrong."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        form = MatterFileForm(request.POST or None, request.FILES or None)
        if form.is_bound and form.is_valid():
            given = form.cleaned_data
            done = matter_file.keep(given["file"], others=given["others"])
            says = _("%(added)d added, %(changed)d changed, %(left)d not offered any more.")
            self.message_user(request, says % done._asdict())
            return HttpResponseRedirect(reverse("admin:dialing_clientmatter_changelist"))
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Import client matters"),
            "opts": self.opts,
            "form": form,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(
            request, "admin/dialing/clientmatter/import.html", context, status=status
        )
