"""People and their numbers, as the token's person may see them."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from clicktodial.api.door import needs
from clicktodial.api.models import Scope
from clicktodial.api.problems import Problem
from clicktodial.dialing.contacts import with_number
from clicktodial.dialplan import number as numbers
from directory import search, unlisted
from directory.models import Person
from directory.owners import Owner, identify
from directory.search.found import NumberRow, Row, numbers_of
from directory.search.terms import LONGEST_TEXT
from directory.visibility import people_shown_to, viewer_of


@needs(Scope.SEARCH)
def find(request: HttpRequest) -> HttpResponse:
    """One page of the people whom a text asks for."""
    text = request.GET.get("q", "").strip()
    if not text or len(text) > LONGEST_TEXT or "\x00" in text:
        raise Problem(
            400,
            "bad-question",
            _("The parameter q holds what to look for: 1 to %(most)s characters.")
            % {"most": LONGEST_TEXT},
        )
    try:
        found = search.find(
            text, viewer=viewer_of(request.user), after=request.GET.get("after", "")
        )
    except search.BadCursor:
        raise Problem(
            400,
            "bad-cursor",
            _("The parameter after is no place in this list."),
            _("Leave it out, or take “next” from the page before as it stands."),
        ) from None
    return JsonResponse(
        {
            "people": [_row(request, row) for row in found.people],
            "total": found.total,
            "is_more_than_total": found.is_more_than_total,
            "next": found.next or None,
        }
    )


@needs(Scope.SEARCH)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one entry."""
    viewer = viewer_of(request.user)
    shown = Person.objects.filter(people_shown_to(viewer))
    entry = get_object_or_404(shown.select_related("department", "location", "manager"), pk=pk)
    manager = entry.manager if entry.manager and entry.manager.is_active else None
    return JsonResponse(
        {
            **_entry(request, entry),
            "department": entry.department.name if entry.department else "",
            "location": entry.location.name if entry.location else "",
            "email": entry.email,
            "about": entry.about,
            "languages": entry.languages,
            "time_zone": entry.location.time_zone if entry.location else "",
            "is_active": entry.is_active,
            "manager": {"id": manager.pk, "name": manager.name} if manager else None,
            "numbers": [
                *_numbers(numbers_of([pk], viewer=viewer).get(pk, ())),
                *_unlisted(unlisted.of([pk], viewer=viewer).get(pk, ())),
            ],
        }
    )


@needs(Scope.SEARCH)
def number(request: HttpRequest, text: str) -> HttpResponse:
    """Whose number this is, in whatever format it is written, and what else is known of it."""
    try:
        known = identify(text, viewer=viewer_of(request.user))
    except numbers.NotANumber as problem:
        raise Problem(400, "not-a-number", str(problem)) from None
    contacts = with_number(request.user, known.number)
    return JsonResponse(
        {
            "number": {"display": known.number.display, "e164": known.number.e164 or None},
            "people": [_owner(owner) for owner in known.owners],
            "contacts": [contact.name for contact in contacts],
            "ranges": [{"name": each.name, "location": each.location} for each in known.ranges],
            "looks_like": known.looks_like or None,
            "town": known.town or None,
            "country": known.origin.region or None,
            "line": known.origin.line.value,
        }
    )


def _owner(owner: Owner) -> dict[str, Any]:
    return {
        "id": owner.person_id,
        "name": owner.name,
        "kind": owner.kind,
        "title": owner.title,
        "location": owner.location,
        "display": owner.display,
        "how": owner.how.value,
    }


def _row(request: HttpRequest, row: Row) -> dict[str, Any]:
    return {
        **_entry(request, row),
        "department": row.department,
        "location": row.location,
        "numbers": _numbers(row.numbers),
    }


def _entry(request: HttpRequest, entry: Row | Person) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "kind": entry.kind,
        "name": entry.name,
        "title": entry.title,
        "room": entry.room,
        "page": request.build_absolute_uri(reverse("directory:person", args=[entry.pk])),
    }


def _numbers(rows: Any) -> list[dict[str, Any]]:
    def shown(row: NumberRow) -> dict[str, Any]:
        dial = row.e164_or_written if row.dialable else None
        return {"kind": row.kind, "label": row.label, "display": row.display, "dial": dial}

    return [shown(row) for row in rows]


def _unlisted(rows: Iterable[unlisted.UnlistedRow]) -> list[dict[str, Any]]:
    """Numbers that are dialled without being shown: a reference in place of the digits."""
    return [
        {"kind": row.kind, "label": row.label, "display": None, "dial": row.text} for row in rows
    ]
