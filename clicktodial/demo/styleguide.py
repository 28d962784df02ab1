"""Every part of the site in every state, by the pages' own fragments: what designers look at."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clicktodial.dialing import bars, plans, wording
from clicktodial.dialing.devices import Choice
from clicktodial.dialing.models import Call, Cluster, Mode, Outcome
from clicktodial.dialplan import number as numbers
from clicktodial.webdialer.values import Device, Line
from directory import chart, search
from directory import departments as department_tree
from directory.models import Person
from directory.visibility import viewer_of

ERRORS = ("400", "403", "403_csrf", "404", "429", "500")
HAPPENED = (
    (messages.INFO, "Your phone is being looked for. This takes a moment."),
    (messages.SUCCESS, "Saved. Desk will dial from now on."),
    (messages.WARNING, "Somebody else changed this meanwhile. Look at it before you save."),
    (messages.ERROR, "Not saved: letters cannot be dialled. Write the number with digits."),
)
NUMBERS = (
    ("+41 44 000 45 67", "Ada Keller", ""),
    ("4567", "Ada Keller", ""),
    ("+81 6 0000 3123", "Chie Mori", ""),
    ("not a number", "", ""),
)


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The living page."""
    viewer = viewer_of(request.user)
    people = search.find("", viewer=viewer, limit=6).people
    head = Person.objects.filter(is_active=True, reports__reports__isnull=False).first()
    context = {
        "numbers": NUMBERS,
        "people": people,
        "people_path": reverse("directory:person", args=[0]).removesuffix("0/"),
        "nobody": search.find("zzxqv", viewer=viewer),
        "chart": chart.draw(head, viewer=viewer) if head else None,
        "branches": department_tree.tree()[:3],
        "bars": list(_bars(request)),
        "happened": [Message(level, text) for level, text in HAPPENED],
        "errors": ERRORS,
        **_phones(),
        **_dialled(request),
    }
    return render(request, "styleguide/index.html", context)


@require_safe
def error(request: HttpRequest, code: str) -> HttpResponse:
    """One of the error pages, as it is."""
    if code not in ERRORS:
        raise Http404
    return render(request, f"{code}.html", {"reference": "5f0c2a", "retry_after": 40})


def _bars(request: HttpRequest) -> Iterator[bars.CallBar]:
    now = timezone.now()
    states: tuple[dict[str, Any], ...] = (
        {"outcome": Outcome.PLACING},
        {"outcome": Outcome.ACCEPTED},
        {"outcome": Outcome.ACCEPTED, "after": "8841#"},
        {"outcome": Outcome.REFUSED, "code": 5},
        {"outcome": Outcome.REFUSED, "code": 7},
        {"outcome": Outcome.NOT_SENT, "trouble": "unreachable"},
        {"outcome": Outcome.UNKNOWN},
        {
            "outcome": Outcome.ACCEPTED,
            "ended_at": now,
            "end_asked_at": now,
            "end_code": 0,
        },
    )
    for place, state in enumerate(states):
        call = _call(request.user, place=place, **state)
        said = wording.of(call)
        yield bars.CallBar(
            said=said, number=call.number, name=call.name, call=call, reader=request.user
        )


def _call(user: Any, *, place: int, **state: Any) -> Call:
    """A call that was never placed, and is in no database."""
    now = timezone.now()
    return Call(
        click=UUID(int=place + 1),
        user=user,
        mode=Mode.DESK_PHONE,
        name="Ada Keller",
        number="+41 44 000 45 67",
        digits="00041440004567",
        cluster=Cluster.objects.first(),
        device="SEP020000000001",
        line="4567 ; Internal",
        placed_at=now,
        sent_at=now,
        settled_at=now,
        settle_by=now + timedelta(minutes=1),
        **state,
    )


def _phones() -> dict[str, Any]:
    line = Line("4567 ; Internal")
    cluster = Cluster.objects.first() or Cluster(name="Europe")
    devices = (
        Device("SEP020000000001", (line,), "Ada Keller, Zurich 4.12", "Cisco 8845"),
        Device("CSFADA", (line,), "Ada Keller, computer", "Client Services Framework"),
        Device("ADA-MOBILITY", (line,), "Ada Keller", ""),
    )
    choices = [Choice(cluster, device, line, primary=not n) for n, device in enumerate(devices)]
    team = Device("SEP020000000002", (), "Treasury, counter", "Cisco 8845")
    twins = (Line("4890 ; Internal"), Line("4890"))
    choices += [Choice(cluster, team, line, has_twin=True) for line in twins]
    rows = [(choice, "" if n else "Desk") for n, choice in enumerate(choices)]
    return {"choices": choices, "rows": rows, "several": False, "profile": None}


def _dialled(request: HttpRequest) -> dict[str, Any]:
    number = numbers.read("+81 6 0000 3123", region=settings.DEFAULT_COUNTRY)
    return {"number": number, "dialled": plans.dialler_of(request.user).rules.dial(number)}
