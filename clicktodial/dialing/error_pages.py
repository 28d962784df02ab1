"""Error pages and error mails that keep what was typed in to themselves."""

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class Discreet(SafeExceptionReporterFilter):
    """Django's own filter, which under DEBUG would let everything pass, always at work."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True
