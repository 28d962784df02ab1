"""Error pages and error mails that keep what was typed in, and what is set, to themselves."""

import re

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class Discreet(SafeExceptionReporterFilter):
    """Django's own filter, which under DEBUG would let everything pass, always at work.

    Addresses of databases and caches hold passwords too, and runserver shows the environment.
    """

    hidden_settings = re.compile(
        SafeExceptionReporterFilter.hidden_settings.pattern + "|DATABASE|CACHE|_URL", re.IGNORECASE
    )

    def is_active(self, request: HttpRequest | None) -> bool:
        return True
