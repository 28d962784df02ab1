"""A closer look at rows that may be a change: who is meant, what differs, what cannot be."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from directory import photos
from directory.imports import difference, known, managers, pictures, rows, tables
from directory.imports.difference import Difference
from directory.imports.items import Items, Kind, label
from directory.imports.known import Known
from directory.imports.mapping import Columns
from directory.imports.pictures import Pictures
from directory.imports.seen import Seen
from directory.imports.wanted import Reader, Refused, Wanted
from directory.models import ImportSource, OwnField

Pair = tuple[rows.Row, int | None]


class Closer:
    """Adds the items of each row; none for a row that changes nothing after all."""

    def __init__(
        self, source: ImportSource, columns: Columns, headings: Sequence[str], *,
        reader: Reader, pictures: Pictures | None, items: Items, seen: Seen,
    ) -> None:  # fmt: skip
        self._source, self._columns = source, columns
        self._at = {heading: place for place, heading in enumerate(headings)}
        self._reader, self._pictures = reader, pictures
        self._items, self._seen = items, seen
        self.departments: set[int] = set()
        self.locations: set[int] = set()
        self.disabled = 0
        self.agreed: list[tuple[str, int]] = []
        """The texts of rows in which nothing differed, with their people."""
        self._some_own = OwnField.objects.exists()

    def look_at(self, batch: Sequence[Pair]) -> None:
        tied = self._tied([row for row, pk in batch if pk is None])
        people = known.people([pk for _row, pk in batch if pk] + list(tied.values()))
        if self._some_own:
            known.add_owned(people)
        read: list[tuple[rows.Row, Known | None, Wanted]] = []
        for row, pk in batch:
            somebody = people.get(pk or tied.get(row.external_id, 0))
            if somebody and pk is None and not self._seen.add(somebody.id):
                reason = _("%(name)s is known by another id of this source already.")
                self._conflict(row, somebody, reason % {"name": label(somebody.state)})
                continue
            try:
                read.append((row, somebody, self._read(row, somebody)))
            except Refused as reason:
                self._items.refuse(row, str(reason), person_id=pk)
        words = [wanted.manager for _row, _known, wanted in read if wanted.manager]
        bosses = managers.known(words, by=self._columns.manager_by, source=self._source.name)
        found = [
            (difference.between(somebody, wanted) if somebody else difference.of_new(wanted))
            for _row, somebody, wanted in read
        ]
        _complete(read, found)
        for (row, somebody, wanted), each in zip(read, found, strict=True):
            self._add(row, somebody, wanted, bosses, each)

    def _tied(self, fresh: Sequence[rows.Row]) -> dict[str, int]:
        """Who of those without an id is meant, by what the source is set to know them by."""
        by = self._source.match_by
        heading = self._columns.texts.get(by)
        if not heading or not fresh:
            return {}
        place = self._at[heading]
        words = {(rows.clean(row.cells[place]) or "").lower(): row.external_id for row in fresh}
        words.pop("", None)
        if not words:
            return {}
        condition, params = tables.among(f"LOWER({by})", list(words))
        people = tables.fetch(
            f"SELECT LOWER({by}), MIN(id), COUNT(*) FROM directory_person "  # noqa: S608
            f"WHERE external_id IS NULL AND {condition} GROUP BY 1",
            params,
        )
        return {words[word]: pk for word, pk, count in people if count == 1}

    def _read(self, row: rows.Row, somebody: Known | None) -> Wanted:
        state = somebody.state if somebody else {}
        wanted = self._reader.read(row, known=state, kept=somebody.numbers if somebody else ())
        picture = row.photo if row.photo is not None else self._picture(row)
        if picture is not None and not (somebody and "photo" in somebody.owned):
            try:
                wanted.values |= pictures.keep(picture, state=state)
            except photos.NotAPhoto as problem:
                wanted.doubts.append(_("The photo is left out: %(why)s") % {"why": problem})
        return wanted

    def _picture(self, row: rows.Row) -> bytes | None:
        if self._pictures is None:
            return None
        name = row.external_id
        if self._columns.photo:
            name = rows.clean(row.cells[self._at[self._columns.photo]]) or ""
        return self._pictures.find(name) if name else None

    def _add(
        self, row: rows.Row, somebody: Known | None, wanted: Wanted, bosses: Mapping[str, int],
        found: Difference,
    ) -> None:  # fmt: skip
        state = somebody.state if somebody else {}
        about: dict[str, Any] = {
            "line": row.line,
            "person_id": somebody.id if somebody else None,
            "external_id": row.external_id,
            "label": label({**state, **wanted.values}),
        }
        for doubt in wanted.doubts:
            self._items.add(Kind.DOUBTFUL, **about, reason=doubt)
        if row.disabled:
            self._leave(somebody, row, wanted, about)
            return
        kind = self._came(somebody, row, found)
        boss = _boss(somebody, wanted, bosses, found)
        if kind is Kind.CHANGED and not found:
            self._agree(row, somebody, wanted)
            return
        self._note_places(found)
        renamed, moved = (somebody and found.renamed), (somebody and found.moved)
        self._items.add(
            kind, **about, before=found.before, after=found.after,
            renamed=bool(renamed), moved=bool(moved), **boss,
        )  # fmt: skip

    def _agree(self, row: rows.Row, somebody: Known | None, wanted: Wanted) -> None:
        """Nothing is to be done, and next time nothing to be looked at, if nothing was told."""
        self._items.counts["unchanged"] += 1
        if somebody and row.text and not wanted.doubts and self._pictures is None:
            self.agreed.append((row.text, somebody.id))

    def _leave(
        self, somebody: Known | None, row: rows.Row, wanted: Wanted, about: dict[str, Any]
    ) -> None:
        """The source says itself that this person has left: no grace is needed."""
        if not somebody or not somebody.state["is_active"]:
            self._agree(row, somebody, wanted)
            return
        self.disabled += 1
        reason = _("The source says that this account is disabled.")
        self._items.add(
            Kind.GONE, **about, reason=reason, before={"is_active": True},
            after={"is_active": False},
        )  # fmt: skip

    def _came(self, somebody: Known | None, row: rows.Row, found: Difference) -> Kind:
        """New, back, tied or changed; what that changes by itself is added."""
        if somebody is None:
            found.after |= {"external_id": row.external_id, "source": self._source.name}
            return Kind.NEW
        state = somebody.state
        tied = state["external_id"] != row.external_id
        if tied:
            found.add("external_id", state["external_id"], row.external_id)
            found.add("source", state["source"], self._source.name)
        back = not state["is_active"] or state["missing_since"] is not None
        found.add("is_active", state["is_active"], True)
        found.add("missing_since", state["missing_since"], None)
        return Kind.TIED if tied else Kind.BACK if back else Kind.CHANGED

    def _note_places(self, found: Difference) -> None:
        for column, used in (
            ("department_id", self.departments),
            ("location_id", self.locations),
        ):
            if (pk := found.after.get(column)) and pk < 0:
                used.add(pk)

    def _conflict(self, row: rows.Row, somebody: Known, reason: str) -> None:
        self._items.add(
            Kind.CONFLICT, line=row.line, person_id=somebody.id, external_id=row.external_id,
            label=label(somebody.state), reason=reason,
        )  # fmt: skip


def _complete(
    read: Sequence[tuple[rows.Row, Known | None, Wanted]], found: Sequence[Difference]
) -> None:
    """Where numbers change, keeps them as they are, so that they can be put back."""
    pairs = [
        (somebody.id, each)
        for (_row, somebody, _wanted), each in zip(read, found, strict=True)
        if somebody and "numbers" in each.before
    ]
    whole = known.whole_numbers([pk for pk, _each in pairs])
    for pk, each in pairs:
        kinds = each.after["kinds"]
        each.before["numbers"] = [number for number in whole[pk] if number["kind"] in kinds]


def _boss(
    somebody: Known | None, wanted: Wanted, bosses: Mapping[str, int], found: Difference
) -> dict[str, Any]:
    """The manager, for the item; who is not there yet may come with the same import."""
    if wanted.manager is None:
        return {}
    pk = bosses.get(wanted.manager)
    unknown = managers.unknown(wanted.manager) if wanted.manager and pk is None else ""
    before = somebody.state["manager_id"] if somebody else None
    if before == pk and not unknown:
        return {}
    found.before["manager_id"], found.after["manager_id"] = before, pk
    return {"boss_changes": True, "boss_id": pk, "boss_new": unknown}
