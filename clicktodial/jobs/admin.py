"""Long work in the administration: what goes on, how far it is, how it ended."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from clicktodial.jobs import kinds
from clicktodial.jobs.models import Job


def shown(job: Job) -> dict[str, Any]:
    """What `admin/jobs/_progress.html` needs to show a job as it is now."""
    kind = kinds.named(job.look().kind)
    title = kind.title if kind else job.kind
    stopped = kind.stopped if kind else kinds.STOPPED
    return {"job": job, "job_title": title, "job_stopped": stopped}


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("what", "about", "state_now", "started_by", "created_at", "ended_at", "said")
    list_display_links = ("what",)
    list_select_related = ("started_by",)
    change_form_template = "admin/jobs/job/change_form.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.progress_view)
        return [path("<int:pk>/progress/", view, name="jobs_job_progress"), *super().get_urls()]

    def progress_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The part of a page that shows how far a job is; whoever began it may always look."""
        job = get_object_or_404(Job, pk=pk)
        if job.started_by_id != request.user.pk and not self.has_view_permission(request):
            return HttpResponse(status=403)
        answer = TemplateResponse(request, "admin/jobs/_progress.html", shown(job))
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        job = self.get_object(request, object_id)
        context = {**(extra_context or {}), **(shown(job) if job else {}), "subtitle": None}
        context["title"] = str(job) if job else _("Long work")
        return super().change_view(request, object_id, form_url, context)

    @admin.display(description=_("work"), ordering="kind")
    def what(self, job: Job) -> str:
        kind = kinds.named(job.kind)
        return str(kind.title if kind else job.kind)

    @admin.display(description=_("state"), ordering="state")
    def state_now(self, job: Job) -> str:
        return str(job.get_state_display() if job.is_over else job.look().get_state_display())
