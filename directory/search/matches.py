"""Who matches, in what order: ranges of sorted keys, written once for both databases."""

from collections.abc import Collection
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from directory.models import Department, Favourite, Location, Number, Person, PersonKey, PlaceKey
from directory.models.places import with_all_below
from directory.search.found import Place
from directory.search.terms import Digits, Terms
from directory.visibility import Viewer, numbers_shown_to

_LAST = "\U0010ffff"  # sorts behind everything that begins with the same letters


def begins(field: str, prefix: str) -> Q:
    """The range of a sorted column whose text begins so."""
    return Q(**{f"{field}__gte": prefix, f"{field}__lt": prefix + _LAST})


def people(
    terms: Terms,
    *,
    viewer: Viewer,
    department: Department | None = None,
    location: Location | None = None,
    kind: Person.Kind | None = None,
) -> QuerySet[Person]:
    """The active entries of which every term is true; a hidden number never makes one match."""
    found = Person.objects.filter(is_active=True)
    places = _Places(terms.words, department=department)
    if department is not None:
        found = found.filter(department_id__in=places.all_below({department.pk}))
    if location is not None:
        found = found.filter(location=location)
    if kind is not None:
        found = found.filter(kind=kind)
    for term in terms.terms:
        ways: list[QuerySet[Any, Any]] = []
        if term.word:
            ways.append(PersonKey.objects.filter(begins("key", term.word)).values("person_id"))
            if departments := places.departments(term.word):
                ways.append(_ids(Q(department_id__in=departments)))
            if locations := places.locations(term.word):
                ways.append(_ids(Q(location_id__in=locations)))
        if term.digits:
            numbers = Number.objects.filter(_goes(term.digits), numbers_shown_to(viewer))
            ways.append(numbers.order_by().values("person_id"))
        found = found.filter(pk__in=ways[0].union(*ways[1:]) if ways[1:] else ways[0])
    return found


def _ids(condition: Q) -> QuerySet[Any, Any]:
    return Person.objects.filter(condition).order_by().values("pk")


def _goes(digits: Digits) -> Q:
    condition = Q(extension__in=digits.whole)
    for beginning in digits.beginnings:
        condition |= begins("key", beginning)
    for ending in digits.endings:
        condition |= begins("reversed_key", ending[::-1]) | begins("extension", ending)
    return condition


class _Places:
    """The departments and locations that words name; at most two queries for all words."""

    def __init__(self, words: Collection[str], *, department: Department | None) -> None:
        condition = Q()
        for word in words:
            condition |= begins("key", word)
        keys = PlaceKey.objects.filter(condition) if words else PlaceKey.objects.none()
        self.keys = tuple(keys.values_list("key", "department_id", "location_id"))
        self.parents: dict[int, int | None] = {}
        if department is not None or any(pk for _, pk, _ in self.keys):
            tree = Department.objects.order_by().values_list("pk", "parent_id")
            self.parents = dict(tree)

    def all_below(self, departments: set[int]) -> set[int]:
        return with_all_below(departments, parents=self.parents)

    def departments(self, word: str) -> set[int]:
        return self.all_below({pk for key, pk, _ in self.keys if pk and key.startswith(word)})

    def locations(self, word: str) -> set[int]:
        return {pk for key, _, pk in self.keys if pk and key.startswith(word)}


def in_order(people: QuerySet[Person], terms: Terms, *, viewer: Viewer) -> QuerySet[Person]:
    """Favourites first, then whole names and numbers, then how near they work, then by name."""
    kept = Favourite.objects.filter(user=viewer.user_id).order_by().values("person_id")
    return people.annotate(
        is_favourite=ExpressionWrapper(Q(pk__in=kept), output_field=BooleanField()),
        tier=_ladder(When(is_favourite=True, then=0), step=100)
        + _exactness(terms, viewer=viewer)
        + _nearness(viewer),
    ).order_by("tier", "sort_key", "pk")


def behind(people: QuerySet[Person], place: Place) -> QuerySet[Person]:
    """Those who come after a place in the order."""
    return people.filter(
        Q(tier__gt=place.tier)
        | Q(tier=place.tier, sort_key__gt=place.sort_key)
        | Q(tier=place.tier, sort_key=place.sort_key, pk__gt=place.pk)
    )


def _exactness(terms: Terms, *, viewer: Viewer) -> Combinable:
    # Each rung is one range of an index, read once and not once for every match.
    rungs: list[QuerySet[Any, Any]] = []
    if digits := terms.digits:
        whole = frozenset().union(*(each.whole for each in digits))
        exact = Q(key__in=whole) | Q(extension__in=whole)
        rungs.append(Number.objects.filter(exact, numbers_shown_to(viewer)).order_by())
    if phrase := terms.phrase:
        names = PersonKey.objects.filter(is_name=True)
        rungs += (names.filter(key=phrase), names.filter(begins("key", phrase)))
    return _ladder(
        *(When(pk__in=rung.values("person_id"), then=place) for place, rung in enumerate(rungs)),
        step=10,
    )


def _nearness(viewer: Viewer) -> Combinable:
    rungs = []
    if viewer.department_id is not None:
        rungs.append(When(department_id=viewer.department_id, then=0))
    if viewer.location_id is not None:
        rungs.append(When(location_id=viewer.location_id, then=1))
    return _ladder(*rungs, step=1)


def _ladder(*rungs: When, step: int) -> Combinable:
    """0 for the first condition that holds, then one step down each; the last for none."""
    if not rungs:
        return Value(0)
    ladder = Case(*rungs, default=len(rungs), output_field=IntegerField())
    return ladder * Value(step)
