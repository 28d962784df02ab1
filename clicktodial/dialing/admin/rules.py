"""Dial plans in the administration: rules, a tester, a rehearsal before saving, files."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from clicktodial.audit import trail
from clicktodial.dialing import exchange, plans, rehearsal, whereabouts, wording
from clicktodial.dialing.admin.rule_forms import DialPlanForm, ImportForm, TryForm, place_named
from clicktodial.dialing.models import DialPlan, DialRule, NumberRange
from clicktodial.dialing.models.rules import KIND_WORDS
from clicktodial.dialing.plans import Kept, Rules
from clicktodial.dialplan.exchange import NotAPlan

PREVIEW = "_preview"


class RangeInline(admin.TabularInline):  # type: ignore[type-arg]
    model = NumberRange
    extra = 0
    fields = ("order", "name", "first", "last", "keep", "prefix")


class RuleInline(admin.TabularInline):  # type: ignore[type-arg]
    model = DialRule
    extra = 0
    fields = (
        "order",
        "name",
        "begins_with",
        "digits",
        "remove",
        "prefix",
        "pattern",
        "kinds",
        "countries",
        "asks_fac",
        "asks_cmc",
    )


@admin.register(DialPlan)
class DialPlanAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = DialPlanForm
    inlines = (RangeInline, RuleInline)
    change_form_template = "admin/dialing/dialplan/change_form.html"
    change_list_template = "admin/dialing/dialplan/change_list.html"
    list_display = ("name", "cluster", "location_shown", "rule_count")
    list_filter = ("cluster",)
    list_select_related = ("cluster",)
    search_fields = ("name", "location", "rules__name")
    fieldsets = (
        (None, {"fields": ("name", "cluster", "location", "extension_lengths")}),
        (
            _("Public numbers that no range and no rule has taken"),
            {
                "fields": (
                    "plus",
                    "international_prefix",
                    ("home_code", "national_prefix"),
                    "outside_prefix",
                ),
                "description": _(
                    "First the ranges of one's own numbers are looked at, then the rules in their "
                    "order: the first that fits decides. What is left is dialled as said here."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[DialPlan]:
        rows: QuerySet[DialPlan] = super().get_queryset(request)
        return rows.annotate(rules_kept=Count("rules"))

    @admin.display(description=_("location"), ordering="location")
    def location_shown(self, plan: DialPlan) -> str:
        return plan.location or str(_("all others"))

    @admin.display(description=_("rules"), ordering="rules_kept")
    def rule_count(self, plan: Any) -> int:
        return int(plan.rules_kept)

    # --- The rehearsal -------------------------------------------------------------------------

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **options)
        return _held(form) if PREVIEW in request.POST else form

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        """With "Show what changes" the same page again, unsaved, and what would be different."""
        page = super().changeform_view(request, *args, **options)
        if isinstance(page, TemplateResponse) and PREVIEW in request.POST:
            self._rehearse(page)
        return page

    def _rehearse(self, page: TemplateResponse) -> None:
        context: dict[str, Any] = page.context_data or {}
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        if form.errors or any(not each.is_valid() for each in formsets):
            return
        row: DialPlan = form.instance
        place = place_named(row.location)
        before = plans.at(row.cluster, place)
        ranges, rules = (_rows(formset) for formset in formsets)
        kept = Kept.of(row, plan=row.made(ranges=ranges, rules=rules), rules=rules)
        after = Rules(kept, place, before.protected)
        context["rehearsal"] = rehearsal.rehearse(before, after, whereabouts.every_number())

    # --- Trying, exporting, importing ----------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("try/", view(self.try_view), name="dialing_dialplan_try"),
            path("import/", view(self.import_view), name="dialing_dialplan_import"),
            path("<int:key>/export/", view(self.export_view), name="dialing_dialplan_export"),
            *super().get_urls(),
        ]

    def try_view(self, request: HttpRequest) -> HttpResponse:
        """What becomes of one number: how it is read, every step, the codes and the care."""
        self._must(self.has_view_permission(request))
        form = TryForm(request.GET if "number" in request.GET else None)
        context = self._context(request, _("Try a number")) | {"form": form}
        if form.is_bound and form.is_valid():
            number, rules = form.cleaned_data["read"], form.cleaned_data["rules"]
            dialled = rules.dial(number)
            clock = whereabouts.clock_of(number)
            context |= {
                "number": number,
                "kind": KIND_WORDS[number.kind],
                "rules": rules,
                "dialled": dialled,
                "warning": wording.of_care(dialled.care, None),
                "clock": clock,
            }
        return TemplateResponse(request, "admin/dialing/dialplan/try.html", context)

    def export_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """The plan as a file."""
        self._must(self.has_view_permission(request))
        plan = self.get_object(request, str(key))
        if plan is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(key))  # type: ignore[attr-defined, no-any-return]
        if plan.flaws:
            for flaw in plan.flaws:
                self.message_user(request, flaw, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:dialing_dialplan_change", args=[plan.pk]))
        trail.note(trail.Action.EXPORTED, by=request.user, about=plan)
        options = {"indent": 2, "ensure_ascii": False}
        answer = JsonResponse(exchange.write(plan), json_dumps_params=options)
        name = slugify(plan.name) or "dial-plan"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return answer

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """A plan from a file: all of it, or nothing and what is wrong with it."""
        self._must(self.has_add_permission(request) and self.has_change_permission(request))
        form = ImportForm(request.POST or None, request.FILES or None)
        if form.is_bound and form.is_valid() and (plan := self._import(form)):
            self.log_change(request, plan, _("Imported from a file."))
            self.message_user(request, _("The plan was imported."))
            return HttpResponseRedirect(reverse("admin:dialing_dialplan_change", args=[plan.pk]))
        context = self._context(request, _("Import a dial plan")) | {"form": form}
        status = 422 if form.errors else 200
        return TemplateResponse(
            request, "admin/dialing/dialplan/import.html", context, status=status
        )

    @staticmethod
    def _import(form: ImportForm) -> DialPlan | None:
        given = form.cleaned_data
        try:
            with transaction.atomic():
                return exchange.keep(
                    given["file"], cluster=given["cluster"], location=given["location"]
                )
        except NotAPlan as wrong:
            for fault in wrong.faults:
                form.add_error("file", str(fault))
            return None

    def _context(self, request: HttpRequest, title: Any) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}

    @staticmethod
    def _must(allowed: bool) -> None:
        if not allowed:
            raise PermissionDenied


def _held(form: Any) -> Any:
    """The form as one that is looked through, and never saved."""

    class Held(form):  # type: ignore[misc]
        def is_valid(self) -> bool:
            super().is_valid()
            return False

    return Held


def _rows(formset: Any) -> list[Any]:
    """The rows as they would be kept: without the deleted and the empty ones, in their order."""
    kept = [
        form.instance
        for form in formset.forms
        if not (formset.can_delete and form.cleaned_data.get("DELETE"))
        and (form.instance.pk or form.has_changed())
    ]
    return sorted(kept, key=lambda row: (row.order, row.pk is None, row.pk or 0))
