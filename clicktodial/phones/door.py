"""The door for phones: none passes without an address, a token or both that a service names."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from clicktodial.dialing import plans, whereabouts
from clicktodial.dialing.models import DialProfile
from clicktodial.dialing.plans import Rules
from clicktodial.dialing.whereabouts import Place
from clicktodial.phones.charsets import writer_for
from clicktodial.phones.models import Service
from clicktodial.phones.objects import TooLong, Writer
from clicktodial.proxies import address_of
from clicktodial.rates import count
from directory.visibility import ANYBODY, Viewer, viewer_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Phone:
    """A desk phone that asks, by the service that lets it in."""

    service: Service
    device: str
    writer: Writer
    site: str
    """Scheme and host, to stand before the paths of pages: phones want whole addresses."""
    said: tuple[tuple[str, str], ...]
    """What every address has to repeat."""

    def url(self, name: str, *args: Any, **query: Any) -> str:
        """The address of another page for this phone."""
        fields = [*self.said, *((key, value) for key, value in query.items() if value)]
        return f"{self.site}{reverse(f'phones:{name}', args=args)}?{urlencode(fields)}"

    @cached_property
    def profile(self) -> DialProfile | None:
        """The dial profile of the one person who has chosen this phone."""
        if not self.device:
            return None
        chosen = DialProfile.objects.filter(device__iexact=self.device, user__is_active=True)
        found = list(chosen.select_related("home_cluster", "user")[:2])
        return found[0] if len(found) == 1 else None

    @property
    def owner(self) -> Any:
        """Whose favourites are shown: the account, or None."""
        is_known = self.service.knows_who or self.service.knows_devices
        return self.profile.user if is_known and self.profile else None

    @cached_property
    def viewer(self) -> Viewer:
        """Who looks: whoever uses a phone with a token of its own, or else anybody.

        Never with the eyes of an administrator: a desk phone has no sign-in.
        """
        if self.service.knows_who and self.profile:
            known = viewer_of(self.profile.user)
            return replace(known, sees_hidden_numbers=False, sees_people_who_left=False)
        return replace(ANYBODY, country=self._place.country)

    @cached_property
    def _place(self) -> Place:
        own = whereabouts.place_of(self.profile.user.pk) if self.profile else Place()
        if own.code or own.country or not self.service.location:
            return own
        code = self.service.location
        return next((each for each in whereabouts.every_place() if each.code == code), own)

    @cached_property
    def rules(self) -> Rules:
        """How numbers are dialled from this phone."""
        home = self.profile.home_cluster if self.profile else None
        return plans.at(home or self.service.cluster, self._place)


View = Callable[..., bytes]


def for_phones(view: View) -> Callable[..., HttpResponse]:
    """A page for phones: the view is given the request and the Phone, and answers an XML object.

    What goes wrong is told as a text on the phone, with status 200: they show nothing else.
    """

    @login_not_required
    @require_safe
    @never_cache
    @sensitive_variables("request")
    @wraps(view)
    def page(request: HttpRequest, **path: Any) -> HttpResponse:
        if not Service.objects.filter(enabled=True).exists():
            raise Http404
        writer = writer_for(request)
        try:
            phone = _let_in(request)
            writer = phone.writer
            content = view(request, phone, **path)
        except _Closed as closed:
            content = writer.text(_("Directory"), str(closed))
        except Http404:
            content = writer.text(_("Directory"), _("This entry is not in the directory."))
        except TooLong:
            content = writer.text(_("Directory"), _("Search for fewer letters."))
        return HttpResponse(content, content_type=f"text/xml; charset={writer.charset}")

    return page


class _Closed(Exception):
    """The phone is not let in; the text says why, as far as a stranger may know."""


def _let_in(request: HttpRequest) -> Phone:
    device, token = request.GET.get("device", "")[:128], request.GET.get("token", "")[:200]
    address = address_of(request)
    if count("PHONE_REQUESTS_A_MINUTE", f"phone-{address}"):
        raise _Closed(_("That was asked very often. Wait a minute."))
    for service in Service.objects.filter(enabled=True).select_related("cluster"):
        if service.lets_in(address=address, token=token, device=device):
            break
    else:
        logger.warning("a phone was not let in: device %r from %s", device, address)
        raise _Closed(_("This phone is not let in to the directory. Ask your administrators."))
    said = [(name, text) for name, text in (("device", device), ("token", token)) if text]
    return Phone(
        service=service,
        device=device,
        writer=writer_for(request, service.charset),
        site=request.build_absolute_uri("/").rstrip("/"),
        said=tuple(said),
    )
