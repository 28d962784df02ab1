"""What tests of every room may want."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone, translation


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A page's language stays with its thread: the next test begins in the site's own."""
    yield
    translation.deactivate()


@pytest.fixture
def standing_clock() -> Iterator[None]:
    """Time stands at the beginning of a minute, in which nothing was counted yet."""
    cache.clear()
    with time_machine.travel(timezone.now().replace(second=5), tick=False):
        yield
    cache.clear()
