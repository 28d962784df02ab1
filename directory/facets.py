"""By what an answer of the search can be narrowed, with how many each leaves."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory import departments, search
from directory.models import Department, Location, Person
from directory.visibility import Viewer

MOST = 3
"""Of each field, the most frequent among the people shown."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter that can be set, or taken off where it `is_on`."""

    field: str
    value: str
    label: str
    total: int = 0
    is_more_than_total: bool = False
    is_on: bool = False


def of(
    text: str, people: Sequence[int], *, viewer: Viewer, narrowed: Mapping[str, Any]
) -> list[Facet]:
    """The filters of this answer, then those that the people shown suggest: ten finds at most."""
    set_already = [_on(field, value) for field, value in narrowed.items()]
    suggested = ((field, value) for field, value in _suggested(people) if field not in narrowed)
    found = [_facet(text, field, value, viewer, narrowed) for field, value in suggested]
    return [*set_already, *found]


def _suggested(people: Sequence[int]) -> Iterator[tuple[str, Any]]:
    rows = list(
        Person.objects.filter(pk__in=people)
        .order_by()
        .values_list("department_id", "location_id", "kind")
    )
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    for field, model, ids in (
        ("department", Department, columns[0]),
        ("location", Location, columns[1]),
    ):
        most = [pk for pk, _n in Counter(filter(None, ids)).most_common(MOST)]
        entries = model.objects.in_bulk(most)
        yield from ((field, entries[pk]) for pk in most if pk in entries)
    kinds = Counter(columns[2])
    if len(kinds) > 1:
        yield from (("kind", Person.Kind(kind)) for kind, _n in kinds.most_common())


def _facet(text: str, field: str, value: Any, viewer: Viewer, narrowed: Mapping[str, Any]) -> Facet:
    found = search.find(text, viewer=viewer, limit=1, **{**narrowed, field: value})
    return Facet(field, _key(value), _label(value), found.total, found.is_more_than_total)


def _on(field: str, value: Any) -> Facet:
    return Facet(field, _key(value), _label(value), is_on=True)


def _key(value: Any) -> str:
    return str(getattr(value, "pk", value))


def _label(value: Any) -> str:
    if isinstance(value, Department):
        return departments.called(value)
    return str(getattr(value, "label", value))
