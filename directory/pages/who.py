"""Who is this number? Asked of one number."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clicktodial.dialplan.number import NotANumber
from directory import owners
from directory.views import SignedIn, lookup
from directory.visibility import viewer_of

LONGEST = 200


@require_safe
@never_cache
@lookup
def who(request: SignedIn) -> HttpResponse:
    """Everything known of the number in the address; without one, a field to write it in."""
    text = request.GET.get("number", "").replace("\x00", "").strip()[:LONGEST]
    context: dict[str, Any] = {"text": text}
    status = 200
    if text:
        try:
            context["identified"] = owners.identify(text, viewer=viewer_of(request.user))
        except NotANumber as problem:
            context["problem"] = problem
            status = 422
    return render(request, "directory/who.html", context, status=status)
