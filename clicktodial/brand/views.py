"""What browsers fetch for the look: kept for ever where the address carries the content's hash."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clicktodial.brand import icon, sheets
from clicktodial.brand.house import house

FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"


@login_not_required
@require_safe
def stylesheet(request: HttpRequest, name: str, digest: str) -> HttpResponse:
    """One of the stylesheets; whoever asks for another version gets today's, not to be kept."""
    if name not in sheets.PARTS:
        raise Http404
    sheet = sheets.sheet(name)
    packed = "br" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(
        sheet.compressed if packed else sheet.content, content_type="text/css; charset=utf-8"
    )
    if packed:
        answer.headers["Content-Encoding"] = "br"
    answer.headers["Cache-Control"] = FOR_EVER if digest == sheet.digest else "no-cache"
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


def _vector() -> dict[str, str]:
    return {"src": static("icons/icons.svg"), "sizes": "any", "type": "image/svg+xml"}
