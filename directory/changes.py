"""The history of an entry: what stood in its fields before and after, and who changed it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from directory.models import Change, Person

_FIELDS = (
    "given_name", "family_name", "preferred_name", "pronunciation", "title", "room", "email",
    "working_hours", "languages", "about",
)  # fmt: skip
_LINKS = ("department", "location", "manager", "deputy")

State = Mapping[str, str]
"""What an entry says, as people read it, by the name of the field."""


def state_of(person: Person) -> State:
    """What the entry says now, read from the database; numbers by their ids."""
    row = Person.objects.select_related(*_LINKS).get(pk=person.pk)
    said = {name: str(getattr(row, name)) for name in _FIELDS}
    said |= {name: str(getattr(row, name) or "") for name in _LINKS}
    said["photo"] = row.photo_version
    said["assistants"] = ", ".join(map(str, row.assistants.order_by("sort_key", "pk")))
    for number in row.numbers.select_related("group"):
        said[f"number {number.pk}"] = f"{number.get_kind_display()}: {number}"
        said[f"shown {number.pk}"] = f"{number.get_kind_display()}: {number.says}"
    return said


def note(person: Person, *, before: State, by: Any) -> frozenset[str]:
    """Keep what differs from before; the names of the fields that do. Run it in the transaction."""
    after = state_of(person)
    changed = [
        name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)
    ]
    if not changed:
        return frozenset()
    # That there is a photo is said; the names of its files are nobody's business.
    told = {"photo": lambda text: _("a photo") if text else ""}
    Change.objects.bulk_create(
        Change(
            person=person,
            field=name.partition(" ")[0],
            old=told.get(name, str)(before.get(name, "")),
            new=told.get(name, str)(after.get(name, "")),
            by=by,
        )
        for name in changed
    )
    return frozenset(name.partition(" ")[0] for name in changed)
