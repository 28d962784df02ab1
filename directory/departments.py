"""The tree of departments, drawn once for a page."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class Line:
    """A department in a list of one line each; `path` leads to it, itself included."""

    pk: int
    path: tuple[str, ...]
    has_namesake: bool = False

    @property
    def called(self) -> str:
        """The name, with where it belongs if that alone tells it from another department."""
        above = " › ".join(self.path[:-1])
        return f"{self.path[-1]} ({above})" if self.has_namesake and above else self.path[-1]


class _Twig(NamedTuple):
    pk: int
    name: str
    below: tuple["_Twig", ...]


def tree() -> tuple[Branch, ...]:
    """Every department once, in its place; three queries."""
    heads, members = _heads(), _members()

    def branch(twig: _Twig) -> Branch:
        below = tuple(branch(each) for each in twig.below)
        count = members.get(twig.pk, 0) + sum(each.count for each in below)
        return Branch(twig.pk, twig.name, count, heads.get(twig.pk), below)

    return tuple(branch(twig) for twig in _twigs())


def outline() -> tuple[Line, ...]:
    """Every department once, each before those that belong to it; one query."""

    def lines(twigs: Iterable[_Twig], path: tuple[str, ...] = ()) -> Iterator[Line]:
        for twig in twigs:
            yield Line(twig.pk, (*path, twig.name))
            yield from lines(twig.below, (*path, twig.name))

    found = list(lines(_twigs()))
    times = Counter(line.path[-1] for line in found)
    return tuple(replace(line, has_namesake=times[line.path[-1]] > 1) for line in found)


def called(department: Department) -> str:
    """Its name, with where it belongs if another has the same name."""
    if Department.objects.filter(name=department.name).exclude(pk=department.pk).exists():
        return next(line.called for line in outline() if line.pk == department.pk)
    return department.name


def _twigs() -> tuple[_Twig, ...]:
    """A circle in the data is cut at its first department by name, so that nobody is lost."""
    rows = list(Department.objects.order_by("name", "pk").values_list("pk", "name", "parent_id"))
    names = {pk: name for pk, name, _ in rows}
    children: dict[int | None, list[int]] = {}
    for pk, _, parent in rows:
        children.setdefault(parent, []).append(pk)
    drawn: set[int] = set()

    def twig(pk: int, depth: int) -> _Twig:
        drawn.add(pk)
        below = tuple(
            twig(child, depth + 1)
            for child in (children.get(pk, ()) if depth < DEEPEST else ())
            if child not in drawn
        )
        return _Twig(pk, names[pk], below)

    roots = [twig(pk, 1) for pk in children.get(None, ())]
    roots += [twig(pk, 1) for pk in names if pk not in drawn]
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
