"""What is to be changed of a person: columns and numbers, each from what to what."""

from dataclasses import dataclass, field
from typing import Any

from directory.imports.known import Known
from directory.imports.wanted import Wanted

NAMES = frozenset(["given_name", "family_name", "preferred_name"])
PLACES = frozenset(["department_id", "location_id"])
_PHOTO = frozenset(["photo", "photo_size", "imported_photo"])


@dataclass(slots=True)
class Difference:
    """From what to what, with only what differs in it; `numbers` stands among the columns."""

    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    def add(self, column: str, before: Any, after: Any) -> None:
        if before != after:
            self.before[column], self.after[column] = before, after

    def __bool__(self) -> bool:
        return bool(self.after)

    @property
    def renamed(self) -> bool:
        return bool(NAMES & self.after.keys())

    @property
    def moved(self) -> bool:
        return bool(PLACES & self.after.keys())


def between(known: Known, wanted: Wanted) -> Difference:
    """What the source changes of somebody, less what that person keeps by hand."""
    found = Difference()
    for column, value in wanted.values.items():
        kept = "photo" if column in _PHOTO else column
        if kept not in known.owned:
            found.add(column, known.state[column], value)
    kinds = {kind for kind in wanted.kinds if kind not in known.owned}
    before = [number for number in known.numbers if number["kind"] in kinds]
    after = [number for number in wanted.numbers if number[0] in kinds]
    if {(n["kind"], n["key"], n["written"]) for n in before} != {
        (kind, key, written) for kind, written, key in after
    }:
        found.before["numbers"], found.after["numbers"] = before, [list(each) for each in after]
        found.after["kinds"] = sorted(kinds)
    return found


def of_new(wanted: Wanted) -> Difference:
    """The same for somebody who is not there yet."""
    found = Difference()
    found.after = {column: value for column, value in wanted.values.items() if value}
    if wanted.numbers:
        found.after["numbers"] = [list(each) for each in wanted.numbers]
        found.after["kinds"] = sorted({kind for kind, _written, _key in wanted.numbers})
    return found
