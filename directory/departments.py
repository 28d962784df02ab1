"""The tree of departments, drawn once for a page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from directory.models import Department, Person

DEEPEST = 40
"""Levels drawn inside each other; what lies deeper begins again at the margin."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A department with what is below it, and how many active people all of it has."""

    pk: int
    name: str
    count: int
    children: tuple["Branch", ...]


def tree() -> tuple[Branch, ...]:
    """Every department once, in its place; two queries.

    A circle in the data is cut at its first department by name, so that nobody is lost.
    """
    rows = list(Department.objects.order_by("name", "pk").values_list("pk", "name", "parent_id"))
    names = {pk: name for pk, name, _ in rows}
    members = _members()
    children: dict[int | None, list[int]] = {}
    for pk, _, parent in rows:
        children.setdefault(parent, []).append(pk)
    drawn: set[int] = set()

    def branch(pk: int, depth: int) -> Branch:
        drawn.add(pk)
        below = tuple(
            branch(child, depth + 1)
            for child in (children.get(pk, ()) if depth < DEEPEST else ())
            if child not in drawn
        )
        return Branch(pk, names[pk], members.get(pk, 0) + sum(b.count for b in below), below)

    roots = [branch(pk, 1) for pk in children.get(None, ())]
    roots += [branch(pk, 1) for pk in names if pk not in drawn]
    return tuple(roots)


def _members() -> dict[int, int]:
    active = Person.objects.filter(is_active=True, department__isnull=False).order_by()
    return dict(active.values_list("department_id").annotate(Count("pk")))


def branch_of(pk: int, branches: Iterable[Branch]) -> Branch | None:
    """The branch of one department, wherever it hangs."""
    to_visit = list(branches)
    while to_visit:
        branch = to_visit.pop()
        if branch.pk == pk:
            return branch
        to_visit += branch.children
    return None
