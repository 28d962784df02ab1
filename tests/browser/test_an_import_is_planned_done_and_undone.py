"""A file is brought in by hand: columns, plan, confirmation, and everything back again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from playwright.sync_api import Page, expect

from directory.models import Person

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "samples" / "people.csv"
PATIENCE = 60_000
"""Milliseconds for a process to start and do its work on a busy machine."""


@pytest.fixture
def own_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that pages start use the tests' database."""
    if connection.vendor != "sqlite":
        pytest.skip("told to a process of its own by a file's name")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "clicktodial.settings")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{connection.settings_dict['NAME']}")


def test_a_file_is_brought_in_and_taken_back(
    own_processes: None, transactional_db: None, page_of: Callable[..., Page]
) -> None:
    boss = get_user_model().objects.create_superuser("boss", password="x")
    page = page_of(boss)
    page.goto("/admin/directory/importrun/")
    page.get_by_role("link", name="Import people").click()
    page.get_by_label("New source").fill("Branch")
    page.get_by_label("File").set_input_files(SAMPLE)
    page.get_by_role("button", name="Look at its columns").click()
    expect(page.get_by_label("Personalnummer")).to_have_value("external_id")
    page.get_by_role("button", name="Make the plan").click()

    # The page looks after itself until the plan is there.
    confirm = page.get_by_role("button", name="Do it")
    expect(confirm).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("6 rows read; new: 5, refused: 1, doubtful: 1.")).to_be_visible()
    expect(page.get_by_role("row", name="B-1002")).to_contain_text("031 310 40 03")
    assert not Person.objects.exists()

    confirm.click()
    undo = page.get_by_role("button", name="Undo the whole import")
    expect(undo).to_be_visible(timeout=PATIENCE)
    assert Person.objects.get(external_id="B-1003").manager.name == "Noé Rochat"  # type: ignore[union-attr]

    undo.click()
    expect(page.get_by_text("The import was undone.")).to_be_visible(timeout=PATIENCE)
    assert not Person.objects.exists()
