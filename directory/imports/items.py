"""The lines of a plan: counted as they come, and written many at once."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from directory.imports import tables
from directory.imports.rows import Row
from directory.models import ImportItem, ImportRun
from directory.models.people import full_name

Kind = ImportItem.Kind
_COLUMNS = (
    "run_id", "kind", "line", "person_id", "external_id", "label", "renamed", "moved", "before",
    "after", "boss_changes", "boss_id", "boss_new", "reason",
)  # fmt: skip
_TOLD = (Kind.CONFLICT, Kind.REFUSED, Kind.DOUBTFUL)


def label(state: Mapping[str, Any]) -> str:
    """How the plan calls somebody."""
    names = (state.get(name) or "" for name in ("given_name", "preferred_name", "family_name"))
    return full_name(**dict(zip(("given", "preferred", "family"), names, strict=True)))


def _json(values: Mapping[str, Any] | None) -> str:
    return json.dumps(values) if values else "{}"


class Items:
    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._rows: list[tuple[Any, ...]] = []
        self.counts: Counter[str] = Counter()

    def add(
        self, kind: Kind, *, external_id: str, line: int | None = None,
        person_id: int | None = None, label: str = "", renamed: bool = False, moved: bool = False,
        before: Mapping[str, Any] | None = None, after: Mapping[str, Any] | None = None,
        boss_changes: bool = False, boss_id: int | None = None, boss_new: str = "",
        reason: str = "",
    ) -> None:  # fmt: skip
        """One more line, written with the next `write`."""
        self._rows.append(
            (
                self._run.pk, kind.value, line, person_id, external_id[:128], label[:260], renamed,
                moved, _json(before), _json(after), boss_changes, boss_id,
                boss_new[:254], reason,
            )
        )  # fmt: skip

    def refuse(self, row: Row, reason: str, *, person_id: int | None = None) -> None:
        """A row of which nothing is taken; what stands in it is told, so that it is found."""
        words = " · ".join(cell.strip() for cell in row.cells if cell and cell.strip())
        self.add(
            Kind.REFUSED, line=row.line, person_id=person_id, external_id=row.external_id,
            label=words[:120], reason=reason,
        )  # fmt: skip

    def twice(self, row: Row, pk: int | None) -> None:
        """Another row with the same id: what the first one wanted is taken back."""
        reason = _("The id stands in the source more than once. Nothing of it is taken.")
        same = ImportItem.objects.filter(run=self._run, external_id=row.external_id)
        same.exclude(kind__in=_TOLD).update(
            kind=Kind.CONFLICT, before={}, after={}, renamed=False, moved=False, reason=reason,
            boss_changes=False, boss_id=None, boss_new="",
        )  # fmt: skip
        self.add(
            Kind.CONFLICT, line=row.line, person_id=pk, external_id=row.external_id, reason=reason
        )

    def known(self, external_ids: Sequence[str]) -> set[str]:
        """Which of these ids the plan speaks of already."""
        if not external_ids:
            return set()
        condition, ids = tables.among("external_id", external_ids)
        question = f"SELECT external_id FROM directory_importitem WHERE run_id = %s AND {condition}"  # noqa: S608
        return {word for (word,) in tables.fetch(question, [self._run.pk, *ids])}

    def write(self) -> None:
        if self._rows:
            tables.insert("directory_importitem", _COLUMNS, self._rows)
            self._rows = []
