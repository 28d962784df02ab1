"""The doctor's page: there at once; what takes time is examined part by part, when asked."""

from copy import copy
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clicktodial.audit import trail
from clicktodial.dialing.models import Cluster
from clicktodial.doctor import clusters, site
from clicktodial.doctor.forms import ClusterForm, DoctorForm
from clicktodial.doctor.report import Part

SITE = "site"


@require_http_methods(["GET", "POST"])
def doctor(request: HttpRequest) -> HttpResponse:
    """GET shows what can be examined; POST examines a part, or all of it."""
    if not request.user.has_perm("dialing.use_doctor"):
        raise PermissionDenied
    form = DoctorForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, {})
    asked, user_id = form.cleaned_data["part"], form.cleaned_data["user_id"]
    if user_id:
        trail.note(trail.Action.TESTED, by=request.user, what="clusters, by the doctor")
    if asked and request.headers.get("X-Fragment") == "part":
        context = {"examined": _examine(asked, user_id)}
        return render(request, "admin/doctor/_examined.html", context)
    keys = [asked] if asked else [key for key, _title in _parts()]
    return _page(request, form, {key: _examine(key, user_id) for key in keys})


def beside(request: HttpRequest, pk: int) -> HttpResponse:
    """A cluster's part, on the page where the cluster is changed and nowhere else."""
    if not request.user.has_perm("dialing.use_doctor"):
        raise PermissionDenied
    cluster = get_object_or_404(Cluster, pk=pk)
    page = reverse("admin:dialing_cluster_change", args=[pk])
    form = ClusterForm(request.POST, cluster=cluster)
    if request.method != "POST" or not form.is_valid():  # such as a node that is gone meanwhile
        return HttpResponseRedirect(f"{page}#doctor")
    user_id, node = form.cleaned_data["user_id"].strip(), form.cleaned_data["node"]
    if user_id:
        trail.note(trail.Action.TESTED, by=request.user, about=cluster, what="by the doctor")
    examined = clusters.examine([cluster], user_id=user_id, only=node)
    context = {"examined": examined, "examined_with": user_id}
    if request.headers.get("X-Fragment") == "part":
        return render(request, "admin/doctor/_examined.html", context)
    shown = copy(request)
    shown.method = "GET"  # the page as it is when it is opened, and what was found on it
    clusters_admin = admin.site.get_model_admin(Cluster)
    return clusters_admin.change_view(shown, str(pk), form_url=page, extra_context=context)


def _page(request: HttpRequest, form: DoctorForm, found: dict[str, list[Part]]) -> HttpResponse:
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Doctor"),
        "form": form,
        "parts": [(key, title, found.get(key)) for key, title in _parts()],
        "is_asked": bool(found),
    }
    return TemplateResponse(request, "admin/doctor/doctor.html", context)


def _parts() -> list[tuple[str, str]]:
    """What is examined by itself, as (key, title)."""
    enabled = clusters.enabled() if settings.DIALING else Cluster.objects.none()
    return [(SITE, _("The site")), *((str(cluster.pk), cluster.name) for cluster in enabled)]


def _examine(key: str, user_id: str) -> list[Part]:
    if key == SITE:
        return site.examine()
    chosen = clusters.enabled().filter(pk=int(key)) if key.isdecimal() else Cluster.objects.none()
    if not chosen:
        raise Http404
    return clusters.examine(chosen, user_id=user_id)
