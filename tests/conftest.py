"""What tests of every room may want."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone


@pytest.fixture
def standing_clock() -> Iterator[None]:
    """Time stands at the beginning of a minute, in which nothing was counted yet."""
    cache.clear()
    with time_machine.travel(timezone.now().replace(second=5), tick=False):
        yield
    cache.clear()
