"""Dialling from any other page: how each way is set up, and what those pages load from here."""

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

# A published version never changes: pages elsewhere name it by its hash. What changes is a new
# file here, and the old one stays.
SCRIPTS = {1: "js/click-to-dial.js"}
LATEST = max(SCRIPTS)

# Takes the selection of the page or of a field, but of no password, else asks for a number.
_BOOKMARKLET = (
    "(()=>{const e=document.activeElement||{};let t='';"
    "if(e.type!='password'){t=String(getSelection()).trim();"
    "if(!t&&typeof e.selectionStart=='number')"
    "t=e.value.slice(e.selectionStart,e.selectionEnd).trim()}"
    "t=t||prompt(%(question)s)||'';"
    "if(t)open(%(address)s+encodeURIComponent(t.slice(0,200)),'_blank','noopener')})()"
)


@dataclass(frozen=True)
class Way:
    """One way to dial from elsewhere; its page is the template of the same name."""

    slug: str
    icon: str
    title: Any
    summary: Any


WAYS = (
    Way("links", "phone", _("Telephone links"), _("A click on a telephone link opens this site.")),
    Way("selection", "copy", _("Any selected number"), _("A bookmark calls what you selected.")),
    Way("extensions", "plus", _("Browser extensions"), _("Click-to-call with our address.")),
    Way("address-bar", "search", _("The address bar"), _("Search people right from there.")),
    Way("other-sites", "window", _("Other intranet sites"), _("A script makes links of numbers.")),
)  # fmt: skip


@require_safe
def anywhere(request: HttpRequest) -> HttpResponse:
    """All ways to dial from elsewhere."""
    return render(request, "dialing/anywhere/index.html", {"ways": WAYS})


@require_safe
def way(request: HttpRequest, slug: str) -> HttpResponse:
    """How one way is set up."""
    found = next((one for one in WAYS if one.slug == slug), None)
    if found is None:
        raise Http404
    address = request.build_absolute_uri(reverse("dialing:dial")) + "?number="
    context = {
        "way": found,
        "address": address,
        "bookmarklet": bookmarklet(address),
        "origin": request.build_absolute_uri("/").rstrip("/"),
        "search": request.build_absolute_uri(reverse("directory:search")) + "?q=%s",
        "snippet": _snippet(request.build_absolute_uri(reverse("dialing:script", args=[LATEST]))),
    }
    return render(request, f"dialing/anywhere/{slug}.html", context)


@login_not_required  # browsers fetch it without cookies; it says nothing of anybody
@require_safe
@cache_control(public=True, max_age=24 * 3600)
def opensearch(request: HttpRequest) -> HttpResponse:
    """What a browser needs to search people from its address bar."""
    context = {"search": request.build_absolute_uri(reverse("directory:search"))}
    kind = "application/opensearchdescription+xml"
    return render(request, "dialing/anywhere/opensearch.xml", context, content_type=kind)


@login_not_required  # pages of other sites load it without cookies
@require_safe
@cache_control(public=True, max_age=365 * 24 * 3600, immutable=True)
def script(request: HttpRequest, version: int) -> HttpResponse:
    """One published version of the script, which any page may load."""
    if version not in SCRIPTS:
        raise Http404
    answer = HttpResponse(_bytes(version), content_type="text/javascript; charset=utf-8")
    # The page's origin is no secret to a file that is the same for everybody. `*` also keeps
    # browsers from ever sending cookies along.
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def integrity(version: int) -> str:
    """The hash by which a page makes sure that it gets this version and nothing else."""
    digest = hashlib.sha384(_bytes(version)).digest()
    return f"sha384-{base64.b64encode(digest).decode()}"


def bookmarklet(address: str) -> str:
    """A bookmark that opens the page of the number that is selected."""
    words = {"address": address, "question": str(_("Which number?"))}
    code = _BOOKMARKLET % {name: json.dumps(text) for name, text in words.items()}
    return "javascript:" + quote(code, safe="!&'()*+,/:;=?[]{}|>")


def _snippet(address: str) -> str:
    return (
        f'<script type="module" src="{address}" '
        f'integrity="{integrity(LATEST)}" crossorigin></script>'
    )


@cache
def _bytes(version: int) -> bytes:
    return Path(str(finders.find(SCRIPTS[version]))).read_bytes()
