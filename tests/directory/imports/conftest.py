"""Imports as an administrator does them: a text becomes a plan, a plan is done."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from clicktodial.jobs.kinds import Progress
from directory.imports import apply, fields, files, undo, works
from directory.imports.pictures import Pictures
from directory.imports.record import Source
from directory.models import ImportItem, ImportRun, ImportSource, Number, Person

HEADINGS = "id,given name,family name,title,email,user id,department,location,manager,work,mobile"


class Importer:
    """One source called Personnel."""

    def __init__(self) -> None:
        self.source = ImportSource.objects.create(name="Personnel", grace_days=0, most_gone=100)

    def plan(
        self, content: str | bytes | Source, *, mapping: dict[str, str] | None = None,
        pictures: Pictures | None = None,
    ) -> ImportRun:  # fmt: skip
        """A plan, made and kept, with nothing done."""
        if isinstance(content, str | bytes):
            data = content.encode() if isinstance(content, str) else content
            source: Source = files.source_of(io.BytesIO(data), name="people.csv")
        else:
            source = content
        chosen = fields.guess(source.columns) if mapping is None else mapping
        run = ImportRun.objects.create(source=self.source, mapping=chosen)
        works.draw_up(run, source, given=pictures, progress=Progress())
        return run

    def do(self, content: Any, *, shrink: bool = False, **options: Any) -> ImportRun:
        """Planned and done."""
        run = self.plan(content, **options)
        self.confirm(run, shrink=shrink)
        return run

    def confirm(self, run: ImportRun, *, shrink: bool = False) -> None:
        apply.apply(run, by=None, shrink=shrink, progress=Progress())

    def undo(self, run: ImportRun, *, partly: bool = False) -> undo.Undone:
        return undo.undo(run, by=None, partly=partly, progress=Progress())


def sheet(*rows: str, headings: str = HEADINGS) -> str:
    return "\n".join((headings, *rows)) + "\n"


def kinds(run: ImportRun) -> dict[str, str]:
    """What the plan says of each, by name."""
    return dict(run.items.order_by("pk").values_list("label", "kind"))


def only(run: ImportRun, kind: str) -> ImportItem:
    return run.items.get(kind=kind)


def directory_now() -> dict[str, Any]:
    """Everything an import could have changed."""
    return {
        "people": list(Person.objects.order_by("pk").values_list(
            "pk", "given_name", "family_name", "title", "department", "location", "manager",
            "email", "cucm_user_id", "photo", "external_id", "source", "is_active",
            "missing_since", "sort_key",
        )),
        "numbers": list(Number.objects.order_by("pk").values()),
    }  # fmt: skip


@pytest.fixture
def importer(db: None) -> Importer:
    return Importer()


@pytest.fixture
def staff(importer: Importer) -> Callable[[], ImportRun]:
    """Three people who came with the first import."""

    def come() -> ImportRun:
        return importer.do(STAFF)

    return come


STAFF = sheet(
    "E1,Ada,Frei,Head,ada@example.com,ada,Finance,Zürich HQ,,044 668 18 00,079 123 45 67",
    "E2,Bruno,Graf,Buyer,bruno@example.com,bruno,Finance / Treasury,Zürich HQ,E1,044 668 18 01,",
    "E3,Chie,Ito,Planner,chie@example.com,chie,Finance / Treasury,Zürich HQ,E1,,+41 79 555 66 77",
)
