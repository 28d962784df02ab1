"""Numbers that somebody says are wrong: reported, answered by administrators, told."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from clicktodial.audit import trail
from clicktodial.dialplan import number as dialplan
from directory import unlisted
from directory.models import Number, Report, WrongNumber
from directory.visibility import numbers_shown_to, viewer_of

MOST_SHOWN = 20
MOST_ANSWERS = 5


def numbers_of(text: str, *, user: Any, person_id: int | None = None) -> list[Number]:
    """The numbers a text or reference may mean, as far as this user may see or dial them."""
    rows = Number.objects.filter(person__is_active=True).select_related("person")
    if person_id is not None:
        rows = rows.filter(person=person_id)
    if unlisted.is_reference(text):
        pk = unlisted.id_of(text, account_id=user.pk)
        return list(rows.filter(pk=pk)) if pk is not None else []
    viewer = viewer_of(user)
    try:
        key = dialplan.read(text, region=viewer.region).key
    except dialplan.NotANumber:
        return []
    found = rows.filter(numbers_shown_to(viewer), key=key).order_by("person__sort_key", "pk")
    return list(found[:MOST_SHOWN])


@transaction.atomic
def report(number: Number, *, by: Any, note: str) -> WrongNumber:
    """Puts the number in the queue, once however many people report it; theirs is kept each."""
    doubt, _new = WrongNumber.objects.get_or_create(
        number=number,
        state=WrongNumber.State.OPEN,
        defaults={
            "person": number.person,
            "kind": number.kind,
            "written": str(number),
            "source": number.person.source,
        },
    )
    Report.objects.update_or_create(about=doubt, reporter=by, defaults={"note": note})
    trail.note(trail.Action.REPORTED, by=by, about=number)
    return doubt


def answers_for(user_id: int | None) -> list[Report]:
    """The user's reports that were answered and not read yet, the oldest first."""
    answered = Report.objects.filter(reporter=user_id, told_at=None)
    answered = answered.exclude(about__state=WrongNumber.State.OPEN)
    return list(answered.select_related("about__person")[:MOST_ANSWERS])


def told(user: Any, *, pk: int) -> None:
    """The user has read the answer to one of their reports."""
    mine = Report.objects.filter(reporter=user, pk=pk, told_at=None)
    mine.exclude(about__state=WrongNumber.State.OPEN).update(told_at=timezone.now())
