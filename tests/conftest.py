"""What tests of every room may want."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone, translation

from tests import migrated


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest goes first, so that nobody waits for it in the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """As pytest-django makes the database; a copy of it is kept before the first test."""
    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite":
            migrated.keep(Path(connection.settings_dict["NAME"]))
            patch.setattr(TransactionTestCase, "_fixture_teardown", migrated.put_back)
        yield


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
