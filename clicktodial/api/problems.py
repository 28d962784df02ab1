"""What went wrong, told to a program and to its author: RFC 9457, in plain words."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from clicktodial.dialing import calls, clusters, homes, plans, questions, wording
from clicktodial.dialing.identity import CredentialNeeded
from clicktodial.dialing.models.claims import AnotherCall, NotClaimed
from clicktodial.rates import WINDOW

TYPE = "urn:clicktodial:problem:"


@dataclass
class Problem(Exception):
    """The answer to a request that cannot be met: status, name, what happened, what to do next."""

    status: int
    name: str
    detail: str
    next: str = ""
    page: str = ""
    """The path of a page where the person can give what is lacking."""
    headers: dict[str, str] = field(default_factory=dict)

    def answer(self, request: HttpRequest) -> HttpResponse:
        body: dict[str, Any] = {
            "type": TYPE + self.name,
            "title": self.name.replace("-", " ").capitalize(),
            "status": self.status,
            "detail": self.detail,
        }
        if self.next:
            body["next"] = self.next
        if self.page:
            body["page"] = request.build_absolute_uri(self.page)
        return JsonResponse(
            body,
            status=self.status,
            content_type="application/problem+json",
            headers=self.headers,
        )


def of_dialling(error: Exception, *, number: str = "") -> Problem:
    """Why no call was begun, or none hung up; `number` is what was to be dialled."""
    said = wording.of_error(error)
    kind = next((kind for kind in _OF_DIALLING if isinstance(error, kind)), None)
    status, name, page = _OF_DIALLING[kind] if kind else (409, "not-possible-now", "")
    path = reverse(page) if page else ""
    if page == DIAL_PAGE and number:
        path += f"?{urlencode({'number': number})}"
    further = said.next or (_("A person has to go on there: see “page”.") if path else "")
    headers = {"Retry-After": str(WINDOW)} if status == 429 else {}
    return Problem(status, name, said.says, further, path, headers)


DIAL_PAGE = "dialing:dial"
_OF_DIALLING: dict[type[Exception], tuple[int, str, str]] = {
    calls.DeviceNeeded: (409, "no-phone-chosen", "dialing:device"),
    CredentialNeeded: (409, "own-sign-in-needed", DIAL_PAGE),  # kept in sessions, never in tokens
    questions.CareNeeded: (409, "a-person-must-confirm", DIAL_PAGE),
    questions.CodesNeeded: (409, "codes-needed", DIAL_PAGE),
    calls.DeskPhoneNeeded: (409, "desk-phone-needed", "dialing:profile"),
    plans.RulesBroken: (503, "dialling-switched-off", ""),
    calls.WayNotOffered: (409, "way-not-offered", "dialing:profile"),
    calls.TooManyCalls: (429, "too-many-calls", ""),
    AnotherCall: (409, "another-call-is-being-placed", ""),
    NotClaimed: (503, "site-busy", ""),
    calls.NotTheLatest: (409, "not-the-latest-call", ""),
    calls.NotHungUp: (409, "not-hung-up", ""),
    clusters.ProxyMissing: (503, "dialling-switched-off", ""),
    clusters.ProxyStopped: (503, "dialling-switched-off", ""),
    clusters.ClusterOut: (503, "unified-cm-out", ""),
    homes.SeveralHomes: (409, "no-phone-chosen", "dialing:device"),
    homes.HomeUnknown: (503, "unified-cm-out", ""),
}
