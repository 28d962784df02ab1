"""LDAP directories in the administration: kept, tried, and imported from."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from clicktodial.audit import trail
from clicktodial.jobs import runs
from clicktodial.sealed import Sealed
from clicktodial.webdialer import Secret
from directory.imports import ldap_works, works
from directory.models import ImportRun, LdapTree

_WHOM_IT_IS_TOLD = {"servers", "ca"}


class LdapTreeForm(forms.ModelForm):  # type: ignore[type-arg]
    new_password = forms.CharField(
        label=_("New password"),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"}),
        help_text=_("Leave empty to keep the present one."),
    )

    class Meta:
        widgets = {
            name: forms.TextInput(attrs={"class": "vLargeTextField"})
            for name in ("servers", "bind_dn", "filter")
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("new_password"):
            return cleaned
        if not self.instance.bind_password:
            self.add_error("new_password", _("Enter the reading account's password."))
        elif _WHOM_IT_IS_TOLD & set(self.changed_data):
            # Else whoever may change this page could have the password sent to themselves.
            self.add_error(
                "new_password",
                _("Enter the password again, since another server is to be told it."),
            )
        return cleaned

    def save(self, commit: bool = True) -> Any:
        if password := self.cleaned_data.get("new_password"):
            self.instance.bind_password = Sealed.around(Secret(password))
        return super().save(commit)


@admin.register(LdapTree)
class LdapTreeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = LdapTreeForm
    change_form_template = "admin/directory/ldaptree/change_form.html"
    list_display = ("source", "kind", "servers", "enabled", "read_until")
    list_select_related = ("source",)
    readonly_fields = ("read_until",)
    fieldsets = (
        (None, {"fields": ("source", "kind", "enabled", "read_until")}),
        (_("Server"), {"fields": ("servers", "ca", "bind_dn", "new_password")}),
        (_("People"), {"fields": ("bases", "filter", "id_attribute")}),
        (_("What is taken"), {"fields": ("units_are_departments", "takes_photos")}),
    )

    @method_decorator(sensitive_post_parameters("new_password"))
    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        return super().changeform_view(request, *args, **options)

    def save_model(self, request: HttpRequest, obj: LdapTree, form: Any, change: bool) -> None:
        if change and {"source", "bases", "filter", "kind", "servers"} & set(form.changed_data):
            obj.read_until = None  # what was read was something else
        super().save_model(request, obj, form, change)
        if "new_password" in form.changed_data:
            trail.note(trail.Action.SECRET_REPLACED, by=request.user, about=obj)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.import_view))
        return [path("<int:pk>/import/", view, name="directory_ldaptree_import"),
                *super().get_urls()]  # fmt: skip

    def import_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Plans a full import; the plan is shown, and done when somebody says so."""
        if not request.user.has_perm("directory.run_import"):
            raise PermissionDenied
        tree = get_object_or_404(LdapTree.objects.select_related("source"), pk=pk)
        me: Any = request.user
        run = ImportRun.objects.create(source=tree.source, file_name=tree.source.name, begun_by=me)
        try:
            job = runs.start(ldap_works.PLAN, by=me, about=str(tree), alone=works.ALONE, run=run.pk)
        except runs.Busy as busy:
            run.delete()
            messages.error(request, str(busy))
            return redirect("admin:directory_ldaptree_change", pk)
        ImportRun.objects.filter(pk=run.pk).update(job_id=job.pk, state=ImportRun.State.PLANNING)
        return redirect("admin:directory_importrun_change", run.pk)
