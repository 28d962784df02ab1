"""Every request is answered in the language of whoever sends it."""

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from clicktodial.languages import choice


class LanguageMiddleware(LocaleMiddleware):
    """Django's own, after the person's choice; it stands behind the session's middleware."""

    def process_request(self, request: HttpRequest) -> None:
        if language := choice.of(request):
            translation.activate(language)
            request.LANGUAGE_CODE = language
        else:
            super().process_request(request)
