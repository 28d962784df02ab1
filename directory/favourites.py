"""The people somebody keeps at hand, in an order of their own."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max

from directory.models import Favourite, Person


def of(user_id: int) -> list[int]:
    """The ids of the active favourites, in order."""
    kept = Favourite.objects.filter(user_id=user_id, person__is_active=True)
    return list(kept.order_by("order", "pk").values_list("person_id", flat=True))


@transaction.atomic
def add(person: Person, *, user: AbstractBaseUser) -> None:
    """Keeps the person at hand, last of all; a second time changes nothing."""
    last = Favourite.objects.filter(user_id=user.pk).aggregate(last=Max("order"))["last"] or 0
    Favourite.objects.get_or_create(user_id=user.pk, person=person, defaults={"order": last + 1})


def remove(person: Person, *, user: AbstractBaseUser) -> None:
    """Keeps the person at hand no more."""
    Favourite.objects.filter(user_id=user.pk, person=person).delete()


@transaction.atomic
def move(person: Person, *, user: AbstractBaseUser, by: int) -> None:
    """Moves the person up (negative) or down among the favourites; the ends hold."""
    kept = list(
        Favourite.objects.select_for_update()
        .filter(user_id=user.pk, person__is_active=True)
        .order_by("order", "pk")
    )
    places = [each.person_id for each in kept]
    if person.pk not in places:
        return
    old = places.index(person.pk)
    new = min(max(old + by, 0), len(kept) - 1)
    kept.insert(new, kept.pop(old))
    for order, favourite in enumerate(kept, start=1):
        favourite.order = order
    Favourite.objects.bulk_update(kept, ["order"])
