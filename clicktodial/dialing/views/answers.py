"""What the views of dialling share: whose call it is, and how an answer is given."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode

from clicktodial.dialing import bars, contacts
from clicktodial.dialing.models import Call
from clicktodial.dialing.models.claims import CallQuerySet
from clicktodial.dialplan.number import Number


def own_call(request: HttpRequest, click: UUID) -> Call:
    """A call of the signed-in person from their own phone; 404 for any other."""
    return _current(Call.objects.own_of(request.user), click)


def seen_call(request: HttpRequest, click: UUID) -> Call:
    """A call that the signed-in person placed, or that was placed from their phone; else 404."""
    return _current(Call.objects.seen_by(request.user), click)


def _current(rows: CallQuerySet, click: UUID) -> Call:
    """The row of a click, settled if its worker is gone."""
    found = get_object_or_404(rows.select_related("cluster", "user", "owner"), click=click)
    if found.is_abandoned:
        Call.objects.filter(pk=found.pk).settle_abandoned()
        found.refresh_from_db()
    return found


def name_of(number: Number, user: Any = None) -> str:
    """Who that is, from the person's contacts or the directory; never from a page's address."""
    return contacts.name_of(number, user=user)


def wants_bar(request: HttpRequest) -> bool:
    """Whether a script asks for the call bar instead of a page."""
    return request.headers.get("X-Fragment") == "callbar"


def show_bar(request: HttpRequest, bar: bars.CallBar, *, status: int = 200) -> HttpResponse:
    """The call bar alone."""
    return render(request, "dialing/_callbar.html", {"bar": bar}, status=status)


def address(name: str, **query: Any) -> str:
    """The address of a page with a query."""
    return f"{reverse(name)}?{urlencode(query)}"
