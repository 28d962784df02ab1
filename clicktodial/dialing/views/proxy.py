"""The makeCallProxy form: filled in by hand, and posted by the browser to Unified CM alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from clicktodial.csp import allow_forms_to
from clicktodial.dialing import plans, popups
from clicktodial.dialing.forms import DialForm
from clicktodial.dialing.models import Cluster, DialProfile
from clicktodial.dialing.plans import Rules, RulesBroken
from clicktodial.webdialer import Door


@never_cache
@require_GET
def proxy(request: HttpRequest) -> HttpResponse:
    """An empty form whose only address is Unified CM's; 404 where no administrator offers it."""
    cluster = _cluster_of(request)
    nodes = cluster.nodes.in_turn() if cluster else []
    if cluster is None or not nodes:
        raise Http404
    dialler = plans.dialler_of(request.user)
    asked = DialForm({"number": request.GET.get("number", "")}, rules=dialler.rules)
    context = {
        "cluster": cluster,
        "action": nodes[0].address.url(Door.WEBDIALER),
        "destination": _destination(asked, plans.at(cluster, dialler.place)),
        "window": popups.size_of(cluster),
    }
    page = render(request, "dialing/proxy.html", context)
    return allow_forms_to(page, [str(nodes[0].address)])


def _destination(asked: DialForm, rules: Rules) -> str:
    """The digits to begin with; none where there is no number, or no sound rule for it."""
    if not asked.is_valid() and "number" not in asked.cleaned_data:
        return ""
    try:
        return rules.dial(asked.cleaned_data["number"]).digits
    except RulesBroken:
        return ""


def _cluster_of(request: HttpRequest) -> Cluster | None:
    """The home cluster if it offers the page, or else the first that does."""
    offering = Cluster.objects.filter(enabled=True, offers_proxy_page=True)
    home = DialProfile.objects.of(request.user).home_cluster
    return offering.filter(pk=home.pk).first() if home else offering.first()
