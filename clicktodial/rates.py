"""How often one person may ask for a thing: enough for any hand, too little for copying it all."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

View = Callable[..., HttpResponseBase]

WINDOW = 60  # seconds


def count(setting: str, who: Any) -> int:
    """Counts one use by `who`; the seconds to wait where it is one more than a setting allows.

    Counted in the cache: by process with the cache in memory or while Redis is out, else over all
    hosts with Redis.
    """
    minute, second = divmod(int(time.time()), WINDOW)
    key = f"rate:{setting}:{who}:{minute}"
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        used = cache.incr(key)
    except ValueError:  # forgotten in between: it was full, or went out and another took its place
        used = 1
    return 0 if used <= getattr(settings, setting) else WINDOW - second


def at_most(setting: str) -> Callable[[View], View]:
    """A view that answers 429 to whoever asks more often within a minute than a setting says.

    Views with the same setting are counted together.
    """

    def limit(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            left = count(setting, request.user.pk)
            if not left:
                return view(request, *args, **kwargs)
            answer = render(request, "429.html", {"retry_after": left}, status=429)
            answer.headers["Retry-After"] = str(left)
            return answer

        return limited

    return limit
