"""Whose number is this, and where is that? What dialling asks of the directory."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from django.contrib.auth import get_user_model

from clicktodial.dialplan import number
from clicktodial.hours import Hours
from directory import search
from directory.models import Favourite, Location, Number, Person, places
from directory.models.hours import week_of
from directory.models.people import full_name
from directory.visibility import ANYBODY, numbers_shown_to, viewer_of

MOST_OWNERS = 20
MOST_COLLEAGUES = 40


def name_of(key: str) -> str:
    """The name behind a number's key or text, from what everybody may see; "" if unknown.

    A dotted-path setting may name this function, so it takes and gives plain text.
    """
    plain = key.removeprefix("+")
    names = _names(plain)
    if not names:
        with suppress(number.NotANumber):
            read = number.read(key, region=ANYBODY.region).key
            names = [] if read == plain else _names(read)
    return names[0] if len(names) == 1 else " / ".join(names) if len(names) == 2 else ""


def favourites_of(account_id: int) -> list[tuple[str, str]]:
    """An account's favourites in order, each with the first number that everybody may see."""
    kept = Favourite.objects.filter(user_id=account_id, person__is_active=True)
    order = list(kept.order_by("order", "pk").values_list("person_id", flat=True))
    shown = Number.objects.filter(numbers_shown_to(ANYBODY), person_id__in=order)
    dialled = shown.exclude(kind=Number.Kind.FAX).select_related("person")
    first: dict[int, Number] = {}
    for row in dialled.order_by("order", "pk"):
        first.setdefault(row.person_id, row)
    found = [first[pk] for pk in order if pk in first]
    return [(row.person.name, row.e164 or row.written) for row in found]


def colleagues_of(account_id: int, text: str) -> list[tuple[int, str, str]]:
    """Whom a search shows to an account: those with an account themselves, which is in use.

    Each with the account's id, the name, and title and department.
    """
    account = get_user_model()._default_manager.get(pk=account_id)
    shown = search.find(text, viewer=viewer_of(account), limit=MOST_COLLEAGUES).people
    people = Person.objects.filter(pk__in=[row.pk for row in shown], account__is_active=True)
    accounts = dict(people.values_list("pk", "account_id"))
    return [
        (accounts[row.pk], row.name, ", ".join(filter(None, (row.title, row.department))))
        for row in shown
        if row.pk in accounts
    ]


def place_of(account_id: int) -> tuple[str, str, str, str] | None:
    """The location of an account's person: code, name, country and time zone; None if unknown."""
    return (
        Location.objects.filter(people__account_id=account_id)
        .values_list("code", "name", "country", "time_zone")
        .first()
    )


def every_place() -> list[tuple[str, str, str]]:
    """The locations that have a code: code, name and country."""
    return list(Location.objects.exclude(code="").values_list("code", "name", "country"))


def hours_of(keys: Iterable[str]) -> dict[str, Hours]:
    """Where the people work whose numbers these are by their keys; only those that are known."""
    asked = [key for key in keys if key and "\x00" not in key]
    shown = Number.objects.filter(numbers_shown_to(ANYBODY), key__in=asked, person__is_active=True)
    place = ("time_zone", "city", "name", "country", "working_days")
    places_of = (f"person__location__{each}" for each in place)
    rows = shown.order_by().values_list("key", "person__working_hours", *places_of)
    found: dict[str, Hours] = {}
    for key, own, zone, city, name, country, working_days in rows.exclude(
        person__location=None
    ).distinct():
        there = places.hours(zone, town=city or name, country=country, working_days=working_days)
        if there and key not in found:
            found[key] = there.of_somebody(week_of(own).days)
    return found


def every_number() -> Iterator[tuple[str, str]]:
    """Each active entry's name with each of its numbers as a page would dial it, one by one."""
    rows = Number.objects.filter(person__is_active=True).exclude(kind=Number.Kind.FAX)
    names = ("person__given_name", "person__preferred_name", "person__family_name")
    fields = rows.order_by("pk").values_list(*names, "e164", "written")
    for given, preferred, family, e164, written in fields.iterator(chunk_size=2000):
        yield full_name(given=given, preferred=preferred, family=family), e164 or written


def _names(key: str) -> list[str]:
    """Whose number everybody may see under this key, each name once."""
    if not key or "\x00" in key:
        return []
    shown = Number.objects.filter(numbers_shown_to(ANYBODY), key=key, person__is_active=True)
    rows = shown.select_related("person").order_by("person__sort_key", "person_id", "order")
    return list(dict.fromkeys(row.person.name for row in rows[:MOST_OWNERS]))


def departments_by_account() -> dict[int, str]:
    """The department of every account whose person has one; a dotted-path setting names it."""
    people = Person.objects.filter(account__isnull=False, department__isnull=False)
    return dict(people.values_list("account_id", "department__name"))
