"""The API's description, for people's tools."""

from functools import cache
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@cache
def _text() -> bytes:
    return (Path(__file__).parent.parent / "openapi.json").read_bytes()


@login_not_required  # it says nothing of anybody, and tools fetch it without a token
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return HttpResponse(_text(), content_type="application/vnd.oai.openapi+json;version=3.1")
