"""Private numbers that somebody sees by right of their office: each time is noted."""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib.auth import get_user_model
from django.core.cache import cache

from clicktodial.audit import trail
from directory.models import Number, Person
from directory.visibility import Viewer, numbers_shown_to

AGAIN = 600  # seconds within which seeing the same person's numbers again is the same look
MOST = 100  # people noted by name in one look; more than a page holds are counted


def note_seen(people: Sequence[int], *, viewer: Viewer, key: str = "") -> None:
    """Note that this viewer was shown numbers of these people that colleagues do not see.

    With the `key` of a number, that number only. Asks nothing of the database for viewers who see
    what everybody sees.
    """
    if not viewer.sees_hidden_numbers or viewer.user_id is None or not people:
        return
    colleague = replace(viewer, sees_hidden_numbers=False)
    hidden = Number.objects.exclude(numbers_shown_to(colleague)).filter(person__in=people)
    if key:
        hidden = hidden.filter(key=key)
    keys = {
        f"seen:{viewer.user_id}:{person}": person
        for person in hidden.order_by().values_list("person", flat=True).distinct()
    }
    new = [keys[key] for key in keys if cache.add(key, 1, timeout=AGAIN)]
    if not new:
        return
    by = get_user_model().objects.filter(pk=viewer.user_id).first()
    if len(new) > MOST:
        trail.note(trail.Action.LOOKED_UP, by=by, people=len(new))
        return
    for person in Person.objects.filter(pk__in=new):
        trail.note(trail.Action.LOOKED_UP, by=by, about=person)
