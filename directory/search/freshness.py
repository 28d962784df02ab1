"""Whether the search index says what the directory says."""

import random
from dataclasses import dataclass

from django.db.models import Max, Min

from directory.models import Person, PersonText
from directory.search import document, index

SAMPLE = 300  # people


@dataclass(frozen=True)
class Freshness:
    """How many people can be found and should be; of `sample` people, how many wrongly."""

    people: int
    indexed: int
    sample: int
    wrong: int

    @property
    def is_fresh(self) -> bool:
        return self.people == self.indexed and not self.wrong


def look() -> Freshness:
    """Counts everybody, and compares the last and some random people word by word."""
    active = Person.objects.filter(is_active=True)
    ids = _sample()
    people = active.filter(pk__in=ids).values_list(
        "pk", "department_id", "location_id", "kind", *index.ENTRY
    )
    wanted = {
        pk: index.text_of(pk, document.Entry(*fields), department, location, kind)
        for pk, department, location, kind, *fields in people
    }
    found = index.texts_of(ids)
    wrong = sum(wanted.get(pk) != found.get(pk) for pk in wanted.keys() | found.keys())
    return Freshness(active.count(), PersonText.objects.count(), len(ids), wrong)


def _sample() -> list[int]:
    """The latest entries, and as many anywhere; an id that is not there is no harm."""
    latest = Person.objects.order_by("-pk").values_list("pk", flat=True)[: SAMPLE // 2]
    ends = Person.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return []
    anywhere = (random.randint(ends["first"], ends["last"]) for _ in range(SAMPLE // 2))  # noqa: S311
    return sorted({*latest, *anywhere})
