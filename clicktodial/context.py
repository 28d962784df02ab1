"""What every page of the site knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name and, in the demo, where the simulated desk phones are shown."""
    return {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "phones_page": settings.PHONES_PAGE,
    }
