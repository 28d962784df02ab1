"""Who reports to whom, up and down from anybody, in a bounded number of questions.

Circles in the data are cut where they close; whoever left keeps their place, without a name, while
somebody still reports to them.
"""

# ruff: noqa: S608 — questions are put together of our own words; ids are parameters

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from directory.models import Person
from directory.visibility import Viewer

DEEPEST = 12
"""Levels drawn below somebody."""
HIGHEST = 40
"""Levels drawn above somebody; more is a mistake in the data."""
A_PAGE = 100
"""Direct reports on a page."""
UNASKED = 200
"""Reports of reports that are drawn without being asked for."""
MOST = 1000
"""People drawn where all levels are asked for."""


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody in the chart; `reports` counts the direct ones, `children` are those drawn."""

    pk: int
    name: str
    """Empty for somebody who left."""
    title: str
    tint: int
    photo_version: str
    initials: str
    reports: int = 0
    children: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """The managers, the highest first; the person with those below; `next` for more reports."""

    above: tuple[Node, ...]
    root: Node
    next: int | None = None
    previous: bool = False
    is_cut: bool = False
    """Whether not all levels that were asked for are drawn."""


def draw(person: Person, *, viewer: Viewer, after: int | None = None, whole: bool = False) -> Chart:
    """The chart around somebody: their reports, a page of them, or `whole` all levels below.

    `after` is the `next` of another page.
    """
    reports = list(_reports([person.pk], after=after)[: (MOST if whole else A_PAGE) + 1])
    shown = reports[: MOST if whole else A_PAGE]
    tree = _Tree(person, shown, viewer=viewer)
    tree.grow(DEEPEST if whole else 2, most=MOST if whole else UNASKED)
    above = _above(person, viewer=viewer)
    more = len(reports) > len(shown)
    return Chart(
        above=tuple(_node(each, viewer=viewer, reports=tree.counts) for each in above),
        root=tree.node(person),
        next=shown[-1].pk if more else None,
        previous=after is not None,
        is_cut=whole and (more or tree.is_cut),
    )


class _Tree:
    """The people below somebody, level by level, two questions for each."""

    def __init__(self, root: Person, reports: Sequence[Person], *, viewer: Viewer) -> None:
        self._viewer = viewer
        self._seen = {root.pk}
        self._children: dict[int, list[Person]] = {}
        self.counts = _counts([root.pk])
        self.is_cut = False
        self._last = self._add(reports)

    def grow(self, levels: int, *, most: int) -> None:
        for _ in range(levels - 1):
            parents = [pk for pk in self._last if self.counts.get(pk)]
            if not parents:
                return
            room = most - (len(self._seen) - 1 if most > UNASKED else 0)
            if sum(self.counts[pk] for pk in parents) > room:
                break
            self._last = self._add(_reports(parents))
        self.is_cut = any(self.counts.get(pk) for pk in self._last)

    def _add(self, people: Iterable[Person]) -> list[int]:
        fresh = [each for each in people if each.pk not in self._seen]
        for each in fresh:
            self._seen.add(each.pk)
            self._children.setdefault(each.manager_id or 0, []).append(each)
        ids = [each.pk for each in fresh]
        self.counts |= _counts(ids)
        return ids

    def node(self, person: Person) -> Node:
        children = tuple(self.node(each) for each in self._children.get(person.pk, ()))
        return replace(_node(person, viewer=self._viewer, reports=self.counts), children=children)


def _reports(managers: Collection[int], *, after: int | None = None) -> QuerySet[Person]:
    """Active reports, and those who left but have reports of their own."""
    active = Person.objects.filter(manager=OuterRef("pk"), is_active=True)
    found = Person.objects.filter(manager__in=managers).filter(Q(is_active=True) | Exists(active))
    if after is not None:
        last = Person.objects.filter(pk=after).values_list("sort_key", flat=True).first() or ""
        found = found.filter(Q(sort_key__gt=last) | Q(sort_key=last, pk__gt=after))
    return found.order_by("sort_key", "pk")


def _counts(managers: Collection[int]) -> dict[int, int]:
    if not managers:
        return {}
    active = Person.objects.filter(manager__in=managers, is_active=True).order_by()
    return dict(active.values_list("manager").annotate(Count("pk")))


def _above(person: Person, *, viewer: Viewer) -> list[Person]:
    """The managers of somebody, the highest first; a circle is left where it would close."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE line(id, level) AS ("
            " SELECT manager_id, 1 FROM directory_person WHERE id = %s"
            " UNION ALL SELECT p.manager_id, level + 1 FROM directory_person p"
            f" JOIN line ON p.id = line.id WHERE level < {HIGHEST}"
            ") SELECT id FROM line WHERE id IS NOT NULL ORDER BY level",
            [person.pk],
        )
        ids = [row[0] for row in cursor.fetchall()]
    line: list[int] = []
    for pk in ids:
        if pk in line or pk == person.pk:
            break
        line.append(pk)
    people = Person.objects.in_bulk(line)
    return [people[pk] for pk in reversed(line) if pk in people]


def _node(person: Person, *, viewer: Viewer, reports: dict[int, int]) -> Node:
    shown = person.is_active or viewer.sees_people_who_left
    return Node(
        pk=person.pk,
        name=person.name if shown else "",
        title=person.title if shown else "",
        tint=person.tint,
        photo_version=person.photo_version if shown else "",
        initials=person.initials if shown else "",
        reports=reports.get(person.pk, 0),
    )
