"""The lines of a plan as people read them: what was, and what is to be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from directory.imports.writing import columns
from directory.models import Department, ImportItem, ImportRun, Location, Number, Person

_QUIET = frozenset(["photo_size", "imported_photo", "source", "external_id", "missing_since"])
_PLACES: dict[str, Any] = {
    "department_id": Department,
    "location_id": Location,
    "manager_id": Person,
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One field of somebody, from what to what."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    item: ImportItem
    changes: Sequence[Changed]


def lines(run: ImportRun, items: Sequence[ImportItem]) -> list[Line]:
    """These items with every change in words."""
    words = _Words(run, items)
    return [Line(item, list(words.changes(item))) for item in items]


class _Words:
    def __init__(self, run: ImportRun, items: Sequence[ImportItem]) -> None:
        self._names: dict[tuple[str, Any], str] = {}
        for column, model in _PLACES.items():
            ids = {value for item in items for value in _values(item, column) if value}
            for row in model.objects.filter(pk__in=[pk for pk in ids if pk > 0]):
                self._names[column, row.pk] = str(row)
        for place in run.places:
            column = "department_id" if place["is_department"] else "location_id"
            self._names[column, place["id"]] = _("%(name)s (new)") % {
                "name": place["fields"]["name"]
            }
        new = {item.boss_new for item in items if item.boss_new}
        found = run.items.filter(kind=ImportItem.Kind.NEW, external_id__in=new)
        self._bosses = dict(found.values_list("external_id", "label"))

    def changes(self, item: ImportItem) -> Iterable[Changed]:
        for column, after in columns(item.after).items():
            if column in _QUIET or (column == "is_active" and item.kind == ImportItem.Kind.NEW):
                continue
            before = item.before.get(column)
            shown = self._word(column, after)
            if column == "manager_id" and item.boss_new:
                shown = self._bosses.get(item.boss_new, item.boss_new)
            yield Changed(_title(column), self._word(column, before), shown)
        if "numbers" in item.after:
            before = [(row["kind"], row["written"]) for row in item.before.get("numbers", ())]
            now = [(kind, written) for kind, written, _key in item.after["numbers"]]
            yield from _numbers(before, now)

    def _word(self, column: str, value: Any) -> str:
        if value is None or value == "":
            return ""
        if column in _PLACES:
            return self._names.get((column, value), str(value))
        if column == "photo":
            return str(_("a photo"))
        if column == "is_active":
            return str(_("shown") if value else _("not shown"))
        return str(value)


def _values(item: ImportItem, column: str) -> tuple[Any, Any]:
    return item.before.get(column), item.after.get(column)


def _title(column: str) -> str:
    title = Person._meta.get_field(column.removesuffix("_id") if column in _PLACES else column)
    return str(title.verbose_name)  # type: ignore[union-attr]


def _numbers(
    before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]
) -> Iterable[Changed]:
    for kind in Number.Kind:
        was = ", ".join(written for each, written in before if each == kind)
        now = ", ".join(written for each, written in after if each == kind)
        if was != now:
            yield Changed(str(kind.label), was, now)
