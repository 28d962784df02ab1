"""Redis or Valkey for all hosts; while it is out, each process counts for itself."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

REST = 5.0  # seconds in which one that is out is not asked again
_PATIENCE = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}


def _else_in_memory(name: str) -> Callable[..., Any]:
    """The cache's method of this name, done in this process where the shared one is out."""

    def method(self: "SharedCache", *args: Any, **options: Any) -> Any:
        if time.monotonic() >= SharedCache.asked_again_at:
            try:
                return getattr(RedisCache, name)(self, *args, **options)
            except (RedisError, OSError) as error:
                SharedCache.asked_again_at = time.monotonic() + REST
                # Its message may hold the address, and that the password.
                logger.warning("the shared cache is out: %s", type(error).__name__)
        return getattr(self.meanwhile, name)(*args, **options)

    return method


class SharedCache(RedisCache):
    """Limits that hold over all hosts; pages open whether it answers or not."""

    asked_again_at = 0.0  # for all threads, each of which has a cache object of its own

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        # One try anew, since a kept connection may have died, and no pause before it.
        patience = _PATIENCE | {"retry": Retry(NoBackoff(), 1)}
        super().__init__(server, params | {"OPTIONS": patience | params.get("OPTIONS", {})})
        self.meanwhile = LocMemCache("clicktodial-meanwhile", {"MAX_ENTRIES": 20_000})

    def ping(self) -> None:
        """Ask the shared cache itself; raises what it fails with."""
        self._cache.get_client().ping()

    add = _else_in_memory("add")
    clear = _else_in_memory("clear")
    delete = _else_in_memory("delete")
    delete_many = _else_in_memory("delete_many")
    get = _else_in_memory("get")
    get_many = _else_in_memory("get_many")
    has_key = _else_in_memory("has_key")
    incr = _else_in_memory("incr")
    set = _else_in_memory("set")
    set_many = _else_in_memory("set_many")
    touch = _else_in_memory("touch")
