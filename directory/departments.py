"""The tree of departments, drawn once for a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count

from directory.models import Department, Person
from directory.models.people import full_name

DEEPEST = 40
"""Levels drawn inside each other; what lies deeper begins again at the margin."""


class Head(NamedTuple):
    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A department with its active head, what is below it, and the active people of all of it."""

    pk: int
    name: str
    count: int
    head: Head | None
    children: tuple["Branch", ...]


def tree() -> tuple[Branch, ...]:
    """Every department once, in its place; three queries.

    A circle in the data is cut at its first department by name, so that nobody is lost.
    """
    rows = list(Department.objects.order_by("name", "pk").values_list("pk", "name", "parent_id"))
    names = {pk: name for pk, name, _ in rows}
    heads = _heads()
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
        count = members.get(pk, 0) + sum(each.count for each in below)
        return Branch(pk, names[pk], count, heads.get(pk), below)

    roots = [branch(pk, 1) for pk in children.get(None, ())]
    roots += [branch(pk, 1) for pk in names if pk not in drawn]
    return tuple(roots)


def _heads() -> dict[int, Head]:
    led = Department.objects.order_by().filter(head__is_active=True)
    names = ("head__given_name", "head__preferred_name", "head__family_name")
    return {
        pk: Head(head, full_name(given=given, preferred=preferred, family=family))
        for pk, head, given, preferred, family in led.values_list("pk", "head", *names)
    }


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
