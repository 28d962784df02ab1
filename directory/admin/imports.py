"""Imports in the administration: upload, columns, plan, confirmation, undoing, history."""

from itertools import islice
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from clicktodial.jobs import runs
from clicktodial.jobs.admin import shown
from clicktodial.jobs.models import Job
from directory.admin import import_lines
from directory.admin.import_forms import MappingForm, UploadForm
from directory.imports import apply, fields, files, mapping, works
from directory.imports.record import NotReadable
from directory.models import ImportItem, ImportRun, ImportSource

State = ImportRun.State
PAGE = 50
_SAMPLES = 3
_LONGEST_SAMPLE = 60
_NOTICED = 2000  # people


@admin.register(ImportSource)
class ImportSourceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "match_by", "most_gone", "grace_days")
    fields = ("name", "match_by", "most_gone", "grace_days")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("name",) if obj else ()  # people are known by it


@admin.register(ImportRun)
class ImportRunAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("begun_at", "source", "file_name", "state", "said", "begun_by")
    list_filter = ("state", "source")
    list_select_related = ("source", "begun_by")
    change_list_template = "admin/directory/importrun/change_list.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("directory.run_import")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        def mine(view: Any) -> Any:
            return self.admin_site.admin_view(view)

        return [
            path("<int:pk>/columns/", mine(self.columns_view), name="directory_importrun_columns"),
            *(
                path(
                    f"<int:pk>/{name}/",
                    mine(require_POST(view)),
                    name=f"directory_importrun_{name}",
                )
                for name, view in (
                    ("apply", self.apply_view),
                    ("discard", self.discard_view),
                    ("undo", self.undo_view),
                )
            ),
            *super().get_urls(),
        ]

    # --- Upload and columns --------------------------------------------------------------------

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What to read, and where it comes from."""
        self._must_run(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if form.is_bound and form.is_valid():
            return redirect("admin:directory_importrun_columns", self._keep(request, form).pk)
        return self._page(request, "upload", _("Import people"), form=form)

    def _keep(self, request: HttpRequest, form: UploadForm) -> ImportRun:
        given = form.cleaned_data
        me: Any = request.user
        run = ImportRun(source=form.source_chosen(), begun_by=me)
        run.file_name = given["file"].name[:200]
        run.upload.save("people", given["file"], save=False)
        if given["pictures"]:
            run.pictures.save("photos.zip", given["pictures"], save=False)
        run.save()
        return run

    def columns_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Which column is what, as guessed or as the last time; then the plan is made."""
        self._must_run(request)
        run = self._run(pk)
        if not run.upload or run.state in {State.APPLIED, State.UNDONE, State.DISCARDED}:
            return redirect("admin:directory_importrun_change", pk)
        columns, samples = _head(run)
        chosen = run.mapping or mapping.chosen(run.source.mapping, columns)
        initial = MappingForm.initial_of(chosen, columns) | {"match_by": run.source.match_by}
        form = MappingForm(request.POST or None, columns=columns, samples=samples, initial=initial)
        if form.is_bound and form.is_valid():
            return self._plan(request, run, form)
        return self._page(request, "columns", _("Columns of the file"), form=form, run=run)

    def _plan(self, request: HttpRequest, run: ImportRun, form: MappingForm) -> HttpResponse:
        run.mapping = form.mapping
        run.source.mapping |= form.everything
        run.source.match_by = form.cleaned_data["match_by"]
        run.source.save()
        run.save()
        return self._start(request, run, works.PLAN)

    # --- The plan and what becomes of it -------------------------------------------------------

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The plan or what was done, line by line; while it is made or done, how far that is."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = self._run(int(object_id) if object_id.isdigit() else 0)
        job = Job.objects.filter(pk=run.job_id).first() if run.job_id else None
        context: dict[str, Any] = shown(job) if job else {}
        if run.state == State.PLANNING and (job is None or job.is_over):
            run.refresh_from_db()  # it may have ended just now
        kinds = [
            (kind, run.count(kind), kind.value == request.GET.get("kind"))
            for kind in ImportItem.Kind
            if run.count(kind)
        ]
        items = run.items.order_by(F("line").asc(nulls_last=True), "pk")
        if any(chosen for _kind, _count, chosen in kinds):
            items = items.filter(kind=request.GET["kind"])
        page = Paginator(items, PAGE).get_page(request.GET.get("p"))
        context |= {"run": run, "kinds": kinds, "page": page, "kind": request.GET.get("kind", ""),
                    "lines": import_lines.lines(run, list(page)),
                    "may_run": request.user.has_perm("directory.run_import"),
                    "columns": _columns(run), "share": _share(run),
                    "holds_up": _holds_up(run)}  # fmt: skip
        return self._page(request, "run", _("Import: %(run)s") % {"run": run}, **context)

    def apply_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Does what was shown."""
        self._must_run(request)
        run = self._run(pk)
        shrink = request.POST.get("shrink") == "on"
        if run.shrinks and not shrink:
            messages.error(request, _("Say that it is right that so many people are gone."))
            return redirect("admin:directory_importrun_change", pk)
        return self._start(request, run, works.APPLY, shrink=shrink)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Takes everything back that the import has done."""
        self._must_run(request)
        partly = request.POST.get("partly") == "on"
        return self._start(request, self._run(pk), works.UNDO, partly=partly)

    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Forgets the plan."""
        self._must_run(request)
        run = self._run(pk)
        if run.state in {State.UPLOADED, State.PLANNED, State.FAILED}:
            works.discard(run)
            messages.success(request, _("The plan is discarded. Nothing was changed."))
        return redirect("admin:directory_importrun_changelist")

    def _start(
        self, request: HttpRequest, run: ImportRun, kind: str, **arguments: Any
    ) -> HttpResponse:
        try:
            job = runs.start(
                kind, by=request.user, about=str(run), alone=works.ALONE, run=run.pk, **arguments
            )
        except runs.Busy as busy:
            messages.error(request, str(busy))
        else:
            ImportRun.objects.filter(pk=run.pk).update(job_id=job.pk)
        return redirect("admin:directory_importrun_change", run.pk)

    # --- Odds and ends -------------------------------------------------------------------------

    def _page(self, request: HttpRequest, name: str, title: Any, **context: Any) -> HttpResponse:
        form = context.get("form")
        site = self.admin_site.each_context(request)
        return TemplateResponse(
            request,
            f"admin/directory/importrun/{name}.html",
            {**site, "opts": self.opts, "title": title, **context},
            status=422 if form is not None and form.errors else 200,
        )

    @staticmethod
    def _must_run(request: HttpRequest) -> None:
        if not request.user.has_perm("directory.run_import"):
            raise PermissionDenied

    @staticmethod
    def _run(pk: int) -> ImportRun:
        return get_object_or_404(ImportRun.objects.select_related("source"), pk=pk)


def _head(run: ImportRun) -> tuple[list[str], list[str]]:
    """The headings, and a few cells of each column."""
    try:
        with run.upload.open("rb") as file:
            source = files.source_of(file, name=run.file_name)
            columns = list(source.columns)
            first = list(islice(source.records(), _SAMPLES))
    except (NotReadable, OSError):
        return [], []
    cells = ([record.values.get(name, "").strip() for record in first] for name in columns)
    return columns, [" · ".join(c for c in each if c)[:_LONGEST_SAMPLE] for each in cells]


def _columns(run: ImportRun) -> list[tuple[str, Any]]:
    """What each column was taken for, in words."""
    named = ((heading, fields.ALL.get(name)) for heading, name in run.mapping.items())
    return [(heading, field.title) for heading, field in named if field]


def _holds_up(run: ImportRun) -> bool:
    """Whether doing it is long enough for others to notice: SQLite has one writer."""
    written = sum(run.count(kind) for kind in (ImportItem.Kind.NEW, *apply.CHANGES))
    return connection.vendor == "sqlite" and written > _NOTICED


def _share(run: ImportRun) -> int:
    shown_before = run.count("shown")
    return run.count("newly_gone") * 100 // shown_before if shown_before else 0
