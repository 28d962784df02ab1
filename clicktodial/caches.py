"""A cache as `CACHE_URL` names it, with what this site wants of each kind."""

from typing import Any

_REDIS = "django.core.cache.backends.redis.RedisCache"
_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
_ROOM = {"MAX_ENTRIES": 20_000}  # Django's 300 would forget the limits of a busy minute


def fitted(named: dict[str, Any]) -> dict[str, Any]:
    """The same; one that is shared may be out without taking the site with it."""
    if named["BACKEND"] == _REDIS:
        return named | {"BACKEND": "clicktodial.shared_cache.SharedCache"}
    if named["BACKEND"] == _MEMORY:
        return named | {"OPTIONS": _ROOM | named.get("OPTIONS", {})}
    return named
