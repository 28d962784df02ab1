"""What every page knows of the signed-in person's dialling."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from clicktodial.dialing import bars, plans, popups


def call_bar(request: HttpRequest) -> dict[str, Any]:
    """The call bar and the way of dialling; asked of the database only where a page shows them."""
    user = getattr(request, "user", None)
    if not settings.DIALING or user is None or not user.is_authenticated:
        return {}
    return {
        "bar": SimpleLazyObject(
            lambda: bars.latest_of(user, put_away=request.session.get(bars.PUT_AWAY))
        ),
        "dial_rules": SimpleLazyObject(lambda: plans.of_known_home(user)),
        "popup_window": SimpleLazyObject(lambda: popups.window_of(user)),
    }
