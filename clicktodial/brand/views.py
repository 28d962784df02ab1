"""What browsers fetch for the look: kept for ever where the address carries the content's hash."""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clicktodial.brand import icon
from clicktodial.brand import joined as files
from clicktodial.brand.house import address_of, house

FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


@login_not_required
@require_safe
def joined(request: HttpRequest, stem: str, digest: str, kind: str) -> HttpResponse:
    """A stylesheet or the script; whoever asks for another version gets today's, not to be kept."""
    name = f"{stem}.{kind}"
    if name not in files.PARTS:
        raise Http404
    file = files.joined(name)
    packed = "br" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(file.compressed if packed else file.content, content_type=TYPES[kind])
    if packed:
        answer.headers["Content-Encoding"] = "br"
    answer.headers["Cache-Control"] = FOR_EVER if digest == file.digest else "no-cache"
    return answer


@login_not_required
@require_safe
def logo(request: HttpRequest, ground: str, digest: str) -> HttpResponse:
    """The company's logo, for light or dark grounds; nothing in it may run or fetch."""
    found = {"light": settings.LOGO, "dark": settings.LOGO_DARK}.get(ground)
    if found is None or found.digest != digest:
        raise Http404
    answer = HttpResponse(found.content, content_type=found.content_type)
    answer.headers["Cache-Control"] = FOR_EVER
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    return answer


@login_not_required
@require_safe
def app_icon(request: HttpRequest, size: int, shape: str) -> HttpResponse:
    """The site's mark as a PNG, `round` or `full`."""
    if size not in icon.SIZES or shape not in {"round", "full"}:
        raise Http404
    drawn = icon.drawn(size, colour=house().colour, full=shape == "full")
    answer = HttpResponse(drawn, content_type="image/png")
    answer.headers["Cache-Control"] = A_DAY
    return answer


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a browser needs to install the site as an app."""
    pictures = [
        {
            "src": reverse("brand:icon", args=[size, shape]),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "maskable" if shape == "full" else "any",
        }
        for size in (192, 512)
        for shape in ("round", "full")
    ]
    colour = house().colour
    return JsonResponse(
        {
            "name": settings.SITE_NAME,
            "short_name": settings.SITE_NAME[:12].strip(),
            "description": _("Find a colleague, click the number, and your own phone dials."),
            "id": "/",
            "start_url": reverse("directory:search"),
            "scope": "/",
            "display": "standalone",
            "theme_color": colour,
            "background_color": "#f7f9fa",
            "icons": [*pictures, _vector()],
        },
        content_type="application/manifest+json",
        headers={"Cache-Control": A_DAY},
    )


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page that the installed app shows where there is no connection: nobody's, so no user."""
    page = render_to_string("offline.html")
    return HttpResponse(page, headers={"Cache-Control": "public, no-cache"})


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The installed app's service worker, which keeps the offline page and nothing else."""
    kept = [reverse("brand:offline"), address_of("site.css"), static("icons/icons.svg")]
    code = Path(str(finders.find("js/worker.js"))).read_text(encoding="utf-8")
    name = hashlib.sha256("".join([*kept, code]).encode()).hexdigest()[:12]
    return HttpResponse(
        f"const KEPT = {json.dumps(kept)};\nconst NAME = {json.dumps(name)};\n{code}",
        content_type=TYPES["js"],
        headers={"Cache-Control": "public, no-cache"},
    )


def _vector() -> dict[str, str]:
    return {"src": static("icons/icons.svg"), "sizes": "any", "type": "image/svg+xml"}
