"""Clusters and their nodes in the administration, with what they need to be mended."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from clicktodial.audit import trail
from clicktodial.dialing import authority, notices, ways
from clicktodial.dialing.admin.forms import ClusterForm, NodeForm, NodeFormSet
from clicktodial.dialing.models import SOFTPHONES, Cluster, Node
from clicktodial.dialing.remedies import remedy_for_trouble
from clicktodial.sealed import WrongKey

_SPEAKS = {
    "": _("Not asked yet"),
    "axis": _("Speaks Axis, as before 15SU5"),
    "literal": _("Speaks document/literal, as since 15SU5"),
}


class NodeInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Node
    form = NodeForm
    formset = NodeFormSet
    extra = 1  # for the first, and where no script adds more
    fields = ("host", "port", "secure", "order", "enabled", "release", "state")
    readonly_fields = ("state",)

    @admin.display(description=_("state"))
    def state(self, node: Node) -> str | SafeString:
        if node.pk is None:
            return _("Save it; the doctor looks at it then.")
        return format_html(
            '{}<br><button class="button" form="doctor-form" name="node" value="{}">{}</button>',
            ". ".join(filter(None, (str(_SPEAKS[node.generation]), _health(node)))),
            node.pk,
            _("Test this node"),
        )


def _health(node: Node) -> str:
    if not node.trouble:
        return ""
    says = remedy_for_trouble(node.trouble).says
    if not node.rests():
        return _("Last trouble: %(says)s") % {"says": says}
    until = date_format(localtime(node.resting_until), "TIME_FORMAT")
    return _("Rests (until %(time)s): %(says)s") % {"time": until, "says": says}


@admin.register(Cluster)
class ClusterAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = ClusterForm
    inlines = (NodeInline,)
    change_form_template = "admin/dialing/cluster/change_form.html"
    list_display = ("name", "enabled", "order", "ways", "node_count", "state")
    list_filter = ("enabled",)
    search_fields = ("name", "nodes__host")
    actions = ("try_again",)
    readonly_fields = ("password_state", "ca_says")
    # What has to be entered first, then what may stay as it is.
    fieldsets = (
        (None, {"fields": ("name", "enabled", "order")}),
        (
            _("Application user"),
            {
                "fields": ("application_user", "password_state", "new_password"),
                "description": _(
                    "It dials for everybody of this cluster, so its password is kept sealed and "
                    "is never shown again. Empty the application user to have it forgotten."
                ),
            },
        ),
        (
            _("Trust"),
            {
                "fields": ("ca", "ca_says"),
                "description": _(
                    "Certificates are always checked. Without a CA of its own, the cluster's "
                    "nodes must have certificates that this server's system trusts."
                ),
            },
        ),
        (
            _("Ways to dial"),
            {
                "fields": (
                    "offers_desk_phone",
                    "offers_popup",
                    "popup_address",
                    "popup_method",
                    ("popup_width", "popup_height"),
                    ("offers_tel", "offers_ciscotel", "offers_webextel", "offers_callto"),
                    "offers_proxy_page",
                ),
                "description": _(
                    "Before people use the pop-up, their browsers must trust the CA of Unified "
                    "CM's certificates. makeCallProxy: set “MakeCallProxy HTTP Methods” of the "
                    "WebDialer service to Secure, so that no password can travel in an address."
                ),
            },
        ),
        (
            _("Known to Unified CM"),
            {
                "fields": ("offers_proxy", "offers_password", "offers_token", "sso_client_id"),
                "description": _("As whom this site asks a person's desk phone to dial."),
            },
        ),
        (
            _("Limits"),
            {
                "fields": (
                    "calls_a_second",
                    "end_call_seconds",
                    "ends_codes_with_hash",
                    "connect_seconds",
                    "answer_seconds",
                ),
                "description": _("As they stand in Unified CM's service parameters."),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cluster]:
        return super().get_queryset(request).prefetch_related("nodes")

    # --- What is shown -------------------------------------------------------------------------

    @admin.display(description=_("ways to dial"))
    def ways(self, cluster: Cluster) -> str:
        offered = (
            (cluster.offers_desk_phone, _("desk phone")),
            (cluster.offers_popup, _("pop-up")),
            (any(ways.offered_at(cluster, mode) for mode in SOFTPHONES), _("softphone")),
        )
        return ", ".join(str(way) for yes, way in offered if yes) or "-"

    @admin.display(description=_("nodes"))
    def node_count(self, cluster: Cluster) -> int:
        return sum(node.enabled for node in cluster.nodes.all())

    @admin.display(description=_("state"))
    def state(self, cluster: Cluster) -> str:
        if not cluster.enabled:
            return str(_("off"))
        if cluster.stopped_at:
            return str(_("stopped: the application user was refused"))
        resting = sum(node.enabled and node.rests() for node in cluster.nodes.all())
        if resting:
            text = ngettext("%(count)d node rests", "%(count)d nodes rest", resting)
            return text % {"count": resting}
        return str(_("fine"))

    @admin.display(description=_("password"))
    def password_state(self, cluster: Cluster) -> Any:
        if cluster.pk is None or not cluster.proxy_password:  # a refused form keeps nothing
            return _("none")
        try:
            cluster.proxy_password.open()
        except WrongKey:
            return _(
                "kept, but no key of this site opens it: put the old key back into "
                "ENCRYPTION_KEYS, or enter the password again"
            )
        return _("kept")

    @admin.display(description=_("read as"))
    def ca_says(self, cluster: Cluster) -> Any:
        if not cluster.ca:
            return _("none: the system's CAs are trusted")
        try:
            certificates = authority.read(cluster.ca)
        except authority.NotCertificates as refusal:
            return str(refusal)
        return format_html_join("", "{}: {} {}<br>", map(self._ca_row, certificates))

    @staticmethod
    def _ca_row(certificate: authority.Certificate) -> tuple[str, Any, str]:
        left = certificate.days_left
        word = _("expired on") if left < 0 else _("valid until")
        return certificate.subject, word, date_format(localtime(certificate.expires))

    # --- What is kept --------------------------------------------------------------------------

    @method_decorator(sensitive_post_parameters("new_password"))
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        # Saving stays here, where the doctor tells what is fine and what to do.
        context = {"show_save_and_continue": False, **(extra_context or {})}
        with transaction.atomic():
            if request.method == "POST" and object_id and object_id.isdecimal():
                # One after the other: what a password is entered for is what was looked at.
                Cluster.objects.select_for_update().filter(pk=int(object_id)).first()
            return super().changeform_view(request, object_id, form_url, context)

    def response_post_save_add(self, request: HttpRequest, obj: Cluster) -> HttpResponseRedirect:
        return self._to_the_doctor_of(obj)

    def response_post_save_change(self, request: HttpRequest, obj: Cluster) -> HttpResponseRedirect:
        return self._to_the_doctor_of(obj)

    def _to_the_doctor_of(self, cluster: Cluster) -> HttpResponseRedirect:
        address = reverse("admin:dialing_cluster_change", args=[cluster.pk])
        return HttpResponseRedirect(f"{address}#doctor")

    def save_model(self, request: HttpRequest, obj: Cluster, form: Any, change: bool) -> None:
        """Only what was changed: a breaker that opened meanwhile must not be closed by accident."""
        if change:
            obj.save(update_fields=form.changed_columns)
        else:
            obj.save()
        if "new_password" in form.changed_data:
            trail.note(trail.Action.SECRET_REPLACED, by=request.user, about=obj)

    # --- What can be done ----------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<path:key>/try-again/", view(self.try_view), name="dialing_cluster_try_again"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        cluster = self.get_object(request, unquote(object_id))
        stopped = notices.of_stopped(cluster) if cluster and cluster.stopped_at else None
        # Without the fragment that led to the doctor: what is refused is told at the top.
        address = form_url or request.path
        return super().change_view(
            request, object_id, address, {"stopped": stopped, **(extra_context or {})}
        )

    @method_decorator(require_POST)
    def try_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """Let the application user be tried again."""
        cluster = self._changeable(request, key)
        self.try_again(request, Cluster.objects.filter(pk=cluster.pk))
        return self._back_to(cluster)

    @admin.action(description=_("Try the application user again"), permissions=["change"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Cluster]) -> None:
        stopped = list(queryset.filter(stopped_at__isnull=False))
        for cluster in stopped:
            cluster.stopped_at = cluster.stopped_code = None
            cluster.save(update_fields=["stopped_at", "stopped_code"])
            self.log_change(request, cluster, [{"changed": {"fields": ["application user"]}}])
        text = ngettext(
            "The application user of %(count)d cluster is tried again at the next call.",
            "The application users of %(count)d clusters are tried again at the next call.",
            len(stopped),
        )
        level = messages.SUCCESS if stopped else messages.INFO
        self.message_user(
            request, text % {"count": len(stopped)} if stopped else _("None was stopped."), level
        )

    def _changeable(self, request: HttpRequest, key: str) -> Cluster:
        cluster: Cluster | None = self.get_object(request, unquote(key))
        if cluster is None:
            raise Http404
        if not self.has_change_permission(request, cluster):
            raise PermissionDenied
        return cluster

    def _back_to(self, cluster: Cluster) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:dialing_cluster_change", args=[cluster.pk]))
