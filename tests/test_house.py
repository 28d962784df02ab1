"""The house keeps its own order: who may import whom, how long a file may be, what it may say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import models

from tests.routes import ROUTES, walk

TOP = Path(__file__).parent.parent
PRODUCT = [
    path
    for folder in ("clicktodial", "directory", "static", "templates")
    for path in (TOP / folder).rglob("*")
    if path.suffix in {".py", ".js", ".html"} and "migrations" not in path.parts
]


def test_nobody_imports_upward() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program], cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_client_and_simulator_are_strangers() -> None:
    for name, other in (("webdialer", "simulator"), ("simulator", "webdialer")):
        for path in (TOP / "clicktodial" / name).rglob("*.py"):
            assert f"clicktodial.{other}" not in path.read_text(), path


@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: str(path.relative_to(TOP)))
def test_a_file_is_one_thing_of_at_most_300_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize(
    "path", [path for path in PRODUCT if path.suffix == ".html"], ids=lambda path: path.name
)
def test_no_page_has_inline_script_or_style(path: Path) -> None:
    page = path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page)


def test_no_lock_names_an_index() -> None:
    for lock in (TOP / "requirements").glob("*.txt"):
        assert "://" not in lock.read_text()


def test_no_secret_is_a_plain_column() -> None:
    from django.apps import apps

    from clicktodial.sealed import SealedField

    for model in apps.get_app_config("dialing").get_models():
        for field in model._meta.get_fields():
            is_text = isinstance(field, models.TextField | models.CharField)
            if is_text and re.search(r"password|secret|token", field.name):
                assert isinstance(field, SealedField), field


def test_every_route_is_walked_with_canary_numbers() -> None:
    names = {name for name, _path in walk() if not name.startswith("admin:")}
    missing, gone = names - ROUTES.keys(), ROUTES.keys() - names
    assert not missing, f"say in tests/routes.py what to ask of {sorted(missing)}"
    assert not gone, f"tests/routes.py lists what is no route any more: {sorted(gone)}"


def test_every_room_is_told_of() -> None:
    told = (TOP / "docs" / "architecture.md").read_text()
    rooms = [path for path in (TOP / "clicktodial").iterdir() if not path.name.startswith("_")]
    names = {path.stem for path in rooms if path.is_dir() or path.suffix == ".py"}

    assert sorted(name for name in names if not re.search(rf"\b{name}\b", told)) == []


def test_every_page_of_the_documentation_is_found_from_the_readme() -> None:
    linked = set(re.findall(r"\(docs/([\w-]+\.md)", (TOP / "README.md").read_text()))

    assert {path.name for path in (TOP / "docs").glob("*.md")} - linked == set()
