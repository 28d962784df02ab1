"""Keeping a person's language: in the session for every request, in the database for the next."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from clicktodial.languages.models import Preference

IN_SESSION = "language"


def known() -> dict[str, str]:
    """The languages of the site by their codes, each under the name it gives itself."""
    return dict(settings.LANGUAGES)


def keep(request: HttpRequest, language: str) -> None:
    """Make it the language of whoever sends this; nothing ("") leaves it to the browser."""
    if request.user.is_authenticated:
        if language:
            Preference.objects.update_or_create(user=request.user, defaults={"language": language})
        else:
            Preference.objects.filter(user=request.user).delete()
    _put(request, language)


def recall(request: HttpRequest, user: Any, **_: Any) -> None:
    """Whoever signs in reads what they chose before, on whatever machine that was."""
    kept = Preference.objects.filter(user=user).values_list("language", flat=True).first()
    if kept in known():
        _put(request, kept)


def of(request: HttpRequest) -> str:
    """The language that was chosen; nothing for none."""
    language = request.session.get(IN_SESSION, "")
    return language if language in known() else ""


def _put(request: HttpRequest, language: str) -> None:
    if language:
        request.session[IN_SESSION] = language
    else:
        request.session.pop(IN_SESSION, None)
