"""A person's own calls, page by page, each with what became of it in a few words."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from clicktodial.dialing import matters, sides, whereabouts
from clicktodial.dialing.models import Call, Outcome
from clicktodial.dialing.models.claims import CallQuerySet

A_PAGE = 25
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Recent:
    """A call and what became of it; `tone` is the colour of the badge."""

    call: Call
    says: str
    tone: str
    about: str = ""
    """Who placed it from whose phone, where these are two."""
    may_erase: bool = True
    off_hours: str = ""
    """The time at the other end now, where it is outside working hours."""


@dataclass(frozen=True)
class Page:
    """Some calls, the latest first; `before` is the cursor of the next page, "" at the end."""

    recents: tuple[Recent, ...]
    before: str
    is_first: bool
    may_erase_all: bool
    """Whether anything is the person's to erase, on this page or another."""


def page_of(user: Any, *, before: str = "") -> Page:
    """The person's calls before a cursor; from the latest where the cursor is none."""
    Call.objects.seen_by(user).settle_abandoned()
    mine = Call.objects.recents_of(user)
    known = before.isascii() and before.isdecimal() and len(before) < 20
    cursor = int(before) if known and int(before) <= _LARGEST else None
    if cursor is not None:
        mine = mine.filter(pk__lt=cursor)
    rows = list(mine.select_related("user", "owner")[: A_PAGE + 1])
    shown = rows[:A_PAGE]
    more = str(shown[-1].pk) if len(rows) > A_PAGE else ""
    late = whereabouts.off_hours(call.number for call in shown)
    recents = tuple(
        replace(of(call, reader=user), off_hours=late.get(call.number, "")) for call in shown
    )
    may_erase = any(recent.may_erase for recent in recents) or has_erasable(user)
    return Page(recents, more, cursor is None, may_erase)


def erasable_by(user: Any) -> CallQuerySet:
    """What erasing all of them would erase of the person's list."""
    return Call.objects.recents_of(user) & Call.objects.erasable_by(user)


def has_erasable(user: Any) -> bool:
    """Whether the person has calls, or client matters used for some, that are theirs to erase."""
    return erasable_by(user).exists() or matters.are_kept(user)


def of(call: Call, *, reader: Any) -> Recent:
    """What became of a call, told afterwards."""
    says, tone = _told(call, reader)
    may_erase = call.owner is None or call.owner == reader
    return Recent(call, says, tone, sides.about(call, reader), may_erase)


def _told(call: Call, reader: Any) -> tuple[str, str]:
    """In a few words, with the colour of the badge."""
    if call.outcome == Outcome.ACCEPTED:
        hung_up = _("Taken by the phone system, hung up from here")
        return hung_up if call.ended_at else _("Taken by the phone system"), "good"
    if call.outcome == Outcome.UNKNOWN:
        return _("Not confirmed: it may have rung"), "warn"
    if call.outcome == Outcome.HANDED_OVER:
        return _("Handed over; this site does not know more"), ""
    if call.is_in_flight:
        return _("Being placed"), ""
    return sides.said(call, reader).says, "bad"
